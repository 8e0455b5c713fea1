"""`sushui plan` as a person meets it: a process of its own, with the solver of the house and without a database."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.test_plan_recipe import example
from tests.test_cli import sushui


def test_the_example_of_the_recipe_is_planned(tmp_path: Path) -> None:
    (tmp_path / "year.json").write_text(example(), encoding="utf-8")

    done = sushui("plan", str(tmp_path / "year.json"), "--format", "json", "--out", str(tmp_path / "plan"))

    read = json.loads(done.stdout)
    assert (done.returncode, read["status"], read["objective"]) == (0, "optimal", 350)
    assert read["why"] == {
        "mall": "商场 (mall) is left out for want of land. "
        "It would be in with 50.0 亩 more of land from 2026-01-01 (+90 points)."
    }
    assert json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))["objective"] == 350


def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "year.json").write_text(example().replace('"200 亩"', '"200 公顷"'), encoding="utf-8")

    done = sushui("plan", str(tmp_path / "year.json"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "sushui: year.json: projects.plant.activities.works.modes.0.demands.land: the unit is “公顷”, "
        "and the factor is counted in “亩”. Convert it to 亩.\n"
    )


def test_what_has_no_plan_ends_with_two_and_says_why(tmp_path: Path) -> None:
    mandatory = example().replace('"name": "商场"', '"name": "商场", "mandatory": true')
    (tmp_path / "year.json").write_text(
        mandatory.replace('"requires"', '"mandatory": true, "requires"'), encoding="utf-8"
    )

    done = sushui("plan", str(tmp_path / "year.json"))

    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    assert (done.returncode, lines[0].startswith("Proved: there is no plan")) == (2, True)
    assert lines[1] == "These cannot hold together:"
    assert "- there is no more of land than said" in lines
