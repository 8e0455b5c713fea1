"""What the clock does by itself: climb the ladder, recompute provisional deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.batches import batch
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Clockwork
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import post_notice
from sushui.supervision.adapter import Timetable, compute_steps, task_timetable, timetable
from sushui.supervision.enums import Rung, Verb
from sushui.supervision.models import Escalation, SupervisedTask, TaskClock
from sushui.supervision.services.audience import audience_of
from sushui.supervision.services.clocks import RUNNING, TASK_DATES, refresh_dates, save_dates, set_dates
from sushui.supervision.services.notify import url_of
from sushui.supervision.services.reviews import remind_of_reviews

log = structlog.get_logger(__name__)
BATCH = 200
SAID = {
    Rung.DUE_SOON: (NoticeTone.PLAIN, msg("Due %(day)s, %(what)s: %(title)s")),
    Rung.OVERDUE: (NoticeTone.YELLOW, msg("%(agency)s is overdue since %(day)s, %(what)s: %(title)s")),
    Rung.RED: (NoticeTone.RED, msg("Red: %(agency)s, %(what)s, due %(day)s: %(title)s")),
    Rung.LISTED: (NoticeTone.RED, msg("To be listed: %(agency)s, %(what)s, due %(day)s: %(title)s")),
}


def run_clocks() -> int:
    """Raise every alarm that is due, about tasks and about reviews; gives how many."""
    return climb_ladder() + remind_of_reviews()


def climb_ladder() -> int:
    """Raise every alarm that is due and was not raised yet; gives how many rungs were climbed.

    Nothing is raised at night or on a rest day: the days on which a rung is reached are working days, and the hours
    are looked at here. Each rung of each deadline is raised exactly once, however often and by however many workers
    this runs.
    """
    divisions = _due_clocks().order_by("division_id").values_list("division_id", flat=True).distinct()
    return sum(_climb_in(timetable(division_id)) for division_id in divisions)


def _due_clocks() -> QuerySet[TaskClock]:
    return TaskClock.objects.filter(RUNNING, next_rung_on__lte=clock.today())


def _climb_in(table: Timetable) -> int:
    """Climb with every due clock of a division, if people may be disturbed there now."""
    climbed, last = 0, 0
    while table.open_moment(clock.now()) <= clock.now():
        rows = _due_clocks().filter(division_id=table.division_id, pk__gt=last)
        due = list(rows.order_by("pk").values_list("pk", "task_id")[:BATCH])
        if not due:
            break
        climbed += _climb_or_log(due, table)
        last, _task_id = due[-1]
    return climbed


def _climb_or_log(due: Sequence[tuple[int, int]], table: Timetable) -> int:
    """A clock that cannot climb holds up no other: then each climbs alone, and that one is tried again next turn."""
    try:
        return _climb(due, table)
    except Exception:
        if len(due) > 1:
            return sum(_climb_or_log([each], table) for each in due)
        log.exception("supervision.clock_failed", clock=due[0][0], task=due[0][1])
        return 0


@transaction.atomic
def _climb(due: Sequence[tuple[int, int]], table: Timetable) -> int:
    """Climb with clocks (number, task), their tasks locked first as in every act and in order; gives how many rungs."""
    tasks = SupervisedTask.objects.select_for_update(of=("self",)).filter(pk__in={task_id for _, task_id in due})
    list(tasks.order_by("pk").values_list("pk"))
    today = clock.today()
    rows = TaskClock.objects.filter(RUNNING, next_rung_on__lte=today, pk__in=[number for number, _ in due])
    clocks = list(rows.select_related("task__order__issuer_agency", "part__agency").order_by("pk"))
    steps = {running.pk: compute_steps(table, running, running.task.kind) for running in clocks}
    alarms = _new_alarms((running, steps[running.pk].reached(today)) for running in clocks)
    _raise_alarms(alarms, table)
    moved_to: dict[date | None, list[int]] = defaultdict(list)
    for running in clocks:
        moved_to[steps[running.pk].next_on(today)].append(running.pk)
    for next_on, moved in moved_to.items():
        TaskClock.objects.filter(pk__in=moved).update(next_rung_on=next_on)
    return len(alarms)


def _new_alarms(reached: Iterable[tuple[TaskClock, Sequence[Rung]]]) -> list[tuple[TaskClock, Rung]]:
    """Those of the rungs that the deadlines had not climbed, written as climbed; the tasks are locked meanwhile."""
    rungs = [(running, rung) for running, rungs in reached for rung in rungs]
    rows = Escalation.objects.filter(clock__in={running.pk for running, _ in rungs})
    climbed = set(rows.values_list("clock_id", "due_on", "rung"))
    alarms = [(running, rung) for running, rung in rungs if (running.pk, running.due_on, rung) not in climbed]
    Escalation.objects.bulk_create(
        [Escalation(clock=running, rung=rung, due_on=running.due_on, at=clock.now()) for running, rung in alarms]
    )
    return alarms


def _raise_alarms(alarms: Sequence[tuple[TaskClock, Rung]], table: Timetable) -> None:
    audience = audience_of(table.division_id, alarms)
    due_at = table.open_moment(clock.now())
    lines: list[tuple[SupervisedTask, dict[str, Any], dict[str, Any], str]] = []
    for running, rung in alarms:
        tone, msgid = SAID[rung]
        agency = str(running.part.agency if running.part else running.task.order.issuer_agency)
        said = {"day": running.due_on, "what": running.kind, "agency": agency, "rung": rung}
        lines.append((running.task, {}, said, ""))
        post_notice(
            key=f"supervision.clock:{running.pk}:{running.due_on}:{rung}",
            division_id=running.division_id,
            post_ids=sorted(audience.of(running, rung)),
            msgid=msgid,
            params={
                "title": running.task.title[:80],
                "day": running.due_on.isoformat(),
                "what": running.kind,
                "agency": agency,
            },
            url=url_of(running.task),
            tone=tone,
            due_at=due_at,
        )
    record_acts(Clockwork(table.division_id), Verb.CLIMB, lines)


def recompute_deadlines() -> int:
    """Compute running deadlines and their rungs again; gives how many deadlines moved.

    After the calendar changed, and every night for the settings that come into force. Not only provisional ones: a
    notice of one year may move days at the end of the year before, and with the days between them the rungs of a
    deadline move even where the deadline itself stands.
    """
    numbers = TaskClock.objects.filter(RUNNING).order_by("task_id").values_list("task_id", flat=True).distinct()
    with batch():
        return sum(_recompute(task_id) for task_id in list(numbers))


@transaction.atomic
def _recompute(task_id: int) -> int:
    task = SupervisedTask.objects.select_for_update(of=("self",)).select_related("order").get(pk=task_id)
    table = task_timetable(task)
    moved = 0
    for running in TaskClock.objects.filter(RUNNING, task=task).select_related("task"):
        old_on = running.due_on
        before = (running.due_on, running.is_provisional, running.yellow_on, running.red_on)
        set_dates(table, running)
        if before == (running.due_on, running.is_provisional, running.yellow_on, running.red_on):
            continue
        save_dates(running)
        if running.due_on != old_on:
            moved += 1
            after = {"due_on": running.due_on, "what": running.kind}
            record_act(Clockwork(task.division_id), Verb.RECOMPUTE, task, before={"due_on": old_on}, after=after)
    carried = [getattr(task, name) for name in TASK_DATES]
    refresh_dates({task: table.limits.red_after_returns})
    if carried != [getattr(task, name) for name in TASK_DATES]:
        save_changes(task, *TASK_DATES)
    return moved
