"""Sending a list in, going on with it, and who may."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import AuditLine
from sushui.supervision import queries
from sushui.supervision.enums import OrderSource, TaskKind
from sushui.supervision.models import ImportDraft
from sushui.supervision.services import imports
from tests.supervision.imports.lists import HEADER, PLAIN, divided, listed, said, staged, workbook
from tests.supervision.play import Play, march

NO_DEADLINE = "deadline:nothing_written"


def test_every_sheet_that_holds_anything_becomes_a_list(play: Play) -> None:
    drafts = imports.stage_import(play.office, file_name="清单.xlsx", data=workbook([PLAIN], [], [PLAIN]))

    assert [(draft.sheet_index, draft.sheet_name) for draft in drafts] == [(0, "表1"), (2, "表3")]


def test_a_list_is_called_as_the_title_above_it(play: Play) -> None:
    drafts = imports.stage_import(play.office, file_name="清单.xlsx", data=divided())

    assert [draft.title for draft in drafts] == ["2025年开发区重点任务清单", "2025年任务分解表"]


def test_the_same_file_under_way_is_not_taken_twice(play: Play) -> None:
    data = divided()
    first = imports.stage_import(play.office, file_name="清单.xlsx", data=data)

    again = imports.stage_import(play.office, file_name="清单(1).xlsx", data=data)

    assert ({draft.pk for draft in again}, ImportDraft.objects.count()) == ({draft.pk for draft in first}, 2)


def test_sending_in_leaves_a_line(play: Play) -> None:
    (draft,) = imports.stage_import(play.office, file_name="清单.xlsx", data=listed(PLAIN))

    line = AuditLine.objects.get(verb="stage_import")
    assert (line.target, line.after) == (
        f"supervision.importdraft:{draft.pk}",
        {"file": "清单.xlsx", "sheet": "表1"},
    )


def test_a_cell_that_a_database_cannot_hold_is_kept_as_a_blank(play: Play) -> None:
    (draft,) = imports.stage_import(play.office, file_name="清单.xlsx", data=listed((1, "修_x0000_路", "", "县住建局")))

    draft.refresh_from_db()
    assert draft.sheet["rows"][2][1] == "修 路"


@pytest.mark.parametrize("who", ["works_head", "leader", "administrator", "bank"])
def test_only_those_who_issue_orders_send_lists_in(play: Play, who: str) -> None:
    with pytest.raises(Forbidden):
        imports.stage_import(play.viewer(who), file_name="清单.xlsx", data=listed(PLAIN))

    assert ImportDraft.objects.count() == 0


def test_a_list_under_way_is_its_own_posts(play: Play) -> None:
    draft = staged(play.office, listed(PLAIN))

    with pytest.raises(NotFound):
        queries.import_draft_for(play.viewer("office_second"), draft.pk)
    with pytest.raises(Forbidden):
        imports.commit_import(play.viewer("office_second"), draft)


def test_a_refused_file_leaves_nothing(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        imports.stage_import(play.office, file_name="清单.xlsx", data=b"\x00\x01")

    assert (refused.value.code, ImportDraft.objects.count()) == ("not_a_workbook", 0)


def test_a_workbook_of_many_sheets_is_refused(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        imports.stage_import(play.office, file_name="清单.xlsx", data=workbook(*([PLAIN] for _ in range(51))))

    assert refused.value.code == "too_many_sheets"


def test_an_answer_on_another_version_is_stale(play: Play) -> None:
    draft = staged(play.office, listed((1, "修路", "", "县住建局", "", "")))
    imports.answer_questions(play.office, draft, {NO_DEADLINE: said("by_rule")}, seen_version=draft.version)

    with pytest.raises(StaleRecord):
        imports.answer_questions(play.office, draft, {NO_DEADLINE: said("continuing")}, seen_version=draft.version)


def test_a_day_that_has_passed_is_no_answer(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed((1, "修路", "", "县住建局", "", "")))
        with pytest.raises(DomainError) as refused:
            imports.answer_questions(play.office, draft, {NO_DEADLINE: said("on_day", day=date(2026, 3, 1))})

    assert refused.value.code == "day_passed"


def test_a_list_is_of_a_year_that_can_be(play: Play) -> None:
    draft = staged(play.office, listed(PLAIN))

    with pytest.raises(DomainError) as refused:
        imports.describe_import(
            play.office,
            draft,
            title="清单",
            source=OrderSource.MEETING,
            issued_on=None,
            year=1999,
            kind=TaskKind.GENERAL,
        )

    assert refused.value.code == "year_implausible"


def test_a_dropped_list_is_gone_and_leaves_a_line(play: Play) -> None:
    draft = staged(play.office, listed(PLAIN))

    imports.discard_import(play.office, draft)

    assert (ImportDraft.objects.count(), AuditLine.objects.filter(verb="discard_import").count()) == (0, 1)
    with pytest.raises(DomainError) as refused:
        imports.commit_import(play.office, draft)
    assert refused.value.code == "already_imported"


def test_what_was_said_about_columns_is_remembered_for_the_next_list_of_the_shape(play: Play) -> None:
    header = (*HEADER, "资金(万元)")
    with march(2):
        draft = staged(play.office, workbook([("2026年清单",), header, (*PLAIN, 5)]))
        columns = imports.understand_import(play.office, draft).reading.columns
        meanings = {column.index: column.meaning for column in columns}
        draft = imports.map_columns(play.office, draft, meanings=meanings, header_row=2)
        imports.commit_import(play.office, draft)
        following = staged(play.office, workbook([("2027年清单",), header, (*PLAIN[:5], "2027年6月", 7)]))
        understood = imports.understand_import(play.office, following)

    assert (understood.is_remembered, understood.sheet_doubts, len(understood.drafts)) == (True, (), 1)
