"""What the clock does by itself: climb the ladder, recompute provisional deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.viewer import Clockwork
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import head_posts, leaders_in_charge, posts_with_role
from sushui.supervision.adapter import Timetable, timetable
from sushui.supervision.enums import Rung, Verb
from sushui.supervision.models import Escalation, SupervisedTask, TaskClock
from sushui.supervision.services.clocks import RUNNING, TASK_DATES, refresh_dates, save_dates, set_dates
from sushui.supervision.services.notify import url_of

BATCH = 200
SAID = {
    Rung.DUE_SOON: (NoticeTone.PLAIN, msg("Due %(day)s, %(what)s: %(title)s")),
    Rung.OVERDUE: (NoticeTone.YELLOW, msg("%(agency)s is overdue since %(day)s, %(what)s: %(title)s")),
    Rung.RED: (NoticeTone.RED, msg("Red: %(agency)s, %(what)s, due %(day)s: %(title)s")),
    Rung.LISTED: (NoticeTone.RED, msg("To be listed: %(agency)s, %(what)s, due %(day)s: %(title)s")),
}


def climb_ladder() -> int:
    """Raise every alarm that is due and was not raised yet; gives how many rungs were climbed.

    Nothing is raised at night or on a rest day: the days on which a rung is reached are working days, and the hours
    are looked at here. Each rung of each deadline is raised exactly once, however often and by however many workers
    this runs.
    """
    climbed = 0
    last = 0
    while True:
        numbers = _due_numbers(last)
        if not numbers:
            return climbed
        climbed += sum(_climb(number) for number in numbers)
        last = numbers[-1]


def _due_numbers(after: int) -> list[int]:
    rows = TaskClock.objects.filter(RUNNING, next_rung_on__lte=clock.today(), pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _climb(number: int) -> int:
    """Climb with one clock, its task locked first as in every act; gives how many rungs."""
    running = TaskClock.objects.filter(pk=number).first()
    if running is None:
        return 0
    task = SupervisedTask.objects.select_for_update(of=("self",)).select_related("order").get(pk=running.task_id)
    running = TaskClock.objects.select_related("task", "part__agency").get(pk=number)
    table = timetable(running.division_id)
    today, moment = clock.today(), clock.now()
    due_now = running.next_rung_on is not None and running.next_rung_on <= today
    if not running.is_running or not due_now or table.open_moment(moment) > moment:
        return 0
    steps = table.steps(running.due_on, running.kind, task.kind)
    rungs = [rung for rung in steps.reached(today) if _is_new(running, rung)]
    for rung in rungs:
        _raise_alarm(running, rung, table)
    running.next_rung_on = steps.next_on(today)
    running.save(update_fields=["next_rung_on"])
    return len(rungs)


def _is_new(running: TaskClock, rung: Rung) -> bool:
    _, is_new = Escalation.objects.get_or_create(
        clock=running, rung=rung, due_on=running.due_on, defaults={"at": clock.now()}
    )
    return is_new


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
            "what": running.kind.msgid,
            "agency": agency,
        },
        url=url_of(running.task),
        tone=tone,
        due_at=table.open_moment(clock.now()),
    )


def _audience(running: TaskClock, rung: Rung) -> set[int]:
    """Who hears of a rung: the handler, the agency's head, the leader in charge, the supervision office."""
    office = set(posts_with_role(running.division_id, Role.SUPERVISION_OFFICE, clock.today()))
    if running.part is None:  # a clock of the office itself
        return office
    agency_id = running.part.agency_id
    head = {post.pk for post in head_posts([agency_id]).values()}
    if rung is Rung.DUE_SOON:
        return {running.part.handler_post_id} if running.part.handler_post_id else head
    if rung is Rung.OVERDUE:
        return head or office
    if rung is Rung.RED:
        named = running.task.leader_post_id
        charged = leaders_in_charge([agency_id], clock.today()).values()
        return ({named} if named else set(charged)) or office
    return office


def recompute_provisional(_event: object = None) -> int:
    """Compute running deadlines again after the calendar changed; gives how many moved.

    Not only provisional ones: a notice of one year may move days at the end of the year before.
    """
    rows = TaskClock.objects.filter(RUNNING, length__isnull=False)
    tasks = sorted(set(rows.values_list("task_id", flat=True)))
    return sum(_recompute(task_id) for task_id in tasks)


@transaction.atomic
def _recompute(task_id: int) -> int:
    task = SupervisedTask.objects.select_for_update(of=("self",)).get(pk=task_id)
    table = timetable(task.division_id)
    moved: list[tuple[date, date]] = []
    for running in TaskClock.objects.filter(RUNNING, task=task).select_related("task"):
        old_on, was_provisional, next_rung_on = running.due_on, running.is_provisional, running.next_rung_on
        set_dates(table, running)
        if running.due_on == old_on:
            running.next_rung_on = next_rung_on
        if running.due_on != old_on or running.is_provisional != was_provisional:
            save_dates(running)
        if running.due_on != old_on:
            moved.append((old_on, running.due_on))
    if moved:
        _carry_over(task, table, moved)
    return len(moved)


def _carry_over(task: SupervisedTask, table: Timetable, moved: Iterable[tuple[date, date]]) -> None:
    refresh_dates(task, table.limits.red_after_returns)
    task.save(update_fields=list(TASK_DATES))
    for old_on, new_on in moved:
        record_act(
            Clockwork(task.division_id), Verb.RECOMPUTE, task, before={"due_on": old_on}, after={"due_on": new_on}
        )
