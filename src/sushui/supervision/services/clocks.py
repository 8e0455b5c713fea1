"""Starting, meeting, stopping and moving clocks; the dates that tasks and parts carry follow from them.

Used by the services of this room only, always inside their transaction and with the task locked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F, Q

from sushui.kernel import clock
from sushui.supervision.adapter import Timetable, compute_deadline, compute_steps
from sushui.supervision.enums import (
    ClockKind,
    NodeCycle,
    PartRole,
    PartState,
    RequestKind,
    RequestState,
    TaskKind,
    TaskState,
)
from sushui.supervision.models import ProgressReport, SupervisedTask, TaskClock, TaskPart, TaskRequest
from sushui.supervision.rules import (
    COUNTING,
    OPEN_PARTS,
    OPEN_STATES,
    Limit,
    earliest,
    next_node_on,
    starting_clocks,
    stops_while_held,
)

ONE_BY_ONE = (ClockKind.NODE, ClockKind.PLAN_STEP)  # a report answers the next of these, not those after it
RUNNING = Q(met_on=None, stopped_on=None, canceled_on=None)


def start_clock(
    table: Timetable,
    task: SupervisedTask,
    part: TaskPart | None,
    kind: ClockKind,
    *,
    limit: Limit | None = None,
    fixed_on: date | None = None,
    label: str = "",
) -> TaskClock:
    """Start a clock today, by a limit or to a date; in a suspended task it waits for the task to be resumed."""
    running = _clock(table, task, part, kind, limit=limit, fixed_on=fixed_on, label=label)
    running.save(force_insert=True)
    return running


def _clock(
    table: Timetable,
    task: SupervisedTask,
    part: TaskPart | None,
    kind: ClockKind,
    *,
    limit: Limit | None = None,
    fixed_on: date | None = None,
    label: str = "",
) -> TaskClock:
    running = TaskClock(
        division_id=task.division_id,
        task=task,
        part=part,
        kind=kind,
        label=label,
        started_on=clock.today(),
        fixed_on=fixed_on,
        length=limit.length if limit and fixed_on is None else None,
        unit=limit.unit if limit else "",
        basis=limit.basis if limit else "",
        **{name: getattr(table.limits, name) for name in COUNTING},
        stopped_on=clock.today() if task.state is TaskState.SUSPENDED and stops_while_held(kind) else None,
    )
    set_dates(table, running)
    running.original_due_on = running.due_on
    return running


def start_parts_clocks(parts: Iterable[tuple[Timetable, SupervisedTask, TaskPart]]) -> None:
    """Start the clocks that `part_clocks` gives for each of the parts."""
    TaskClock.objects.bulk_create([each for given in parts for each in part_clocks(*given)])


def part_clocks(table: Timetable, task: SupervisedTask, part: TaskPart) -> list[TaskClock]:
    """The clocks that a part is given by the rule when it is assigned today, not saved: also to be shown beforehand.

    A deadline that the order gives takes the place of the rule's; continuing work reports at the end of its period.
    """
    given: list[TaskClock] = []
    for kind, limit in starting_clocks(task.kind, part.role, table.limits).items():
        fixed_on = task.deadline_on if kind is ClockKind.RESULT else None
        given.append(_clock(table, task, part, kind, limit=limit, fixed_on=fixed_on))
    if part.role is PartRole.LEAD and task.kind is TaskKind.CONTINUING:
        end = _clock(table, task, part, ClockKind.RESULT, fixed_on=task.deadline_on) if task.deadline_on else None
        node_on = next_node_on(_cycle(task), after=clock.today(), until=end.due_on if end else None)
        node = _clock(table, task, part, ClockKind.NODE, fixed_on=node_on) if node_on else None
        given += [each for each in (end, node) if each is not None]
    return given


def start_next_node(table: Timetable, task: SupervisedTask, part: TaskPart, *, after: date) -> None:
    """Continuing work reports at the end of its next period, unless its result is due by then."""
    result = part.clocks.filter(kind=ClockKind.RESULT, canceled_on=None).first()
    node_on = next_node_on(_cycle(task), after=after, until=result.due_on if result else None)
    if node_on is not None:
        start_clock(table, task, part, ClockKind.NODE, fixed_on=node_on)


def _cycle(task: SupervisedTask) -> NodeCycle:
    return NodeCycle(task.node_cycle or NodeCycle.QUARTERLY)


def set_dates(table: Timetable, running: TaskClock) -> None:
    """Compute the deadline and the days on which the clock climbs; not saved."""
    found = compute_deadline(table, running)
    running.due_on, running.is_provisional = found.on, found.provisional
    steps = compute_steps(table, running, running.task.kind)
    running.yellow_on, running.red_on = steps.due_soon_on, steps.red_on
    # A rung that lies in the past already is climbed at the next tick: look from the eve of the first rung.
    running.next_rung_on = steps.due_soon_on if running.is_running else None


def save_dates(running: TaskClock) -> None:
    """Save all that moves a clock."""
    dates = ["due_on", "is_provisional", "yellow_on", "red_on", "next_rung_on"]
    running.save(update_fields=[*dates, "fixed_on", "pauses", "stopped_on", "met_on"])


def meet_clocks(table: Timetable, part: TaskPart, *kinds: ClockKind) -> list[TaskClock]:
    """The part did what its clocks of these kinds asked for, running or held; gives those that were met."""
    rows = part.clocks.filter(kind__in=kinds, met_on=None, canceled_on=None).select_related("task")
    met: list[TaskClock] = []
    for each in rows.order_by("due_on", "pk"):
        is_later = each.kind in ONE_BY_ONE and any(other.kind is each.kind for other in met)
        met += [] if is_later else [each]
    release_clocks(table, met)
    TaskClock.objects.filter(pk__in=[each.pk for each in met]).update(met_on=clock.today(), next_rung_on=None)
    return met


def reopen_clocks(table: Timetable, request: TaskRequest) -> None:
    """An application was sent back: the result and the node that it met run on as if they had never been met."""
    reported = ProgressReport.objects.filter(part=request.part).exclude(clock=None)
    rows = request.part.clocks.filter(
        kind__in=[ClockKind.RESULT, ClockKind.NODE], canceled_on=None, met_on__gte=clock.local(request.at).date()
    )
    for running in rows.exclude(pk__in=reported.values("clock")).select_related("task"):
        running.met_on = None
        set_dates(table, running)
        save_dates(running)


def hold_clocks(clocks: Iterable[TaskClock]) -> list[int]:
    """Stop the clocks of the agency's own work today, until `release_clocks`; gives the numbers of those stopped."""
    held = [each.pk for each in clocks if each.is_running and stops_while_held(each.kind)]
    TaskClock.objects.filter(pk__in=held).update(stopped_on=clock.today(), next_rung_on=None)
    return held


def release_clocks(table: Timetable, clocks: Iterable[TaskClock]) -> None:
    """Let held clocks run again; the days they stood still do not count."""
    for held in clocks:
        if held.stopped_on is None or held.met_on is not None or held.canceled_on is not None:
            continue
        held.pauses = [*held.pauses, [held.stopped_on.isoformat(), clock.today().isoformat()]]
        held.stopped_on = None
        set_dates(table, held)
        save_dates(held)


def release_task(table: Timetable, task: SupervisedTask) -> None:
    """The suspension is over: the plan is dropped, clocks run again, but for those that an ownership dispute holds."""
    cancel_clocks(task, kind=ClockKind.PLAN_STEP)
    disputed = task.parts.filter(state=PartState.DISPUTED)
    release_clocks(table, task.clocks.exclude(part__in=disputed, stops_in_dispute=True).select_related("task"))


def cancel_clocks(task: SupervisedTask, *, part: TaskPart | None = None, kind: ClockKind | None = None) -> None:
    """End clocks that nobody needs to meet any more: of the task, of one part, or of one kind."""
    rows = TaskClock.objects.filter(task=task, met_on=None, canceled_on=None)
    rows = rows.filter(part=part) if part is not None else rows
    rows = rows.filter(kind=kind) if kind is not None else rows
    rows.update(canceled_on=clock.today(), next_rung_on=None)


def refresh_dates(tasks: Mapping[SupervisedTask, int], versions: Mapping[int, int] | None = None) -> None:
    """Carry the running clocks' dates over to the parts and the tasks (fields set; the tasks are saved by the caller).

    ``tasks``: each with the number of returns that makes it red. ``versions``: of parts that are still to be saved.
    """
    running: dict[int, list[TaskClock]] = defaultdict(list)
    parts: dict[int, list[TaskPart]] = defaultdict(list)
    for each in TaskClock.objects.filter(RUNNING, task__in=tasks):
        running[each.task_id].append(each)
    for part in TaskPart.objects.filter(task__in=tasks):
        parts[part.task_id].append(part)
    for task, limit in tasks.items():
        _refresh_task(task, running[task.pk], parts[task.pk], _returned_too_often_on(task, limit), versions or {})


def _refresh_task(
    task: SupervisedTask,
    running: Sequence[TaskClock],
    parts: Sequence[TaskPart],
    returned_on: date | None,
    versions: Mapping[int, int],
) -> None:
    late = _late_results(task)
    yellow_since, red_since = [each.yellow_on for each in late], [returned_on, *map(_red_when_met, late)]
    for part in parts:
        own = [each for each in running if each.part_id == part.pk]
        is_lead = part.role is PartRole.LEAD
        since = (yellow_since, red_since) if is_lead else ([], [])
        _refresh_part(part, own, *since, version=versions.get(part.pk, part.version))
    task.is_open = task.state in OPEN_STATES
    task.due_on = earliest(each.due_on for each in running)
    task.is_provisional = any(each.is_provisional for each in running)
    task.yellow_on = earliest([*(each.yellow_on for each in running), *yellow_since])
    task.red_on = earliest([*(each.red_on for each in running), *red_since])
    task.awaited_agency_id = _awaited(task, running, {part.pk: part for part in parts}, returned_on)


def _awaited(
    task: SupervisedTask, running: Sequence[TaskClock], parts: Mapping[int, TaskPart], returned_on: date | None
) -> int | None:
    """The agency whose move it is: the owner of the clock that turns red first; the office's where it must decide."""
    if not task.is_open:
        return None
    first = min(running, key=lambda each: (each.red_on, each.due_on, each.pk), default=None)
    if first is None:
        decides = task.state is TaskState.COMPLETION_APPLIED
        return task.order.issuer_agency_id if decides else task.lead_agency_id
    if returned_on is not None and returned_on <= first.red_on:
        return task.lead_agency_id
    return parts[first.part_id].agency_id if first.part_id else task.order.issuer_agency_id


def _late_results(task: SupervisedTask) -> list[TaskClock]:
    """Results that were applied for after their deadline and wait for the decision: applying puts out no light."""
    if task.state is not TaskState.COMPLETION_APPLIED:
        return []
    return list(TaskClock.objects.filter(task=task, kind=ClockKind.RESULT, met_on__gt=F("due_on"), canceled_on=None))


def _red_when_met(late: TaskClock) -> date | None:
    """Since when a late result was red when it was applied for; it does not turn red while the office decides."""
    return late.red_on if late.met_on is not None and late.red_on <= late.met_on else None


def _refresh_part(
    part: TaskPart,
    running: Sequence[TaskClock],
    yellow_since: Sequence[date],
    red_since: Sequence[date | None],
    *,
    version: int,
) -> None:
    """Carry the dates of its own running clocks over to a part, and save it if one of them is new."""
    values = {
        "version": version,
        "is_open": part.state in OPEN_PARTS,
        "due_on": earliest(each.due_on for each in running),
        "yellow_on": earliest([*(each.yellow_on for each in running), *yellow_since]),
        "red_on": earliest([*(each.red_on for each in running), *red_since]),
    }
    changed = [name for name, value in values.items() if getattr(part, name) != value]
    for name in changed:
        setattr(part, name, values[name])
    if changed:
        part.save(update_fields=changed)


def _returned_too_often_on(task: SupervisedTask, limit: int) -> date | None:
    """The day of the return that made the task red; later returns do not move it."""
    if not 0 < limit <= task.returned_count:
        return None
    refused = TaskRequest.objects.filter(part__task=task, kind=RequestKind.CLOSING, state=RequestState.REFUSED)
    moment = refused.order_by("decided_at").values_list("decided_at", flat=True)[limit - 1]
    assert moment is not None, "what was refused was decided"
    return clock.local(moment).date()


TASK_DATES = ("is_open", "due_on", "is_provisional", "yellow_on", "red_on", "awaited_agency_id")
