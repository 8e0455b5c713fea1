"""A ledger's stages and days: what evidence will be owed, and on which days construction began and was completed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sushui.kernel.errors import DomainError
from sushui.projects import services
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.models import GatePassage, Project
from sushui.projects.services import Piece, imports
from tests.cast import County
from tests.projects.imports.books import asked, changes, read, staged, states, table
from tests.projects.pages.reading import desk
from tests.projects.play import Play, on
from tests.supervision.pages.reading import said

S = ProjectStage
HEADER = ("项目名称", "项目代码", "当前阶段", "阶段日期", "开工日期", "竣工日期")
PERMIT = Piece(EvidenceKind.CONSTRUCTION_PERMIT, "3号", date(2026, 3, 1))
OWED = "“已开工”的依据将记为欠缺：施工许可证（编号、日期）或无证先行开工的书面依据（内容）。"


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


def book(stage: str | None = "在建", since: Any = date(2026, 3, 1), *days: Any, code: str | None = None) -> bytes:
    """One row of the ledger: a project called 甲."""
    return table(("甲", code, stage, since, *days, *[None] * (2 - len(days))), header=HEADER)


def owed(play: Play, data: bytes) -> str:
    return imports.owed_in_words(read(play.office, data).rows[0])


def taken(play: Play, data: bytes, **answers: str) -> Project:
    imports.commit_draft(play.office, staged(play.office, data, **answers))
    return Project.objects.get()


def days_of(project: Project) -> tuple[date | None, date | None]:
    return project.started_on, project.completed_on


# --- what will be owed -----------------------------------------------------------------------------------------------
def test_a_row_says_which_evidence_its_stage_will_owe(play: Play) -> None:
    play.project(name="甲")

    assert owed(play, book()) == OWED


def test_a_new_project_owes_for_the_stage_in_which_it_is_entered(play: Play) -> None:
    assert owed(play, book()) == OWED


def test_what_is_owed_is_no_question(play: Play) -> None:
    understood = read(play.office, book())

    assert (asked(understood), understood.is_settled) == ([], True)


def test_what_was_said_is_what_is_owed(play: Play) -> None:
    play.project(name="甲")

    taken(play, book())

    assert [(each.stage, each.state) for each in GatePassage.objects.all()] == [(S.UNDER_CONSTRUCTION, GateState.OWED)]


def test_evidence_that_is_there_is_not_owed(play: Play) -> None:
    services.add_evidence(play.office, play.project(name="甲"), S.UNDER_CONSTRUCTION, PERMIT)

    assert owed(play, book()) == ""


def test_half_of_a_paper_owes_its_other_half(play: Play) -> None:
    half = Piece(EvidenceKind.CONSTRUCTION_PERMIT, "3号")
    services.add_evidence(play.office, play.project(name="甲"), S.UNDER_CONSTRUCTION, half)

    assert owed(play, book()) == "“已开工”的依据将记为欠缺：施工许可证（日期）。"


def test_a_waived_gate_owes_nothing(play: Play) -> None:
    project = play.project(name="甲")
    services.waive_gate(play.viewer("leader"), project, S.UNDER_CONSTRUCTION, reason="专题会议同意")

    assert owed(play, book()) == ""


def test_what_was_reached_once_is_not_owed_again(play: Play) -> None:
    project = play.building(name="甲")
    services.move_project(
        play.office, project, stage=S.SUSPENDED, on=date(2026, 5, 1), note="资金", review_on=date(2026, 9, 1)
    )

    assert owed(play, book(since=date(2026, 6, 1))) == ""


def test_a_code_in_the_row_shows_that_a_project_is_established(play: Play) -> None:
    play.project(name="甲")

    told = [owed(play, book("落地", code=code)) for code in (None, "2212-140826-89-01-123459")]

    assert [bool(each) for each in told] == [True, False]


def test_a_stage_that_stands_owes_nothing_new(play: Play) -> None:
    play.building(name="甲")

    assert owed(play, book()) == ""


def test_the_rows_say_it_to_who_imports(play: Play, county: County) -> None:
    draft = staged(play.office, book())

    office = desk(county, "project_office")

    pages = [office.open("import-rows", draft.pk), office.open("import-row", draft.pk, 3)]
    assert [OWED in said(each.html) for each in pages] == [True, True]


# --- the days --------------------------------------------------------------------------------------------------------
def test_a_new_project_is_entered_with_its_days(play: Play) -> None:
    project = taken(play, book("已投产", date(2026, 3, 1), date(2024, 5, 6), "2025年12月20日"))

    assert days_of(project) == (date(2024, 5, 6), date(2025, 12, 20))


def test_days_of_a_known_project_are_corrected_with_the_sheet_as_the_reason(play: Play) -> None:
    project = play.building(name="甲")

    taken(play, book(None, None, date(2025, 12, 1)))

    line = play.last_line(project)
    assert days_of(play.now(project)) == (date(2025, 12, 1), None)
    assert (line.verb, line.before["started_on"], line.note[:8]) == (
        "correct_project_days",
        "2026-01-05",
        "项目表.xlsx",
    )


def test_a_project_moves_and_is_dated_by_one_row(play: Play) -> None:
    play.project(name="甲")

    project = taken(play, book("已竣工", date(2026, 5, 1), date(2025, 3, 1)))

    assert (project.stage, *days_of(project)) == (S.COMPLETED, date(2025, 3, 1), date(2026, 5, 1))


def test_a_stage_before_the_start_that_stood_comes_with_the_right_start(play: Play) -> None:
    play.building(name="甲")

    project = taken(play, book("已竣工", date(2025, 12, 30), date(2024, 5, 6)))

    assert (project.stage, *days_of(project)) == (S.COMPLETED, date(2024, 5, 6), date(2025, 12, 30))


def test_a_project_that_is_taken_back_is_dated_anew(play: Play) -> None:
    play.building(name="甲")
    taken(play, book("已竣工", date(2026, 2, 1)))

    project = taken(play, book("在建", date(2026, 6, 1), date(2026, 3, 1)))

    assert (project.stage, *days_of(project)) == (S.UNDER_CONSTRUCTION, date(2026, 3, 1), None)


def test_a_stage_before_the_start_that_stands_is_refused_before_it_is_imported(play: Play) -> None:
    play.building(name="甲")

    (question,) = read(play.office, book("已竣工", date(2025, 12, 30))).questions

    assert (question.doubt.value, "2026-01-05 → 2025-12-30" in question.text) == ("impossible_day", True)
    assert [choice for choice, _label in question.choices] == ["leave_out"]


def test_an_empty_day_leaves_what_stands_alone(play: Play) -> None:
    play.building(name="甲")

    assert states(read(play.office, book(None, None, None, "—"))) == ["unchanged"]


def test_a_changed_day_is_shown_before_and_after(play: Play) -> None:
    play.building(name="甲")

    assert changes(read(play.office, book(None, None, date(2025, 12, 1)))) == {
        "started_on": (date(2026, 1, 5), date(2025, 12, 1))
    }


@pytest.mark.parametrize("typed", ["2026-02-30", "去年春天", 45, "2026-03"])
def test_what_is_no_day_is_asked(play: Play, typed: object) -> None:
    assert asked(read(play.office, book("在建", date(2026, 3, 1), typed))) == [(f"bad_day:{typed}", (3,))]


@pytest.mark.parametrize(
    ("stage", "since", "days", "sentence"),
    [
        ("在建", date(2026, 3, 1), (date(2026, 6, 16),), "2026-06-16"),
        ("在建", date(2026, 3, 1), (date(2026, 3, 2),), "2026-03-02 → 2026-03-01"),
        ("已竣工", date(2026, 5, 1), (date(2026, 4, 1), date(2026, 3, 1)), "2026-04-01 → 2026-03-01 → 2026-05-01"),
        ("前期", date(2026, 3, 1), (date(2026, 3, 1),), "还不会有这个日期"),
        ("在建", date(2026, 3, 1), (None, date(2026, 3, 1)), "还不会有这个日期"),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(
    play: Play, stage: str, since: date, days: tuple[Any, ...], sentence: str
) -> None:
    (question,) = read(play.office, book(stage, since, *days)).questions

    assert (question.key, sentence in question.text) == ("impossible_day:3", True)


def test_a_day_that_cannot_be_may_stay_as_it_stands(play: Play) -> None:
    data = book("在建", date(2026, 3, 1), date(2026, 6, 16))

    project = taken(play, data, **{"impossible_day:3": "as_it_stands"})

    assert days_of(project) == (date(2026, 3, 1), None)


def test_nothing_is_written_while_a_day_cannot_be(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        taken(play, book("在建", date(2026, 3, 1), date(2026, 6, 16)))

    assert (refused.value.code, Project.objects.count()) == ("questions_open", 0)


def test_a_suspended_project_keeps_the_days_of_the_stage_before(play: Play) -> None:
    project = play.building(name="甲")
    services.move_project(
        play.office, project, stage=S.SUSPENDED, on=date(2026, 5, 1), note="资金", review_on=date(2026, 9, 1)
    )

    taken(play, book(None, None, date(2025, 12, 1)))

    assert days_of(play.now(project)) == (date(2025, 12, 1), None)
