"""The smallest true path: drafted, assigned, signed, reported, applied, returned, applied, closed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sushui.kernel import clock
from sushui.kernel.audit import seal_pending
from sushui.kernel.audit_check import verify_chain
from sushui.supervision import queries, services
from sushui.supervision.enums import Grade, OrderSource, ReportKind, TaskState
from sushui.supervision.models import SupervisedTask, TaskRequest
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=CHINA)


def test_a_task_goes_from_draft_to_closed_and_its_story_tells_it(county: County, tmp_path, settings) -> None:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")
    office, handler = county.viewer("office"), county.viewer("works_handler")
    with clock.frozen(at("2026-03-02")):
        order = services.draft_order(office, title="三月调度会", source=OrderSource.MEETING, issued_on=date(2026, 3, 2))
        draft = services.TaskDraft("修好一条路", county.agencies["works"].pk, (county.agencies["finance"].pk,))
        task = services.assign_task(office, services.draft_task(office, order, draft))
        part = queries.own_parts(handler).get()
        services.sign_for_task(handler, part, arrangement="今天安排了")
    with clock.frozen(at("2026-03-04")):
        services.report_progress(handler, part, kind=ReportKind.FEEDBACK, text="已经开工")
    with clock.frozen(at("2026-03-09")):
        services.apply_for_closing(handler, part, text="修好了")
        services.return_task(office, TaskRequest.objects.get(state="open"), note="还有一段没修")
        services.report_progress(handler, part, kind=ReportKind.PROGRESS, text="补修")
        services.apply_for_closing(handler, part, text="全修好了")
        services.close_task(office, TaskRequest.objects.get(state="open"), grade=Grade.GOOD)
        seal_pending()

    closed = SupervisedTask.objects.get(pk=task.pk)
    assert (closed.state, closed.grade, closed.is_open, closed.is_late) == (TaskState.CLOSED, Grade.GOOD, False, False)
    assert [line.verb for line in queries.story(closed)] == [
        "draft_task",
        "assign_task",
        "sign_for_task",
        "report_progress",
        "report_progress",
        "apply_for_closing",
        "return_task",
        "report_progress",
        "apply_for_closing",
        "close_task",
    ]
    assert verify_chain().findings == ()
