"""What the preview of a sheet showed is what its import writes; what changed in between is refused and named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError
from sushui.projects.enums import ListKind
from sushui.projects.models import MonthlyFigure, Project, SheetDraft
from sushui.projects.services import edit_project, imports
from sushui.projects.services.drafts import DRAFT_FIELDS, ProjectDraft
from tests.projects.imports.books import FIGURES_TITLE, staged, table
from tests.projects.play import Play, on

HEADER = ("项目名称", "总投资（万元）", "备注")


@pytest.fixture(autouse=True)
def _at_work():
    with on("2026-06-15"):
        yield


@pytest.fixture
def hospital(play: Play) -> Project:
    return play.project(name="医院扩建", total_investment=Decimal(2_000_000))


def shown(play: Play, *rows: tuple[object, ...]) -> SheetDraft:
    """A ledger whose rows were looked at."""
    draft = staged(play.office, table(*rows, header=HEADER))
    imports.show_draft(play.office, draft)
    return draft


def edited(play: Play, project: Project, **values: object) -> None:
    """Somebody edits the project by hand."""
    stands = ProjectDraft(**{name: getattr(project, name) for name in DRAFT_FIELDS})
    edit_project(play.office, project, replace(stands, **values))


def refused(play: Play, draft: SheetDraft, **more: str) -> str:
    with pytest.raises(DomainError) as refusal:
        imports.commit_draft(play.office, draft, **more)
    assert (refusal.value.code, refusal.value.status) == ("preview_outdated", 409)
    return refusal.value.sentence


# --- the ledger ------------------------------------------------------------------------------------------------------
def test_a_project_edited_after_the_rows_were_shown_is_not_overwritten(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    edited(play, hospital, total_investment=Decimal(5_000_000))

    sentence = refused(play, draft)

    assert play.now(hospital).total_investment == 5_000_000
    assert sentence == ("有些行现在读出的结果与显示时不同，未写入任何内容。第 3 行“医院扩建”：总投资 200 → 500。")


def test_a_field_that_the_sheet_does_not_name_is_not_overlooked(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    edited(play, hospital, note="三季度开工")

    assert refused(play, draft).endswith("第 3 行“医院扩建”：备注 无 → 三季度开工。")


def test_no_row_is_written_when_one_reads_otherwise(play: Play, hospital: Project) -> None:
    draft = shown(play, ("装备产业园", 100, None), ("医院扩建", 300, None))
    edited(play, hospital, note="三季度开工")

    refused(play, draft)

    assert list(Project.objects.values_list("name", flat=True)) == ["医院扩建"]


def test_what_was_answered_is_kept(play: Play, hospital: Project) -> None:
    draft = staged(play.office, table(("医院扩建", 300), header=("项目名称", "总投资")), no_unit="wan")
    imports.show_draft(play.office, draft)
    edited(play, hospital, note="三季度开工")

    refused(play, draft)

    assert SheetDraft.objects.get().answers == {"no_unit": "wan"}


def test_rows_that_are_shown_again_are_written(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    edited(play, hospital, note="三季度开工")

    imports.show_draft(play.office, draft)
    imports.commit_draft(play.office, draft)

    assert (play.now(hospital).total_investment, play.now(hospital).note) == (3_000_000, "三季度开工")


def test_a_new_row_whose_project_was_entered_meanwhile_is_refused(play: Play) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    play.project(name="医院扩建", total_investment=Decimal(2_000_000))

    assert "状态 新增 → 有改动" in refused(play, draft)


def test_a_row_that_changed_nothing_may_not_begin_to(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 200, None), ("装备产业园", 100, None))
    edited(play, hospital, total_investment=Decimal(5_000_000))

    assert "状态 无变化 → 有改动" in refused(play, draft)


def test_a_project_that_the_sheet_does_not_name_may_change(play: Play, hospital: Project) -> None:
    draft = shown(play, ("装备产业园", 100, None))
    edited(play, hospital, note="三季度开工")

    imports.commit_draft(play.office, draft)

    assert Project.objects.count() == 2


def test_many_rows_are_counted_behind_the_first(play: Play) -> None:
    projects = [play.project(name=f"项目{number}") for number in range(5)]
    draft = shown(play, *[(project.name, 300, None) for project in projects])
    for project in projects:
        edited(play, project, note="三季度开工")

    assert refused(play, draft).endswith("另有 2 行。")


def test_the_page_that_was_seen_decides_and_not_the_one_shown_last(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    seen = draft.preview["digest"]
    edited(play, hospital, note="三季度开工")
    imports.show_draft(play.office, draft)

    refused(play, draft, seen_preview=seen)

    assert play.now(hospital).total_investment == 2_000_000


def test_a_sheet_that_was_never_shown_is_written_as_it_reads(play: Play, hospital: Project) -> None:
    imports.commit_draft(play.office, staged(play.office, table(("医院扩建", 300, None), header=HEADER)))

    assert play.now(hospital).total_investment == 3_000_000


def test_an_answer_makes_the_earlier_preview_void(play: Play, hospital: Project) -> None:
    draft = shown(play, ("医院扩建", 300, None))
    imports.answer_questions(play.office, draft, {"no_unit": "wan"})
    edited(play, hospital, note="三季度开工")

    imports.commit_draft(play.office, draft)

    assert play.now(hospital).total_investment == 3_000_000


# --- monthly figures -------------------------------------------------------------------------------------------------
@pytest.fixture
def park(play: Play) -> Project:
    return play.building(name="装备产业园")


def figures_shown(play: Play, amount: object, **answers: str) -> SheetDraft:
    data = table(("装备产业园", amount), header=("项目名称", "3月完成（万元）"), title=FIGURES_TITLE)
    draft = staged(play.office, data, ListKind.FIGURES, **answers)
    imports.show_draft(play.office, draft)
    return draft


def test_a_figure_that_came_in_meanwhile_is_not_corrected_unseen(play: Play, park: Project) -> None:
    play.report(park, m3=4)
    draft = figures_shown(play, 5, no_reason="核实更正")
    play.report(park, reason="漏报", m3=6)

    assert refused(play, draft).endswith("第 3 行“装备产业园”：完成投资 2026-03 4 → 6。")
    assert MonthlyFigure.objects.count() == 2


def test_a_figure_of_another_month_does_not_matter(play: Play, park: Project) -> None:
    draft = figures_shown(play, 5)
    play.report(park, m2=6)

    imports.commit_draft(play.office, draft)

    assert MonthlyFigure.objects.count() == 2
