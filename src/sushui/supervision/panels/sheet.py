"""One task as its page tells it: the answer first, what can be done, the parts with their clocks, the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sushui.kernel.viewer import Viewer
from sushui.supervision import queries
from sushui.supervision.adapter import task_timetable
from sushui.supervision.enums import PartRole, RequestState, StatusLight
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart, TaskRequest
from sushui.supervision.panels.deadlines import Deadlines, Due
from sushui.supervision.panels.offers import Offer, part_offers, request_offers, task_offers
from sushui.supervision.panels.rows import PartRow, part_row
from sushui.supervision.panels.story import Stretch, plan_steps, stretches_of


@dataclass(frozen=True)
class ClockLine:
    """One clock of a part: running with its deadline in words, or how it ended."""

    clock: TaskClock
    due: Due


@dataclass(frozen=True)
class PartSheet:
    """A part with its clocks and what this viewer can do to it."""

    row: PartRow
    clocks: list[ClockLine]
    offers: list[Offer]

    @property
    def part(self) -> TaskPart:
        return self.row.part


@dataclass(frozen=True)
class RequestSheet:
    """A request with its plan and the decisions that this viewer may take."""

    request: TaskRequest
    offers: list[Offer]

    @property
    def plan(self) -> list[tuple[object, str]]:
        return [*plan_steps(self.request.plan)]


@dataclass(frozen=True)
class TaskSheet:
    """All that the page of a task shows."""

    task: SupervisedTask
    light: StatusLight
    reason: str
    due: Due | None
    parts: list[PartSheet]
    office_clocks: list[ClockLine]
    offers: list[Offer]
    requests: list[RequestSheet]
    story: list[Stretch]

    @property
    def to_decide(self) -> list[RequestSheet]:
        return [each for each in self.requests if each.offers]

    @property
    def waiting(self) -> list[RequestSheet]:
        """Open requests that somebody else decides."""
        return [each for each in self.requests if each.request.state is RequestState.OPEN and not each.offers]

    @property
    def unanswered(self) -> list[TaskPart]:
        """Supporting parts that have not answered the lead."""
        parts = [sheet.part for sheet in self.parts]
        return [part for part in parts if part.role is PartRole.SUPPORTING and part.is_open]


def task_sheet(viewer: Viewer, task: SupervisedTask) -> TaskSheet:
    """Read everything about a task once; as many queries for one part as for many."""
    clocks = queries.clocks_of(task)
    deadlines = Deadlines(each for each in clocks if each.is_running)
    requests = queries.requests_of(task)
    return TaskSheet(
        task=task,
        light=deadlines.light_of(task),
        reason=deadlines.reason(task),
        due=deadlines.next_due(task),
        parts=_parts(viewer, task, clocks, requests, deadlines),
        office_clocks=_lines([each for each in clocks if each.part_id is None], deadlines),
        offers=task_offers(viewer, task),
        requests=[RequestSheet(each, request_offers(viewer, each)) for each in requests],
        story=stretches_of(queries.story(task)),
    )


def _parts(
    viewer: Viewer,
    task: SupervisedTask,
    clocks: Sequence[TaskClock],
    requests: Sequence[TaskRequest],
    deadlines: Deadlines,
) -> list[PartSheet]:
    table = task_timetable(task)
    return [
        PartSheet(
            row=part_row(viewer, part, deadlines),
            clocks=_lines([each for each in clocks if each.part_id == part.pk], deadlines),
            offers=part_offers(viewer, part, deadlines.running(part), requests, table),
        )
        for part in queries.parts_of(task)
    ]


def _lines(clocks: Sequence[TaskClock], deadlines: Deadlines) -> list[ClockLine]:
    return [ClockLine(each, deadlines.said(each)) for each in clocks]
