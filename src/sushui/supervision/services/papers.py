"""The files that a report or an application carries: part of its act, told by its line."""

from __future__ import annotations

from collections.abc import Sequence

from sushui.documents.services import ReceivedFile, Target, attach_received, told
from sushui.supervision.enums import Paper
from sushui.supervision.models import ProgressReport, TaskRequest
from sushui.supervision.services.steps import Act


def carry_files(act: Act, record: ProgressReport | TaskRequest, files: Sequence[ReceivedFile]) -> None:
    """Hang what was received before the act began on what the act has made."""
    if files:
        kind = Paper.REPORT if isinstance(record, ProgressReport) else Paper.REQUEST
        act.after |= told(attach_received(act.viewer, target=Target(kind, record.pk), received=files))
