"""Importing a list: all of its rows or none."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of_verb
from sushui.kernel.models import AuditLine
from sushui.supervision import queries
from sushui.supervision.enums import OrderSource, PartRole, TaskState
from sushui.supervision.models import ImportDraft, SupervisedTask, SupervisionOrder, TaskPart
from sushui.supervision.services import imports
from tests.supervision.imports.lists import PLAIN, TITLE, listed, said, staged
from tests.supervision.play import Play, march

UNCLEAR = (2, "建好一座桥", "", "县药发中心", "", "6月底前")
PASSED = (3, "通好一条渠", "", "县财政局", "", "2026年1月底前")


def test_a_list_becomes_an_order_with_all_its_rows_as_drafts(play: Play) -> None:
    with march(2):
        order = imports.commit_import(
            play.office, staged(play.office, listed(PLAIN, (2, "建桥", "", "县发改局", "", "7月")))
        )

    assert (order.title, order.source, order.issued_on, order.number) == (
        TITLE,
        OrderSource.WORK_LIST,
        date(2026, 3, 2),
        1,
    )
    assert [(task.number, task.title, task.state) for task in order.tasks.order_by("number")] == [
        (1, "修好一条路", TaskState.DRAFTED),
        (2, "建桥", TaskState.DRAFTED),
    ]
    assert TaskPart.objects.filter(task__order=order, role=PartRole.SUPPORTING).count() == 1


def test_importing_leaves_a_line_that_names_the_file(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN))
        imports.commit_import(play.office, draft)

    line = AuditLine.objects.get(verb="commit_import")
    assert label_of_verb(line.verb) == "导入了工作清单"
    assert line.after == {"file": "清单.xlsx", "sheet": "表1", "digest": draft.digest, "tasks": 1}


def test_nothing_lands_while_a_question_is_open(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN, UNCLEAR))
        with pytest.raises(DomainError) as refused:
            imports.commit_import(play.office, draft)

    assert (refused.value.code, refused.value.params["count"]) == ("questions_open", 1)
    assert (SupervisionOrder.objects.count(), SupervisedTask.objects.count()) == (0, 0)


def test_nothing_lands_before_the_day_of_the_list_is_said(play: Play) -> None:
    with march(2), pytest.raises(DomainError) as refused:
        imports.commit_import(play.office, staged(play.office, listed(PLAIN), issued_on=None))

    assert (refused.value.code, SupervisionOrder.objects.count()) == ("list_not_described", 0)


def test_a_sheet_without_tasks_is_refused(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed((1, "", "", "县住建局", "", "6月")))
        draft = imports.answer_questions(play.office, draft, {"no_title:3": said("leave_out")})
        with pytest.raises(DomainError) as refused:
            imports.commit_import(play.office, draft)

    assert refused.value.code == "nothing_to_import"


def test_a_list_can_be_assigned_at_once(play: Play) -> None:
    with march(2):
        order = imports.commit_import(play.office, staged(play.office, listed(PLAIN)), assign=True)

    assert [task.state for task in order.tasks.all()] == [TaskState.ASSIGNED]


def test_when_one_row_cannot_be_assigned_nothing_lands(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN, PASSED))
        draft = imports.answer_questions(play.office, draft, {"deadline:passed:2026年1月底前": said("as_given")})
        with pytest.raises(DomainError) as refused:
            imports.commit_import(play.office, draft, assign=True)

    assert (refused.value.code, SupervisionOrder.objects.count()) == ("deadline_past", 0)
    assert ImportDraft.objects.get().order_id is None


def test_very_many_tasks_are_not_assigned_at_once(play: Play) -> None:
    rows = [(number, f"第{number}件事", "", "县住建局", "", "6月") for number in range(1, imports.MOST_ASSIGNED + 2)]
    with march(2), pytest.raises(DomainError) as refused:
        imports.commit_import(play.office, staged(play.office, listed(*rows)), assign=True)

    assert (refused.value.code, SupervisedTask.objects.count()) == ("too_many_to_assign", 0)


def test_a_list_is_imported_once(play: Play) -> None:
    with march(2):
        draft = staged(play.office, listed(PLAIN))
        imports.commit_import(play.office, draft)
        with pytest.raises(DomainError) as refused:
            imports.commit_import(play.office, draft)

    assert (refused.value.code, SupervisionOrder.objects.count()) == ("already_imported", 1)


def test_the_same_file_again_tells_what_became_of_it(play: Play) -> None:
    data = listed(PLAIN)
    with march(2):
        order = imports.commit_import(play.office, staged(play.office, data))
        (again,) = imports.stage_import(play.viewer("office_second"), file_name="清单.xlsx", data=data)

    assert [each.order for each in queries.earlier_imports(play.viewer("office_second"), again)] == [order]


def test_a_neighbor_is_not_told_of_the_same_file(play: Play) -> None:
    neighbor, data = play.viewer("neighbor_office"), listed(PLAIN)
    with march(2):
        imports.commit_import(play.office, staged(play.office, data))
        (theirs,) = imports.stage_import(neighbor, file_name="清单.xlsx", data=data)

    assert queries.earlier_imports(neighbor, theirs) == []


def test_five_thousand_rows_take_few_statements(
    play: Play, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [(number, f"做好第{number}件事", "", "县住建局", "各乡镇人民政府", "6月底前") for number in range(1, 5001)]
    with march(2):
        draft = staged(play.office, listed(*rows))
        with django_assert_max_num_queries(60):
            order = imports.commit_import(play.office, draft)

    assert (order.tasks.count(), TaskPart.objects.filter(task__order=order).count()) == (5000, 15000)
