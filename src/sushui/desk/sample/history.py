"""The months behind the sample: every order, act, alarm and notice on its day, in time order, by services."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from sushui.kernel import clock, outbox
from sushui.kernel.days import working_calendar
from sushui.organizations.enums import AgencyKind
from sushui.supervision import queries, services
from sushui.supervision.enums import NodeCycle
from sushui.supervision.services import TaskDraft

from .acts import ACTS, Sentences, Track
from .county import SampleCounty
from .courses import Step, courses_of
from .plan import OrderPlan, TaskPlan

if TYPE_CHECKING:
    from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart

MORNING, LATEST = time(8, 30), time(17, 30)
STEP = timedelta(minutes=1)
ANSWER_DAYS = (0, 0, 1, 0, 0, 2, 0, 1, 5, None)  # what supporting agencies need; the last never answers

Deed = Callable[[], object]
Progress = Callable[[int, int], None]


@dataclass
class History:
    """What is to happen on which day. Days count working days back from the last one: -3 is three before it."""

    county: SampleCounty
    sentences: Sentences
    now: datetime
    orders: dict[str, SupervisionOrder] = field(default_factory=dict)
    deeds: dict[int, list[Deed]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._calendar = working_calendar()
        self._last = self._calendar.previous_working_day(clock.local(self.now).date())

    def on(self, day: int) -> date:
        """The date of a day."""
        return self._calendar.add_working_days(self._last, day)

    def plan_order(self, plan: OrderPlan) -> None:
        """Put an order's issue, and with it all that follows, on its day."""
        self.deeds[-plan.ago].append(lambda: self._issue(plan))

    def play(self, progress: Progress) -> None:
        """Let everything happen, day by day."""
        first = min(self.deeds)
        for day in range(first, 1):
            with clock.frozen(self._moment(day, MORNING)):
                services.climb_ladder()
            for moment, deed in self._timed(day):
                with clock.frozen(moment):
                    deed()
            with clock.frozen(self._moment(day, LATEST)):
                outbox.deliver()
            progress(day - first + 1, 1 - first)

    def _timed(self, day: int) -> Iterator[tuple[datetime, Deed]]:
        """The day's deeds, one after another; a deed may add others to the same day."""
        for place, deed in enumerate(self.deeds[day], start=1):
            yield min(self._moment(day, MORNING) + STEP * place, self._moment(day, LATEST)), deed

    def _moment(self, day: int, hour: time) -> datetime:
        """That hour of the day, and never later than now."""
        return min(timezone.make_aware(datetime.combine(self.on(day), hour)), self.now)

    # --- orders ------------------------------------------------------------------------------------------------------
    def _issue(self, plan: OrderPlan) -> None:
        county = self.county
        issuer = county.viewer(plan.issuer)
        order = services.draft_order(
            issuer,
            title=plan.title,
            source=plan.source,
            kind=plan.kind,
            issued_on=clock.today(),
            leader_post_id=county.seats[f"government.{plan.leader}"].post.pk if plan.leader else None,
        )
        self.orders[plan.key] = order
        tasks = services.draft_tasks(issuer, order, [self._draft(task, plan) for task in plan.tasks])
        if plan.is_draft:
            return
        services.assign_tasks(issuer, tasks, note=plan.reason)
        parts = queries.parts_of_many(tasks)
        for wanted, task, course in zip(plan.tasks, tasks, courses_of(plan), strict=True):
            self._follow(plan, wanted, task, parts[task.pk], course)

    def _draft(self, task: TaskPlan, order: OrderPlan) -> TaskDraft:
        agencies = self.county.agencies
        due = self.on(task.due - order.ago) if isinstance(task.due, int) else None
        return TaskDraft(
            title=task.title,
            lead_agency_id=agencies[task.lead].pk if task.lead else None,
            supporting_agency_ids=tuple(agencies[key].pk for key in task.supporting),
            kind=task.kind,
            deadline_on=date(clock.today().year, 12, 31) if task.due == "year_end" else due,
            deadline_text=task.due_text,
            node_cycle=task.cycle,
            section=task.section,
        )

    # --- what follows an assignment ----------------------------------------------------------------------------------
    def _follow(
        self,
        order: OrderPlan,
        plan: TaskPlan,
        task: SupervisedTask,
        parts: Sequence[TaskPart],
        course: tuple[Step, ...],
    ) -> None:
        """Put the steps of a task's course, and the answers of those that support it, on their days."""
        track = Track(
            county=self.county,
            sentences=self.sentences,
            plan=plan,
            issuer=order.issuer,
            task=task,
            lead=plan.lead,
            parts={self.county.key_of(part.agency_id): part for part in parts},
            day=lambda number: self.on(number - order.ago),
        )
        for step in course:
            for day, act in self._days(step, plan, order.ago):
                self._put(track, day, act, step.detail)
        for place, key in enumerate(plan.supporting):
            days = self._answer_days(key, task.number + place)
            if days is not None and _lasts(course, days):
                self._put(track, days - order.ago, "answer", key)

    def _answer_days(self, agency: str, turn: int) -> int | None:
        """What an agency needs to answer the lead; those outside the government two days more."""
        days = ANSWER_DAYS[turn % len(ANSWER_DAYS)]
        is_outside = self.county.agencies[agency].kind in {AgencyKind.BANK, AgencyKind.ENTERPRISE}
        return days + 2 if days is not None and is_outside else days

    def _days(self, step: Step, plan: TaskPlan, ago: int) -> Iterator[tuple[int, str]]:
        if step.act.startswith("nodes"):
            days = self._node_days(plan.cycle or NodeCycle.QUARTERLY, ago)
            yield from ((day, "node") for day in (days[:-1] if step.act == "nodes_but_last" else days))
        else:
            yield (step.day if step.day < 0 else step.day - ago), step.act

    def _node_days(self, cycle: NodeCycle, ago: int) -> list[int]:
        """The day before the last of each period, from the assignment to today."""
        ends = {NodeCycle.MONTHLY: range(1, 13), NodeCycle.QUARTERLY: (3, 6, 9, 12), NodeCycle.YEARLY: (12,)}[cycle]
        days = range(1 - ago, 1)
        return [
            day - 1 for day in days if self.on(day).month != self.on(day - 1).month and self.on(day - 1).month in ends
        ]

    def _put(self, track: Track, day: int, act: str, detail: str) -> None:
        if day <= 0:
            self.deeds[day].append(lambda: ACTS[act](track, detail))


def _lasts(course: tuple[Step, ...], days: int) -> bool:
    """Whether a task is still at work so many days after its assignment, with its owner undisputed."""
    ends = [step.day for step in course if step.act in {"close", "withdraw"}]
    is_disputed = any(step.act == "dispute" for step in course)
    return not is_disputed and all(days < end for end in ends)
