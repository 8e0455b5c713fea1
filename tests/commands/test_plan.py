"""`sushui plan`: from a file to a plan that is printed, written and drawn."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from rich.console import Console

from sushui.commands.plan import Options, PlanRefused, run
from sushui.commands.plan.command import NO_PLAN
from sushui.commands.plan.report import HEADING
from sushui.engines.planning import Plan, Problem, Result, Status
from sushui.engines.planning.reading.texts import read_json
from sushui.engines.planning.tabling import tables_of
from sushui.engines.planning.worth import makespan, worth
from tests.engines.planning import brute
from tests.engines.planning.problems import plan as planned
from tests.engines.planning.test_benchmark_files import MULTI

YEAR = {
    "time": {"first_day": "2026-01-01", "slot": "month", "slots": 6},
    "weights": {"output": 1, "tax": 2},
    "money": {"unit": "万元"},
    "factors": [
        {"key": "desk", "name": "环评窗口", "kind": "renewable", "levels": [{"amount": 1}]},
        {"key": "land", "kind": "consumable", "unit": "亩", "decimals": 1, "releases": [{"amount": 60}]},
    ],
    "sources": [{"key": "budget", "arrivals": [{"from": "2026-02-01", "amount": 900}]}],
    "projects": [
        {
            "key": "plant",
            "name": "工厂",
            "earnings": [{"part": "output", "amount": 50}],
            "activities": [
                {"key": "permit", "modes": [{"duration": 2, "demands": {"desk": 1}}], "done": {"from": "2026-01-01"}},
                {
                    "key": "works",
                    "modes": [{"duration": 2, "demands": {"land": "40.5"}, "payments": [{"use": "w", "amount": 600}]}],
                    "earnings": [{"kind": "since_finished", "part": "tax", "amount": 3, "until": "2026-06-30"}],
                },
            ],
        },
        {"key": "mall", "activities": [{"key": "a", "modes": [{"duration": 1, "demands": {"land": 30}}]}]},
        {"key": "tower", "activities": [{"key": "a", "modes": [{"duration": 9}]}]},
    ],
    "lags": [{"before": ["plant", "permit"], "after": ["plant", "works"]}],
}


def exactly(problem: Problem, **_: object) -> Result:
    """A solver that looks at everything."""
    best = brute.best(problem)
    if best is None:
        return Result(Status.INFEASIBLE)
    return Result(Status.OPTIMAL, best.plan, best.objective, best.objective, worth(problem, best.plan), 0.5)


def found(plan: Plan, status: Status = Status.FEASIBLE, bound: int | None = None):
    """A solver that knows one plan."""

    def solve(problem: Problem, **_: object) -> Result:
        value = worth(problem, plan)
        objective = value.total if problem.weights else makespan(problem, plan)
        return Result(status, plan, objective, bound, value, 1.0)

    return solve


class Said:
    """What the command printed, and what it ended with."""

    def __init__(self, path: Path, solve=exactly, **options: object) -> None:
        text, errors = io.StringIO(), io.StringIO()
        consoles = [Console(file=file, width=200, highlight=False) for file in (text, errors)]
        self.code = run(Options(path, **options), *consoles, solve)
        self.text, self.errors = text.getvalue(), errors.getvalue()
        self.lines = [" ".join(line.split()) for line in self.text.splitlines() if line.strip()]


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return written(tmp_path, json.dumps(YEAR))


def written(folder: Path, text: str, name: str = "year.json") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, **options) -> str:
    with pytest.raises(PlanRefused) as refusal:
        Said(path, **options)
    return str(refusal.value)


# --- what is printed -------------------------------------------------------------------------------------------------


def test_a_plan_is_printed_with_its_days_value_and_factors(year):
    said = Said(year)

    assert said.code == 0
    assert said.lines == [
        "1 of 3 projects are in the plan; it is worth 62 points. Proved: no plan is better.",
        "from until",
        "工厂 (plant) 2026-01-01 2026-04-30",
        "value amount weight points",
        "output 50 1 50",
        "tax 6 2 12",
        "factor taken of share",
        "环评窗口 2 6 33% at most 1 of 1 from 2026-01-01",
        "land 40.5 亩 60.0 亩 68%",
        "money 600 万元 900 万元 67%",
        "mall is left out for want of land. It would be in with 10.5 亩 more of land from 2026-01-01 (+0 points).",
        "tower can be in no plan: a should end by 2026-06-30, and at the earliest it ends after all that is planned.",
        "0.5 s",
    ]


def test_a_bound_is_said_with_its_gap(year):
    said = Said(year, found(planned(plant__permit=0, plant__works=2), bound=100))

    assert said.lines[0] == (
        "1 of 3 projects are in the plan; it is worth 62 points. No plan can be worth more than 100 (gap 38.0%)."
    )


def test_an_unknown_distance_is_said(year):
    said = Said(year, found(planned()))

    assert said.lines[0] == (
        "0 of 3 projects are in the plan; it is worth 0 points. How far it is from the best is not known."
    )


def test_the_earliest_end_of_a_file_of_researchers_is_printed(tmp_path):
    said = Said(written(tmp_path, MULTI, "small.mm"))

    assert said.lines[:5] == [
        "Everything ends by slot 3, 4 slots after the beginning. Proved: no plan is better.",
        "from until",
        "3 slot 0 slot 1",
        "2 slot 0 slot 2",
        "4 slot 3 slot 3",
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.INFEASIBLE, "Proved: there is no plan that keeps everything."),
        (Status.UNKNOWN, "No plan was found in the time given, and none excluded."),
    ],
)
def test_no_plan_is_said_and_ends_with_a_code_of_its_own(year, status, sentence):
    said = Said(year, lambda *_, **__: Result(status))

    assert (said.code, said.lines[0].startswith(sentence)) == (NO_PLAN, True)


def test_a_plan_as_json_is_all_that_is_printed(year):
    read = json.loads(Said(year, format="json").text)

    assert (read["status"], read["objective"], read["bound"], read["gap"]) == ("optimal", 62, 62, 0.0)
    assert read["value"] == {"output": 50, "tax": 6}
    assert list(read["why"]) == ["mall"]
    assert (read["left_out"], [each["code"] for each in read["doubts"]]) == (["mall", "tower"], ["never_in_time"])
    assert read["projects"][0]["activities"][1] == {
        "key": "works",
        "name": "",
        "mode": 1,
        "from": "2026-03-01",
        "until": "2026-04-30",
        "start_slot": 2,
        "end_slot": 4,
        "is_done": False,
    }


# --- what is written -------------------------------------------------------------------------------------------------


def test_a_folder_holds_the_plan_as_json_as_a_list_and_as_a_picture(year, tmp_path):
    Said(year, out=tmp_path / "new" / "plan")

    folder = tmp_path / "new" / "plan"
    assert sorted(path.name for path in folder.iterdir()) == ["chart.svg", "plan.csv", "plan.json"]
    assert json.loads((folder / "plan.json").read_text())["objective"] == 62


def test_without_a_plan_there_is_nothing_to_list_or_to_draw(year, tmp_path):
    said = Said(year, lambda *_, **__: Result(Status.UNKNOWN), out=tmp_path / "plan")

    assert [path.name for path in (tmp_path / "plan").iterdir()] == ["plan.json"]
    assert said.errors.split() == ["Written", "in", str(tmp_path / "plan") + ":", "plan.json"]


def test_a_list_takes_no_name_for_a_formula(tmp_path):
    named = {**YEAR, "projects": [{**YEAR["projects"][0], "name": "=工厂"}]}

    Said(written(tmp_path, json.dumps(named)), out=tmp_path)

    rows = list(csv.reader(io.StringIO((tmp_path / "plan.csv").read_text(encoding="utf-8-sig"))))
    assert rows == [
        list(HEADING),
        ["plant", "'=工厂", "permit", "", "1", "2026-01-01", "2026-02-28", "True"],
        ["plant", "'=工厂", "works", "", "1", "2026-03-01", "2026-04-30", "False"],
    ]


def test_a_picture_has_a_bar_for_each_activity_and_an_area_for_each_capacity(year, tmp_path):
    Said(year, out=tmp_path)

    picture = ElementTree.parse(tmp_path / "chart.svg").getroot()
    classes = [node.get("class") for node in picture.iter() if node.get("class")]
    titles = [node.text for node in picture.iter("{http://www.w3.org/2000/svg}title")][1:]
    assert [classes.count(name) for name in ("done", "bar", "used", "there")] == [1, 1, 1, 1]
    assert titles == ["工厂 (plant): permit, 2026-01-01 – 2026-02-28", "工厂 (plant): works, 2026-03-01 – 2026-04-30"]


def test_a_picture_shows_names_as_they_are_written(year, tmp_path):
    named = {**YEAR, "projects": [{**YEAR["projects"][0], "name": "<b>A&B</b>"}]}

    Said(written(tmp_path, json.dumps(named)), out=tmp_path)

    assert "<b>A&B</b> (plant)" in ElementTree.parse(tmp_path / "chart.svg").getroot().itertext()


# --- other files -----------------------------------------------------------------------------------------------------


def test_a_workbook_is_planned_like_the_text_it_was_made_from(year, tmp_path):
    read = read_json(year.read_text())
    book = openpyxl.Workbook()
    for name, rows in tables_of(read.problem, read.money).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(tmp_path / "year.xlsx")

    assert Said(tmp_path / "year.xlsx").lines == Said(year).lines


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("year.json", "{", "year.json: the file: this is not JSON (line 1, column 2)."),
        ("year.json", '{"time": {"slots": 0}}', "the file: a plan of 0 slots cannot be made. Take 1 to 20000 slots."),
        ("year.xlsx", "{}", "year.xlsx cannot be read as a workbook (text_file, found text). Save it anew as .xlsx."),
        ("year.pdf", "", "year.pdf: only .json, .xlsx, .sm, .mm, .sch can be planned. Name the file by its kind."),
        ("year.sm", "", "year.sm: the file: line 0 is not what it should be"),
    ],
)
def test_a_file_that_cannot_be_planned_is_refused_in_a_sentence(tmp_path, name, text, sentence):
    assert refused(written(tmp_path, text, name)).startswith(sentence)


def test_a_text_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "year.json").write_bytes('{"time": "时间"}'.encode("gb18030"))

    assert refused(tmp_path / "year.json") == "year.json is not a text in UTF-8. Save it as UTF-8."


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refused(tmp_path / "none.json").endswith("cannot be read: No such file or directory.")


def test_an_unknown_format_is_refused(year):
    assert refused(year, format="poem") == "--format is table or json, not poem."


def test_a_folder_that_cannot_be_made_is_refused(year):
    assert refused(year, out=year / "plan").endswith("cannot be written to: Not a directory.")


def test_a_plan_that_breaks_something_is_not_handed_out(year):
    sentence = refused(year, solve=found(planned(plant__permit=0, plant__works=0)))

    assert sentence.startswith("The plan that was found does not keep everything (2 violations")


# --- while it runs ---------------------------------------------------------------------------------------------------


def test_the_search_is_given_what_was_asked(year):
    given = {}

    def solve(problem: Problem, **options: object) -> Result:
        given.update(options)
        return exactly(problem)

    Said(year, solve, seconds=3, threads=1, seed=7)

    assert {name: given[name] for name in ("time_limit", "threads", "seed")} == {
        "time_limit": 3,
        "threads": 1,
        "seed": 7,
    }


def test_an_interrupt_keeps_the_best_plan_and_says_so(year):
    def solve(problem: Problem, *, should_stop, on_progress, **_: object) -> Result:
        best = replace(exactly(problem), status=Status.FEASIBLE, bound=80)
        on_progress(best)
        os.kill(os.getpid(), signal.SIGINT)
        while not should_stop():
            time.sleep(0.01)
        return best

    said = Said(year, solve)

    assert said.lines[0] == (
        "1 of 3 projects are in the plan; it is worth 62 points. "
        "Stopped: the best plan so far. No plan can be worth more than 80 (gap 22.5%)."
    )


def test_what_a_library_prints_is_kept_apart_from_the_result(year, capfd):
    def solve(problem: Problem, **_: object) -> Result:
        os.write(1, b"Running a library\n")
        return exactly(problem)

    Said(year, solve)

    assert capfd.readouterr() == ("", "Running a library\n")


def test_an_error_of_the_search_is_not_swallowed(year):
    def solve(*_: object, **__: object) -> Result:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Said(year, solve)
