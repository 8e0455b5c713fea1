"""Permits of projects: the path that was chosen, the facts of each step, and who holds which permits."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums.permits import PermitPath, PermitState, PermitStopKind, PermitVariant
from sushui.projects.models.ledger import Project


class PermitTemplateVersion(models.Model):
    """A permit path as a division has written it: append-only, numbered from 1; version 0 comes with the package."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    path = WordField(words=PermitPath)
    variant = WordField(words=PermitVariant)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    note = models.TextField()
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "path", "variant", "number"], name="permit_version_once")
        ]


class PermitHolder(models.Model):
    """Which agency of the division a kind of agency in the paths is: who holds the permits of housing, of water."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "kind"], name="permit_holder_once")]


class PermitPlan(Record):
    """The path of a project with its circumstances; ``template`` is empty for the package's version.

    ``start_on`` is the forecast as it was last read, on ``read_on``: the day on which construction began
    (``is_reached``) or can begin, at the earliest if ``is_not_before``.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="permit_plan")
    path = WordField(words=PermitPath)
    variant = WordField(words=PermitVariant)
    template = models.ForeignKey(PermitTemplateVersion, null=True, on_delete=models.PROTECT, related_name="+")
    flags = ArrayField(models.CharField(max_length=64), default=list)
    start_on = models.DateField(null=True)
    is_not_before = models.BooleanField(default=False)
    is_reached = models.BooleanField(default=False)
    read_on = models.DateField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["read_on"], name="permit_plan_to_read")]


class PermitStep(Record):
    """One step of a project's path: what is known of it, and how it stood when it was last read.

    ``place`` is its place in the order of the path. ``applies``: the circumstances still ask for it; the facts of one
    that does not are kept. ``name`` and ``english`` are what its path calls it. ``extended`` is by how much its agency
    prolonged the limit; ``expires_on`` is the last good day where the paper says one. Read from these, and kept for
    lists: ``state``, ``due_on``, ``is_over``, ``good_until``, ``forecast_on``, ``slack_days``, ``is_critical``.
    """

    plan = models.ForeignKey(PermitPlan, on_delete=models.PROTECT, related_name="steps")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="permit_steps")
    key = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()
    applies = models.BooleanField(default=True)
    name = models.CharField(max_length=128)
    english = models.CharField(max_length=200)
    agency_kind = models.CharField(max_length=64)
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    granted_on = models.DateField(null=True)
    extended = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=128, blank=True)
    expires_on = models.DateField(null=True)
    planned_days = models.PositiveSmallIntegerField(null=True)
    state = WordField(words=PermitState, default=PermitState.WAITING)
    due_on = models.DateField(null=True)
    is_over = models.BooleanField(default=False)
    good_until = models.DateField(null=True)
    forecast_on = models.DateField(null=True)
    slack_days = models.IntegerField(null=True)
    is_critical = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["plan", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "key"], name="permit_step_once"),
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(accepted_on=None) | Q(accepted_on__gte=F("filed_on")),
                name="permit_accepted_after_filed",
            ),
            models.CheckConstraint(
                condition=Q(filed_on=None) | Q(granted_on=None) | Q(granted_on__gte=F("filed_on")),
                name="permit_granted_after_filed",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on=None) | Q(granted_on=None) | Q(granted_on__gte=F("accepted_on")),
                name="permit_granted_after_accepted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "state", "due_on"], name="permit_step_by_state"),
            models.Index(fields=["agency", "state"], name="permit_step_by_agency"),
            models.Index(fields=["project"], name="permit_step_by_project"),
            models.Index(fields=["division", "number"], condition=~Q(number=""), name="permit_step_by_number"),
            models.Index(fields=["division", "due_on", "id"], condition=Q(is_over=True), name="permit_step_over"),
        ]

    def __str__(self) -> str:
        return self.name


class PermitStop(models.Model):
    """A time for which an application waited: from a day up to, not including, that on which it went on.

    ``is_ended_by_grant``: nobody said that it went on; it opens again where the grant is taken back.
    """

    step = models.ForeignKey(PermitStep, on_delete=models.PROTECT, related_name="stops")
    kind = WordField(words=PermitStopKind)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    ended_reason = models.TextField(blank=True)
    is_ended_by_grant = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["from_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step"], condition=Q(until_on=None), name="one_open_permit_stop"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="permit_stop_runs_forward"
            ),
        ]


class PermitOverrun(models.Model):
    """That a step passed a limit, once for each day it was due, and the supervised task that this became."""

    step = models.ForeignKey(PermitStep, on_delete=models.PROTECT, related_name="overruns")
    due_on = models.DateField()
    task = models.ForeignKey("supervision.SupervisedTask", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["step", "due_on"], name="permit_overrun_once")]
