"""Lists on their way out: they import again unchanged."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.utils import translation

from sushui.kernel.errors import Forbidden, NotFound
from sushui.kernel.models import AuditLine
from sushui.supervision import queries, services
from sushui.supervision.enums import NodeCycle, OrderSource, TaskKind
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from sushui.supervision.services.exports import export_order, export_register
from sushui.supervision.services.imports import understand_import
from sushui.supervision.services.orders import TaskDraft
from tests.supervision.imports.lists import staged
from tests.supervision.play import Play, march


def drafts(play: Play) -> list[TaskDraft]:
    """Tasks of every kind, with texts that a spreadsheet would take for formulas."""
    works, finance, reform = (play.county.agencies[key].pk for key in ("works", "finance", "reform"))
    leader = play.county.posts["leader"].pk
    continuing = TaskDraft("-长期做好", works, kind=TaskKind.CONTINUING)
    return [
        TaskDraft("修好一条路", works, (finance, reform), deadline_on=date(2026, 6, 30), deadline_text="6月底前"),
        TaskDraft("=1+1 也是一件事", finance, section="一、项目建设", deadline_on=date(2026, 12, 31)),
        TaskDraft("+建好一座桥", works, kind=TaskKind.MAJOR, leader_post_id=leader, leader_text="常务副县长"),
        replace(continuing, node_cycle=NodeCycle.MONTHLY, deadline_text="长期坚持"),
        replace(continuing, title="@年年都做", node_cycle=NodeCycle.YEARLY, note="分两行\n写的备注"),
        replace(continuing, title="做到年底", node_cycle=NodeCycle.QUARTERLY, deadline_on=date(2026, 12, 31)),
        TaskDraft("按规定时限办", finance, leader_text="分管财政的副主任"),
    ]


def ordered(play: Play) -> SupervisionOrder:
    order = services.draft_order(
        play.office, title="三月清单", source=OrderSource.WORK_LIST, issued_on=date(2026, 3, 2)
    )
    services.draft_tasks(play.office, order, drafts(play))
    return order


def exported(play: Play, order: SupervisionOrder) -> bytes:
    file = io.BytesIO()
    export_order(play.office, order, file)
    return file.getvalue()


def sheet_of(data: bytes) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_exported_order_imports_again_unchanged(play: Play, language: str) -> None:
    with march(2):
        with translation.override(language):
            data = exported(play, ordered(play))
        understood = understand_import(play.office, staged(play.office, data))

    assert (understood.sheet_doubts, understood.questions) == ((), [])
    assert understood.drafts == drafts(play)


def test_what_happened_to_a_task_is_told_and_left_out_again(play: Play) -> None:
    with march(2):
        order = ordered(play)
        services.assign_task(play.office, order.tasks.get(number=1))
        data = exported(play, order)
        understood = understand_import(play.office, staged(play.office, data))

    assert sheet_of(data)[2][10:14] == ("三月清单", "已交办", "黄灯", None)
    assert understood.drafts[0] == drafts(play)[0]


def test_the_columns_are_those_of_a_work_list(play: Play) -> None:
    with march(2):
        rows = sheet_of(exported(play, ordered(play)))

    assert rows[0][0] == "三月清单"
    assert rows[1][:7] == ("序号", "类别", "重点工作任务", "责任领导", "牵头单位", "配合单位", "完成时限")


def test_what_looks_like_a_formula_is_text(play: Play) -> None:
    with march(2):
        data = exported(play, ordered(play))
    cells = [row[2] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3, max_row=7)]

    assert [(cell.data_type, cell.value[0]) for cell in cells] == [("s", mark) for mark in "修=+-@"]


def test_two_agencies_of_one_short_name_are_exported_by_their_full_names(play: Play) -> None:
    finance = play.county.agencies["finance"]
    finance.short_name = "县住建局"
    finance.save()
    with march(2):
        rows = sheet_of(exported(play, ordered(play)))

    assert (rows[2][4], rows[3][4]) == ("绛县住房和城乡建设局", "绛县财政局")


def test_an_agency_whose_part_was_taken_up_is_exported_once(play: Play) -> None:
    file = io.BytesIO()
    with march(2):
        led = play.task(supporting=("finance",))
        play.decide(play.dispute(led), "finance")
        supported = play.task(supporting=("finance", "gujiang"))
        play.decide(play.dispute(supported, named="gujiang", agency="finance"), "gujiang")
        export_register(play.office, queries.TaskFilter(), file)

    agencies = [row[4:6] for row in sheet_of(file.getvalue())[2:-1]]
    assert agencies == [("县财政局", None), ("县住建局", "古绛镇")]


def test_the_register_is_exported_as_it_is_narrowed(play: Play) -> None:
    file = io.BytesIO()
    with march(2):
        ordered(play)
        count = export_register(play.office, queries.TaskFilter(kind=TaskKind.MAJOR), file)

    assert (count, [row[2] for row in sheet_of(file.getvalue())[2:-1]]) == (1, ["+建好一座桥"])


def test_exporting_leaves_a_line(play: Play) -> None:
    with march(2):
        order = ordered(play)
        exported(play, order)
        export_register(play.office, queries.TaskFilter(text="修好"), io.BytesIO())

    lines = AuditLine.objects.filter(verb__startswith="export").order_by("pk")
    assert [(line.verb, line.target, line.after) for line in lines] == [
        ("export_order", f"supervision.supervisionorder:{order.pk}", {"rows": 7}),
        (
            "export_register",
            f"organizations.post:{play.county.posts['office'].pk}",
            {"rows": 1, "filter": {"text": "修好"}},
        ),
    ]


def test_an_agency_exports_of_an_order_what_it_may_see(play: Play) -> None:
    file = io.BytesIO()
    with march(2):
        order = ordered(play)
        services.assign_task(play.office, order.tasks.get(number=2))
        count = export_order(play.viewer("finance_head"), order, file)

    assert count == 1


def test_an_agency_does_not_export_the_register(play: Play) -> None:
    with pytest.raises(Forbidden):
        export_register(play.viewer("works_head"), queries.TaskFilter(), io.BytesIO())


def test_a_neighbor_finds_no_order_to_export(play: Play) -> None:
    with march(2):
        order = ordered(play)

    with pytest.raises(NotFound):
        queries.order_for(play.viewer("neighbor_office"), order.pk)


def test_many_rows_are_written_in_their_order(play: Play) -> None:
    file = io.BytesIO()
    works = play.county.agencies["works"].pk
    many = [TaskDraft(f"第{number}件事", works) for number in range(1, 1102)]
    with march(2):
        order = services.draft_order(
            play.office, title="很长的清单", source=OrderSource.WORK_LIST, issued_on=date(2026, 3, 2)
        )
        services.draft_tasks(play.office, order, many)
        count = export_order(play.office, order, file)

    rows = sheet_of(file.getvalue())[2:-1]
    assert (count, [row[0] for row in rows]) == (1101, list(range(1, 1102)))
    assert [row[2] for row in rows] == [draft.title for draft in many]
    assert SupervisedTask.objects.count() == 1101


def test_a_draft_without_an_owner_asks_again(play: Play) -> None:
    with march(2):
        order = ordered(play)
        services.draft_task(play.office, order, replace(drafts(play)[0], lead_agency_id=None))
        understood = understand_import(play.office, staged(play.office, exported(play, order)))

    assert [each.question.key for each in understood.questions] == ["no_lead"]
