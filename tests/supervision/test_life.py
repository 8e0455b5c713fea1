"""Any acts in any order by anybody: what holds of tasks, parts, clocks and requests after every one of them.

Hypothesis plays the county: it drafts tasks, lets days pass, and lets people try acts, allowed or not. A refusal must
be a refusal (a `DomainError`) and change nothing; an act writes one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.models import AuditLine, OutboxMessage
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries, services
from sushui.supervision.adapter import compute_deadline, compute_steps, timetable
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    NodeCycle,
    PartRole,
    PartState,
    ReportKind,
    RequestKind,
    RequestState,
    TaskKind,
    TaskState,
)
from sushui.supervision.models import SupervisedTask, TaskClock, TaskPart, TaskRequest
from sushui.supervision.rules import ENDED_STATES, OPEN_PARTS, OPEN_STATES, light, stops_while_held
from sushui.supervision.services.clocks import RUNNING
from tests.supervision.play import SPEAKERS, Play, at

AGENCIES = ("works", "finance", "reform", "gujiang")
GONE = (PartState.MOVED, PartState.ENDED)
# Whoever may, mostly; now and then somebody who may not.
WHO = st.sampled_from(["right"] * 16 + ["office", "project_office", "leader", "finance_head", "neighbor_office"])
N = st.integers(0, 5)
DECIDE: list[Callable[[Viewer, TaskRequest, int], object]] = [
    lambda who, asked, n: services.close_task(who, asked, grade=list(Grade)[n % 4]),
    lambda who, asked, n: services.return_task(who, asked, note="还差"),
    lambda who, asked, n: services.extend_deadline(who, asked),
    lambda who, asked, n: services.refuse_extension(who, asked, note="不行"),
    lambda who, asked, n: services.grant_suspension(who, asked),
    lambda who, asked, n: services.refuse_suspension(who, asked, note="能办"),
]
RIGHT = {
    RequestKind.CLOSING: DECIDE[:2],
    RequestKind.EXTENSION: DECIDE[2:4],
    RequestKind.SUSPENSION: DECIDE[4:],
}


def late_results(task: SupervisedTask) -> list[TaskClock]:
    """Results applied for after their deadline, while the office decides."""
    if task.state is not TaskState.COMPLETION_APPLIED:
        return []
    results = task.clocks.filter(kind=ClockKind.RESULT, canceled_on=None).exclude(met_on=None)
    return [each for each in results if each.met_on and each.met_on > each.due_on]


# All that an office may set about how clocks count and when they stand still, set otherwise.
OTHERWISE = {
    "first_day_counts": False,
    "month_length": "thirty_days",
    "rest_day": "earlier",
    "stops_in_dispute": False,
    "stops_when_returned": True,
}


class Life(RuleBasedStateMachine):
    """One county, some tasks, and everybody at them."""

    def __init__(self, play: Play, given: Mapping[str, object]) -> None:
        super().__init__()
        self.play = play
        self.given = given
        self.now: datetime = at("2026-03-02")
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    # --- what may be tried
    @initialize()
    def begin(self) -> None:
        for key, value in self.given.items():
            self.play.set(key, value, since=self.now.date())
        for kind in (TaskKind.GENERAL, TaskKind.CONTINUING):
            self.draft("office", "works", ["finance"], kind, None)
            self.act_on_a_task(0, "right", "assign")
        for part in TaskPart.objects.filter(role=PartRole.LEAD).select_related("task__order"):
            self.attempt(lambda part=part: services.sign_for_task(self.play.speaker("works"), part))

    @precondition(lambda self: SupervisedTask.objects.filter(state__in=[*OPEN_STATES, TaskState.DRAFTED]).count() < 3)
    @rule(
        who=st.sampled_from(["office", "project_office"]),
        lead=st.sampled_from(AGENCIES),
        supporting=st.lists(st.sampled_from(AGENCIES), max_size=2),
        kind=st.sampled_from(TaskKind),
        days=st.none() | st.integers(0, 20),
    )
    def draft(self, who: str, lead: str, supporting: list[str], kind: TaskKind, days: int | None) -> None:
        with clock.frozen(self.now):
            deadline = clock.today() + timedelta(days) if days is not None else None
            self.play.draft(lead, tuple(supporting), who, kind=kind, deadline_on=deadline, node_cycle=NodeCycle.MONTHLY)

    @rule(days=st.sampled_from([0, 1, 1, 2, 3, 9]), hours=st.integers(0, 5))
    def time_passes(self, days: int, hours: int) -> None:
        self.now += timedelta(days=days, minutes=hours)
        with clock.frozen(self.now):
            services.climb_ladder()

    @rule(n=N, who=WHO, verb=st.sampled_from(["assign", "assign", "resume", "resume", "remind", "withdraw"]))
    def act_on_a_task(self, n: int, who: str, verb: str) -> None:
        task = self.task(n)
        viewer = self.play.office if who == "right" else self.play.viewer(who)
        self.attempt(
            {
                "assign": lambda: services.assign_task(viewer, task),
                "withdraw": lambda: services.withdraw_task(viewer, task, reason="重复"),
                "resume": lambda: services.resume_task(viewer, task, note="好了"),
                "remind": lambda: services.remind(viewer, task),
            }[verb]
        )

    @rule(n=N, who=WHO, arrangement=st.booleans())
    def sign(self, n: int, who: str, arrangement: bool) -> None:
        part, viewer = self.part(n, who)
        text = "安排了" if arrangement else ""
        self.attempt(lambda: services.sign_for_task(viewer, part, arrangement=text), lines=1 + arrangement)

    @rule(n=N, who=WHO, kind=st.sampled_from(ReportKind))
    def report(self, n: int, who: str, kind: ReportKind) -> None:
        part, viewer = self.part(n, who)
        self.attempt(lambda: services.report_progress(viewer, part, kind=kind, text="办了"))

    @rule(n=N, who=WHO)
    def apply(self, n: int, who: str) -> None:
        part, viewer = self.part(n, who)
        self.attempt(lambda: services.apply_for_closing(viewer, part, text="办完了"))

    @rule(n=N, who=WHO, which=st.integers(0, 2), days=st.integers(0, 20))
    def ask_extension(self, n: int, who: str, which: int, days: int) -> None:
        part, viewer = self.part(n, who)
        clocks = list(part.clocks.order_by("-due_on"))
        if clocks:
            running = clocks[which % len(clocks)]
            later = running.due_on + timedelta(days)
            asked = {"running": running, "new_due_on": later, "reason": "雨季"}
            self.attempt(lambda: services.ask_extension(viewer, part, **asked))

    @rule(n=N, who=WHO, days=st.lists(st.integers(0, 20), max_size=3, unique=True))
    def ask_suspension(self, n: int, who: str, days: list[int]) -> None:
        part, viewer = self.part(n, who)
        plan = [services.PlanStep(self.now.date() + timedelta(each), "一步") for each in days]
        self.attempt(lambda: services.ask_suspension(viewer, part, reason="等批复", plan=plan))

    @rule(n=N, who=WHO, named=st.sampled_from(AGENCIES))
    def dispute(self, n: int, who: str, named: str) -> None:
        part, viewer = self.part(n, who)
        named_id = self.play.agency_id(named)
        self.attempt(lambda: services.dispute_ownership(viewer, part, named_agency_id=named_id, reason="不归我们"))

    @rule(n=N, who=WHO, which=st.integers(0, 5), is_right=st.booleans(), owner=st.sampled_from(AGENCIES))
    def decide(self, n: int, who: str, which: int, is_right: bool, owner: str) -> None:
        asked_for = TaskRequest.objects.select_related("part__task__order").order_by("-pk")
        rows = sorted(asked_for, key=lambda each: each.state is not RequestState.OPEN)
        if not rows:
            return
        asked = rows[n % min(len(rows), 4)]
        viewer = self.play.office if who == "right" else self.play.viewer(who)
        owner_id = self.play.agency_id(owner)
        if asked.kind is RequestKind.OWNERSHIP and is_right:
            self.attempt(lambda: services.decide_ownership(viewer, asked, agency_id=owner_id))
            return
        acts = RIGHT.get(asked.kind, DECIDE) if is_right else DECIDE
        self.attempt(lambda: acts[which % len(acts)](viewer, asked, which))

    # --- trying
    def task(self, n: int) -> SupervisedTask:
        tasks = list(SupervisedTask.objects.select_related("order").order_by("-pk"))
        return tasks[n % len(tasks)]

    def part(self, n: int, who: str) -> tuple[TaskPart, Viewer]:
        parts = list(TaskPart.objects.select_related("task__order", "agency").order_by("-is_open", "-pk"))
        part = parts[n % len(parts)]
        keys = {self.play.agency_id(key): speaker for key, speaker in SPEAKERS.items()}
        return part, self.play.viewer(keys[part.agency_id] if who == "right" else who)

    def attempt(self, act: Callable[[], object], lines: int = 1) -> None:
        """Try; a refusal changes nothing, an act writes its line."""
        before, written = self.everything(), AuditLine.objects.count()
        try:
            with clock.frozen(self.now), transaction.atomic():
                act()
        except DomainError:
            assert self.everything() == before
            lines = 0
        assert AuditLine.objects.count() == written + lines

    def everything(self) -> list[object]:
        rows = [list(model.objects.order_by("pk").values()) for model in (SupervisedTask, TaskPart, TaskClock)]
        return [*rows, list(TaskRequest.objects.order_by("pk").values()), OutboxMessage.objects.count()]

    # --- what always holds
    @invariant()
    def an_open_task_never_rests_and_an_ended_one_does(self) -> None:
        for task in SupervisedTask.objects.all():
            clocks = [each for each in task.clocks.all() if each.met_on is None and each.canceled_on is None]
            asked = TaskRequest.objects.filter(part__task=task, state=RequestState.OPEN)
            if task.state in OPEN_STATES:
                assert clocks or asked.exists()
            if task.state in ENDED_STATES:
                assert (clocks, asked.count()) == ([], 0)

    @invariant()
    def an_open_task_has_the_one_lead_it_names(self) -> None:
        for task in SupervisedTask.objects.filter(is_open=True):
            leads = task.parts.filter(role=PartRole.LEAD).exclude(state__in=GONE)
            assert [part.agency_id for part in leads] == [task.lead_agency_id]

    @invariant()
    def tasks_and_parts_carry_the_dates_of_their_clocks(self) -> None:
        for task in SupervisedTask.objects.all():
            running = [each for each in task.clocks.all() if each.is_running]
            assert task.is_open is (task.state in OPEN_STATES)
            assert task.due_on == min((each.due_on for each in running), default=None)
            lit = running + late_results(task)
            assert task.yellow_on == min((each.yellow_on for each in lit), default=None)
            for part in task.parts.all():
                own = [each for each in running if each.part_id == part.pk]
                assert part.is_open is (part.state in OPEN_PARTS)
                assert part.due_on == min((each.due_on for each in own), default=None)
                assert part.is_open or own == []

    @invariant()
    def a_task_is_red_by_its_clocks_or_since_its_second_return(self) -> None:
        for task in SupervisedTask.objects.all():
            refused = TaskRequest.objects.filter(
                part__task=task, kind=RequestKind.CLOSING, state=RequestState.REFUSED
            ).order_by("decided_at")
            days = [clock.local(each.decided_at).date() for each in refused if each.decided_at]
            days = [each.red_on for each in task.clocks.all() if each.is_running] + days[1:2]
            days += [each.red_on for each in late_results(task) if each.red_on <= each.met_on]
            assert task.red_on == min(days, default=None)
            assert task.returned_count == len(refused)

    @invariant()
    def clocks_stand_where_their_rule_puts_them(self) -> None:
        table = timetable(self.play.county.county.pk, self.now.date())
        for running in TaskClock.objects.select_related("task"):
            steps = compute_steps(table, running, running.task.kind)
            assert running.due_on == compute_deadline(table, running).on
            assert (running.yellow_on, running.red_on) == (steps.due_soon_on, steps.red_on)
            assert running.is_running or running.next_rung_on is None

    @invariant()
    def a_suspended_task_follows_its_plan_alone(self) -> None:
        for task in SupervisedTask.objects.filter(state=TaskState.SUSPENDED):
            running = [each.kind for each in task.clocks.all() if each.is_running]
            assert ClockKind.PLAN_STEP in running
            assert [kind for kind in running if stops_while_held(kind)] == []

    @invariant()
    def what_stands_still_is_suspended_or_disputed_or_returned(self) -> None:
        held = TaskClock.objects.filter(met_on=None, canceled_on=None).exclude(stopped_on=None)
        for each in held.select_related("task", "part"):
            is_disputed = each.stops_in_dispute and each.part.state is PartState.DISPUTED
            is_returned = each.stops_when_returned and each.part.role is PartRole.LEAD
            assert (
                each.task.state is TaskState.SUSPENDED
                or is_disputed
                or (is_returned and each.task.state is TaskState.RETURNED)
            )

    @invariant()
    def what_a_setting_stops_does_not_run(self) -> None:
        running = TaskClock.objects.filter(RUNNING).exclude(part=None).select_related("task", "part")
        for each in running:
            is_lead = each.part.role is PartRole.LEAD
            assert not (each.stops_in_dispute and each.part.state is PartState.DISPUTED)
            assert not (each.stops_when_returned and is_lead and each.task.state is TaskState.RETURNED)

    @invariant()
    def what_is_asked_fits_how_things_stand(self) -> None:
        asked = TaskRequest.objects.filter(state=RequestState.OPEN).select_related("part__task")
        closing = {each.part.task_id for each in asked if each.kind is RequestKind.CLOSING}
        disputed = {each.part_id for each in asked if each.kind is RequestKind.OWNERSHIP}
        applied = SupervisedTask.objects.filter(state=TaskState.COMPLETION_APPLIED)
        assert closing == set(applied.values_list("pk", flat=True))
        assert disputed == set(TaskPart.objects.filter(state=PartState.DISPUTED).values_list("pk", flat=True))
        assert all(each.part.is_open for each in asked)

    @invariant()
    def the_light_in_sql_is_the_light_of_the_rule(self) -> None:
        on = self.now.date()
        for row in queries.with_light(SupervisedTask.objects.all(), on):
            dates = {"yellow_on": row.yellow_on, "red_on": row.red_on}
            assert row.light_today == light(is_open=row.is_open, on=on, **dates)  # type: ignore[attr-defined]


@pytest.mark.parametrize(("given", "examples"), [({}, 8), (OTHERWISE, 6)], ids=["by default", "set otherwise"])
def test_whatever_is_done_in_whatever_order_the_house_stays_true(
    play: Play, given: Mapping[str, object], examples: int
) -> None:
    run_state_machine_as_test(
        lambda: Life(play, given),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
