"""Scenarios, what they say otherwise than the registers, and their runs. A run that has ended is never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.planner.enums import (
    ChangeKind,
    InquiryKind,
    InquiryState,
    PlanStatus,
    RunState,
    ScenarioState,
    ValuePart,
)
from sushui.planner.models.pools import MoneyPool, ResourcePool


class Scenario(Record):
    """What could be done in a year: the candidates of a base version, else of the ledger, weighed in a certain way.

    ``weights``: points for one unit of each part of the value (`rules.weights`). ``adopted_run``: the plan that became
    the portfolio's version ``adopted_version``.
    """

    name = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(default=3)
    base = models.ForeignKey("projects.PortfolioVersion", null=True, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    state = WordField(words=ScenarioState, default=ScenarioState.DRAFT)
    weights = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    adopted_run = models.OneToOneField("Run", null=True, on_delete=models.PROTECT, related_name="+")
    adopted_version = models.ForeignKey(
        "projects.PortfolioVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "year", "name"], name="scenario_name_once"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=5), name="scenario_one_to_five_years"),
            models.CheckConstraint(
                condition=~Q(state=ScenarioState.ADOPTED) | Q(adopted_run__isnull=False),
                name="scenario_adopted_by_a_run",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScenarioChange(models.Model):
    """One thing that a scenario says otherwise: ``by`` how much of a pool or of money, ``on`` which day a project.

    ``other``: the project that ``project`` is to be in the plan only with, or never with.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="changes")
    kind = WordField(words=ChangeKind)
    pool = models.ForeignKey(ResourcePool, null=True, on_delete=models.PROTECT, related_name="+")
    money = models.ForeignKey(MoneyPool, null=True, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", null=True, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("projects.Project", null=True, on_delete=models.PROTECT, related_name="+")
    by = models.DecimalField(max_digits=22, decimal_places=6, null=True)
    on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scenario", "kind", "pool", "money", "project", "other"],
                nulls_distinct=False,
                name="scenario_change_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.POOL, pool__isnull=False, by__isnull=False, money=None, project=None)
                | Q(kind=ChangeKind.MONEY, money__isnull=False, by__isnull=False, pool=None, project=None)
                | (~Q(kind__in=[ChangeKind.POOL, ChangeKind.MONEY]) & Q(project__isnull=False, pool=None, money=None)),
                name="scenario_change_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[ChangeKind.REQUIRE, ChangeKind.RIVAL], other__isnull=False)
                | (~Q(kind__in=[ChangeKind.REQUIRE, ChangeKind.RIVAL]) & Q(other=None)),
                name="scenario_change_ties_two",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=models.F("project")), name="scenario_change_ties_two_different"
            ),
        ]


class Run(Record):
    """One search for a scenario's plan, from the snapshot ``problem`` of the registers, known by its ``digest``.

    ``facts``: what the pages say of the snapshot's projects, factors and steps, and what could not be planned.
    ``plan``: the best verified plan so far, ``[[project, activity, start, end, mode], ...]`` in weeks of the scenario;
    ``worth`` its value by part; ``progress``: ``[[second, objective, bound], ...]`` as it went. ``heartbeat_at``: when
    a worker last said that it is on it; one that stays silent is relieved by another, which begins from ``plan``.
    ``replans``: the run whose plan this one keeps to where it can. Its problem then pays ``kept`` points for keeping
    every project, and takes off what each change costs; ``objective``, ``bound`` and ``progress`` hold those points.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="runs")
    replans = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = WordField(words=RunState, default=RunState.QUEUED)
    problem = models.JSONField()
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    seed = models.PositiveIntegerField(default=1)
    seconds = models.PositiveIntegerField()
    threads = models.PositiveSmallIntegerField(default=2)
    turns = models.PositiveSmallIntegerField(default=0)
    is_to_stop = models.BooleanField(default=False)
    heartbeat_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    progress = models.JSONField(default=list)
    status = WordField(words=PlanStatus, blank=True, default="")
    plan = models.JSONField(null=True)
    worth = models.JSONField(default=dict)
    kept = models.BigIntegerField(default=0)
    objective = models.BigIntegerField(null=True)
    bound = models.BigIntegerField(null=True)
    why = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scenario", "number"], name="run_number_once"),
            models.UniqueConstraint(
                fields=["scenario"], condition=Q(state__in=[RunState.QUEUED, RunState.RUNNING]), name="one_open_run"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RunState.QUEUED, RunState.RUNNING]) | Q(ended_at__isnull=False),
                name="run_ended_at",
            ),
        ]

    @property
    def is_final(self) -> bool:
        """Whether nobody changes it any more."""
        return self.state in {RunState.FINISHED, RunState.STOPPED, RunState.FAILED}

    @property
    def points(self) -> int | None:
        """What its plan is worth, without the price of what it changes of the plan before."""
        return None if self.objective is None else self.objective - int(self.worth.get(ValuePart.CHANGES.value, 0))

    @property
    def net(self) -> int | None:
        """What its plan is worth, less the price of what it changes."""
        return None if self.objective is None else self.objective - self.kept

    @property
    def most(self) -> int | None:
        """What no plan can be worth more than, less the price of changes."""
        return None if self.bound is None else self.bound - self.kept

    @property
    def gap(self) -> float | None:
        """How far its plan may be from the best, as a share of the bound."""
        if self.net is None or self.most is None:
            return None
        whole = max(abs(self.most), abs(self.net))
        return abs(self.most - self.net) / whole if whole else 0.0


class Inquiry(Record):
    """One thing asked of a run, worked out beside it: why ``about`` (a project's number; empty: every one) is left out,
    what cannot hold together, what more of a factor is worth.

    ``answers``: by project, factor, bottleneck or date what was found, as JSON; what is not there is not known.
    ``asked``: of how many things there should be an answer. Once it has ended PostgreSQL refuses to change it.
    """

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="inquiries")
    kind = WordField(words=InquiryKind)
    about = models.CharField(max_length=32, blank=True)
    state = WordField(words=InquiryState, default=InquiryState.QUEUED)
    seconds = models.PositiveIntegerField()
    turns = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "kind", "about"], name="inquiry_once"),
            models.CheckConstraint(
                condition=Q(state__in=[InquiryState.QUEUED, InquiryState.RUNNING]) | Q(ended_at__isnull=False),
                name="inquiry_ended_at",
            ),
        ]

    @property
    def is_final(self) -> bool:
        """Whether nobody changes it any more."""
        return self.state in {InquiryState.ANSWERED, InquiryState.FAILED}
