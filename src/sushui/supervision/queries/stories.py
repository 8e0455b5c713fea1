"""What happened to one task: its story, what was reported and what was asked."""

from __future__ import annotations

from sushui.kernel.audit import target_of
from sushui.kernel.models import AuditLine
from sushui.supervision.models import ProgressReport, SupervisedTask, TaskRequest


def story(task: SupervisedTask) -> list[AuditLine]:
    """What happened to a task, oldest first, read from the audit chain."""
    return list(AuditLine.objects.filter(target=target_of(task)).order_by("pk"))


def reports_of(task: SupervisedTask) -> list[ProgressReport]:
    """What was reported on a task, newest first."""
    rows = ProgressReport.objects.filter(part__task=task).select_related("part__agency", "post__agency")
    return list(rows.order_by("-at", "-pk"))


def requests_of(task: SupervisedTask) -> list[TaskRequest]:
    """What was asked of the office about a task, newest first."""
    rows = TaskRequest.objects.filter(part__task=task).select_related(
        "part__agency", "part__task__order", "post__agency", "decided_by__agency", "named_agency", "clock"
    )
    return list(rows.order_by("-at", "-pk"))
