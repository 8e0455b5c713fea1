"""What carries files here: reports and applications, seen like their task, attached to by whoever works on the part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sushui.documents.queries import TargetFiles, files_by_target
from sushui.documents.services import TargetKind, register_target
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries
from sushui.supervision.enums import Paper, PartState, RequestKind, RequestState
from sushui.supervision.models import ProgressReport, SupervisedTask, TaskRequest
from sushui.supervision.permissions import may_work_on_part


@dataclass(frozen=True)
class PaperSheet:
    """A report or an application with its files."""

    record: ProgressReport | TaskRequest
    files: TargetFiles


def papers_of(viewer: Viewer, task: SupervisedTask, requests: Iterable[TaskRequest]) -> list[PaperSheet]:
    """Reports and applications of a task that carry files or may be given some, newest first.

    As many queries for one as for many.
    """
    reports = queries.reports_of(task)
    closing = [each for each in requests if each.kind is RequestKind.CLOSING]
    sheets = [*_sheets(viewer, Paper.REPORT, reports), *_sheets(viewer, Paper.REQUEST, closing)]
    shown = [each for each in sheets if each.files.attachments or each.files.may_attach]
    return sorted(shown, key=lambda each: each.record.at, reverse=True)


def _sheets(viewer: Viewer, kind: Paper, records: Iterable[Any]) -> list[PaperSheet]:
    listed = list(records)
    files = files_by_target(viewer, kind, listed)
    return [PaperSheet(each, files[each.pk]) for each in listed]


def register() -> None:
    """Let files hang on reports and applications."""
    for paper, visible, may_attach in (
        (Paper.REPORT, _reports, _may_attach_to_report),
        (Paper.REQUEST, _requests, _may_attach_to_request),
    ):
        kind = TargetKind(
            key=paper.value,
            label=paper.msgid,
            visible=visible,
            may_attach=may_attach,
            page=_page,
            division="part__division_id",
            story=_task,
            name=_name,
        )
        register_target(kind)


def _reports(viewer: Viewer) -> QuerySet[ProgressReport]:
    rows = ProgressReport.objects.filter(part__task__in=queries.visible_tasks(viewer))
    return rows.select_related("part__task", "part__agency")


def _requests(viewer: Viewer) -> QuerySet[TaskRequest]:
    rows = TaskRequest.objects.filter(part__task__in=queries.visible_tasks(viewer))
    return rows.select_related("part__task", "part__agency")


def _may_attach_to_report(viewer: Viewer, report: ProgressReport) -> bool:
    """The agency's own people, as long as the part is theirs to work on."""
    part = report.part
    return part.is_open and part.state is not PartState.MOVED and bool(may_work_on_part(viewer, part))


def _may_attach_to_request(viewer: Viewer, request: TaskRequest) -> bool:
    """The same, until it is decided: what the decision rests on does not change afterwards."""
    return request.state is RequestState.OPEN and bool(may_work_on_part(viewer, request.part))


def _task(record: Any) -> SupervisedTask:
    found: SupervisedTask = record.part.task
    return found


def _name(record: Any) -> str:
    return f"{record.part.task.title} · {record.part.agency}"


def _page(record: Any) -> str:
    return reverse("supervision:task", args=[record.part.task_id])
