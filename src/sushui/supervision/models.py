"""Orders, tasks, parts, clocks and what happened to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.kernel.search import words_index
from sushui.kernel.sheets.records import ColumnsRemembered, SheetUnderWay
from sushui.supervision.enums import (
    ClockKind,
    DayBasis,
    Grade,
    MonthLength,
    NodeCycle,
    OrderKind,
    OrderSource,
    PartRole,
    PartState,
    ReportKind,
    RequestKind,
    RequestState,
    RestDayRule,
    Rung,
    TaskKind,
    TaskState,
    Unit,
)
from sushui.supervision.rules import COUNTING, Counting


class SupervisionOrder(Record):
    """Where tasks come from: a meeting, an instruction, a document, a list. ``number`` runs by division and year."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = WordField(words=OrderKind, default=OrderKind.ASSIGNMENT)
    source = WordField(words=OrderSource)
    title = models.CharField(max_length=255)
    issued_on = models.DateField()
    issuer_post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    issuer_agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    leader_post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("kernel.Subject", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year", "number"], name="order_number_once")
        ]

    def __str__(self) -> str:
        return self.title


class SupervisedTask(Record):
    """One item with an owner, a clock and an end.

    ``due_on`` is the earliest deadline still running, ``yellow_on`` and ``red_on`` the days on which the task turns;
    they are kept with the clocks so that a light is a comparison with today, in SQL, on any number of rows.
    ``awaited_agency`` is the one whose move it is: the owner of the clock that runs out first.
    """

    order = models.ForeignKey(SupervisionOrder, on_delete=models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    title = models.TextField()
    section = models.CharField(max_length=255, blank=True)
    kind = WordField(words=TaskKind, default=TaskKind.GENERAL)
    state = WordField(words=TaskState, default=TaskState.DRAFTED)
    subject = models.ForeignKey("kernel.Subject", null=True, on_delete=models.PROTECT, related_name="+")
    leader_post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    leader_text = models.CharField(max_length=128, blank=True)
    lead_agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    awaited_agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    deadline_text = models.CharField(max_length=128, blank=True)
    deadline_on = models.DateField(null=True)
    node_cycle = WordField(words=NodeCycle, blank=True, default="")
    note = models.TextField(blank=True)
    assigned_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    grade = WordField(words=Grade, blank=True, default="")
    is_open = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    returned_count = models.PositiveSmallIntegerField(default=0)
    returned_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    is_provisional = models.BooleanField(default=False)
    yellow_on = models.DateField(null=True)
    red_on = models.DateField(null=True)
    search = SearchVectorField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "number"], name="task_number_once"),
            models.CheckConstraint(condition=Q(is_open=False) | ~Q(lead_agency=None), name="an_open_task_has_a_lead"),
        ]
        indexes: ClassVar = [
            # With what counts and sums look at, so that they read the index alone.
            models.Index(
                fields=["division", "due_on", "id"],
                include=["assigned_on", "yellow_on", "red_on"],
                condition=Q(is_open=True),
                name="task_open_by_due",
            ),
            models.Index(
                fields=["division", "red_on", "id"],
                include=["assigned_on", "awaited_agency"],
                condition=Q(is_open=True),
                name="task_open_by_red",
            ),
            models.Index(fields=["division", "state", "id"], name="task_by_state"),
            models.Index(fields=["division", "-id"], name="task_newest"),
            models.Index(fields=["lead_agency", "is_open", "due_on", "id"], name="task_by_lead"),
            models.Index(fields=["awaited_agency", "red_on"], condition=Q(is_open=True), name="task_awaited"),
            models.Index(fields=["order", "number"], name="task_by_order"),
            models.Index(
                fields=["division", "closed_on"],
                include=["lead_agency", "is_late"],
                condition=Q(state="closed"),
                name="task_closed_when",
            ),
            models.Index(fields=["division", "assigned_on"], name="task_assigned_when"),
            models.Index(fields=["subject"], name="task_by_subject"),
            words_index("task_search"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskPart(Record):
    """One agency's part in a task, with its own handler, state and clocks."""

    task = models.ForeignKey(SupervisedTask, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    role = WordField(words=PartRole)
    state = WordField(words=PartState, default=PartState.DRAFTED)
    handler_post = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    request = models.TextField(blank=True)
    is_owner_decided = models.BooleanField(default=False)
    is_open = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    yellow_on = models.DateField(null=True)
    red_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "agency"], condition=~Q(state__in=["moved", "ended"]), name="one_part_an_agency"
            ),
            models.UniqueConstraint(
                fields=["task"], condition=Q(role="lead") & ~Q(state__in=["moved", "ended"]), name="one_lead"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["agency", "due_on", "id"], condition=Q(is_open=True), name="part_open_by_agency"),
            models.Index(fields=["handler_post", "due_on"], condition=Q(is_open=True), name="part_open_by_handler"),
            models.Index(fields=["agency", "task"], name="part_by_agency"),
        ]


class TaskClock(models.Model):
    """A limit that runs: for a part, or (without one) for the supervision office itself.

    It runs while ``met_on``, ``stopped_on`` and ``canceled_on`` are empty. ``fixed_on`` is a deadline given as a date.
    ``next_rung_on`` is the next day on which the ladder has something to do: what the clockwork looks for.
    How it is counted (`rules.Counting`) is what was in force on the day it started.
    """

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(SupervisedTask, on_delete=models.PROTECT, related_name="clocks")
    part = models.ForeignKey(TaskPart, null=True, on_delete=models.PROTECT, related_name="clocks")
    kind = WordField(words=ClockKind)
    label = models.CharField(max_length=255, blank=True)
    started_on = models.DateField()
    fixed_on = models.DateField(null=True)
    length = models.PositiveSmallIntegerField(null=True)
    unit = WordField(words=Unit, blank=True, default="")
    basis = WordField(words=DayBasis, blank=True, default="")
    first_day_counts = models.BooleanField(default=True)
    month_length = WordField(words=MonthLength, default=MonthLength.SAME_DATE)
    rest_day = WordField(words=RestDayRule, default=RestDayRule.LATER)
    stops_in_dispute = models.BooleanField(default=True)
    stops_when_returned = models.BooleanField(default=False)
    pauses = models.JSONField(default=list)
    original_due_on = models.DateField()
    due_on = models.DateField()
    is_provisional = models.BooleanField(default=False)
    yellow_on = models.DateField()
    red_on = models.DateField()
    next_rung_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    stopped_on = models.DateField(null=True)
    canceled_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(fixed_on=None) | ~Q(length=None), name="clock_has_an_end"),
            models.CheckConstraint(
                condition=Q(next_rung_on=None) | Q(met_on=None, stopped_on=None, canceled_on=None),
                name="only_running_clocks_climb",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_rung_on", "id"], condition=~Q(next_rung_on=None), name="clock_to_climb"),
            models.Index(fields=["task"], name="clock_by_task"),
            models.Index(
                fields=["id"], condition=Q(is_provisional=True, met_on=None, canceled_on=None), name="clock_provisional"
            ),
        ]

    @property
    def counting(self) -> Counting:
        return Counting(**{name: getattr(self, name) for name in COUNTING})

    @property
    def reported_until_on(self) -> date:
        """The day up to which a report answers; a node that is due earlier than on its date still answers up to it."""
        return self.due_on if self.fixed_on is None else max(self.due_on, self.fixed_on)

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.stopped_on is None and self.canceled_on is None


class Escalation(models.Model):
    """A rung that a clock climbed for one deadline: written once, whatever happens to the message."""

    clock = models.ForeignKey(TaskClock, on_delete=models.PROTECT, related_name="escalations")
    rung = WordField(words=Rung)
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clock", "due_on", "rung"], name="each_rung_once")]


class ProgressReport(models.Model):
    """What an agency reported on its part; never changed afterwards."""

    part = models.ForeignKey(TaskPart, on_delete=models.PROTECT, related_name="reports")
    kind = WordField(words=ReportKind)
    text = models.TextField()
    at = models.DateTimeField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(TaskClock, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["part", "-at"], name="report_by_part")]


class TaskRequest(Record):
    """Something the office must decide: closing, extension, suspension, whose it is. One open of a kind for a part.

    ``new_due_on`` is the date asked for (extension), ``plan`` the dated steps ``[{"on", "text"}]`` (suspension),
    ``named_agency`` whose it is said to be (ownership).
    """

    part = models.ForeignKey(TaskPart, on_delete=models.PROTECT, related_name="requests")
    kind = WordField(words=RequestKind)
    state = WordField(words=RequestState, default=RequestState.OPEN)
    text = models.TextField()
    at = models.DateTimeField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(TaskClock, null=True, on_delete=models.PROTECT, related_name="+")
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    plan = models.JSONField(default=list)
    named_agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "kind"], condition=Q(state="open"), name="one_open_request")
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "at"], condition=Q(state="open"), name="request_to_decide")
        ]


class Conclusion(Record):
    """What an inspection found about an agency (Regulations on Government Inspection, article 16).

    It is set aside when an objection to it is right; another one may then be delivered.
    """

    order = models.ForeignKey(SupervisionOrder, on_delete=models.PROTECT, related_name="conclusions")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    drafted_by = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    delivered_on = models.DateField()
    objection_until_on = models.DateField()
    set_aside_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "agency"], condition=Q(set_aside_on=None), name="one_conclusion_an_agency"
            )
        ]


class Objection(Record):
    """An agency's objection to a conclusion, reviewed by somebody else (the same Regulations, article 17)."""

    conclusion = models.OneToOneField(Conclusion, on_delete=models.PROTECT, related_name="objection")
    reason = models.TextField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    review_due_on = models.DateField()
    state = WordField(words=RequestState, default=RequestState.OPEN)
    reviewed_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.TextField(blank=True)


class ImportDraft(SheetUnderWay):
    """One sheet of a work list that is being read in. ``order`` is what became of it.

    ``answers`` is ``{"all": {question: answer}, "rows": {row number: {question: answer}}}``.
    """

    source = WordField(words=OrderSource, default=OrderSource.WORK_LIST)
    issued_on = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    kind = WordField(words=TaskKind, default=TaskKind.GENERAL)
    order = models.ForeignKey(SupervisionOrder, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "digest"], name="import_by_digest")]


class ColumnMemory(ColumnsRemembered):
    """What the columns of a shape of sheet meant the last time, by division."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "shape"], name="one_memory_a_shape")]
