"""What the clock does by itself: climb the ladder, recompute provisional deadlines."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from django.db import transaction
from django.db.models import QuerySet

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.batches import batch
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Clockwork
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import post_notice
from sushui.organizations.queries import head_posts
from sushui.supervision.adapter import Timetable, compute_steps, timetable
from sushui.supervision.enums import Rung, Verb
from sushui.supervision.models import Escalation, SupervisedTask, TaskClock
from sushui.supervision.services.clocks import RUNNING, TASK_DATES, refresh_dates, save_dates, set_dates
from sushui.supervision.services.notify import leader_posts, office_posts, url_of
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
        climbed += sum(_climb_or_log(number, task_id, table) for number, task_id in due)
        last, _task_id = due[-1]
    return climbed


def _climb_or_log(number: int, task_id: int, table: Timetable) -> int:
    """A clock that cannot climb holds up no other; it is tried again at the next turn."""
    try:
        return _climb(number, task_id, table)
    except Exception:
        log.exception("supervision.clock_failed", clock=number, task=task_id)
        return 0


@transaction.atomic
def _climb(number: int, task_id: int, table: Timetable) -> int:
    """Climb with one clock, its task locked first as in every act; gives how many rungs."""
    task = SupervisedTask.objects.select_for_update(of=("self",)).select_related("order").get(pk=task_id)
    running = TaskClock.objects.select_related("task", "part__agency").get(pk=number)
    today = clock.today()
    if not running.is_running or running.next_rung_on is None or running.next_rung_on > today:
        return 0
    steps = compute_steps(table, running, task.kind)
    rungs = _new_rungs(running, steps.reached(today))
    for rung in rungs:
        _raise_alarm(running, rung, table)
    running.next_rung_on = steps.next_on(today)
    running.save(update_fields=["next_rung_on"])
    return len(rungs)


def _new_rungs(running: TaskClock, reached: Sequence[Rung]) -> list[Rung]:
    """Those of the rungs that this deadline had not climbed; the task is locked meanwhile."""
    climbed = set(running.escalations.filter(due_on=running.due_on).values_list("rung", flat=True))
    rungs = [rung for rung in reached if rung not in climbed]
    Escalation.objects.bulk_create(
        [Escalation(clock=running, rung=rung, due_on=running.due_on, at=clock.now()) for rung in rungs]
    )
    return rungs


def _raise_alarm(running: TaskClock, rung: Rung, table: Timetable) -> None:
    tone, msgid = SAID[rung]
    agency = str(running.part.agency) if running.part else str(running.task.order.issuer_agency)
    said = {"day": running.due_on, "what": running.kind, "agency": agency, "rung": rung}
    record_act(Clockwork(running.division_id), Verb.CLIMB, running.task, after=said)
    post_notice(
        key=f"supervision.clock:{running.pk}:{running.due_on}:{rung}",
        division_id=running.division_id,
        post_ids=sorted(_audience(running, rung)),
        msgid=msgid,
        params={
            "title": running.task.title[:80],
            "day": running.due_on.isoformat(),
            "what": running.kind,
            "agency": agency,
        },
        url=url_of(running.task),
        tone=tone,
        due_at=table.open_moment(clock.now()),
    )


def _audience(running: TaskClock, rung: Rung) -> set[int]:
    """Who hears of a rung: the handler, the agency's head, the leader in charge, the supervision office.

    A clock without a part is the office's own: the office is reminded, and its leader hears when it is red.
    """
    task, part = running.task, running.part
    if rung is Rung.RED:
        return leader_posts(task, part.agency_id if part else task.order.issuer_agency_id)
    if rung is Rung.LISTED or part is None:
        return office_posts(task)
    if rung is Rung.DUE_SOON and part.handler_post_id:
        return {part.handler_post_id}
    return {post.pk for post in head_posts([part.agency_id]).values()} or office_posts(task)


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
    table = timetable(task.division_id)
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
    refresh_dates(task, table.limits.red_after_returns)
    if carried != [getattr(task, name) for name in TASK_DATES]:
        save_changes(task, *TASK_DATES)
    return moved
