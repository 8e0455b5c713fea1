"""The dated facts of a project's life: milestones, steps, money received and paid, bottlenecks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectStage
from sushui.projects.models.ledger import Project


class Milestone(Record):
    """A dated step of a project: planned for a day, reached on a day; it may come ``after`` one planned before it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=128)
    planned_on = models.DateField()
    reached_on = models.DateField(null=True)
    evidence = models.CharField(max_length=255, blank=True)
    dropped_on = models.DateField(null=True)
    after = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")

    class Meta:
        ordering: ClassVar = ["planned_on", "id"]

    def __str__(self) -> str:
        return self.name


class StageChange(models.Model):
    """A step in a project's life: when it happened, and who noted it when is in the audit chain."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stage_changes")
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    before = WordField(words=ProjectStage, blank=True)
    after = WordField(words=ProjectStage)
    on = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "at"], name="stage_change_when")]


class FundsReceived(models.Model):
    """Money received from above for a project, and how much of it must be paid out by when.

    ``required`` is ``[{"by": "2026-06-30", "percent": 60}]``, as the document says.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="received")
    source = WordField(words=FundingSource)
    document = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    required = models.JSONField(default=list)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="received_above_zero")]


class FundsPaid(models.Model):
    """A payment out of received money: written once; a correction is a row that replaces another.

    A correction says the whole amount anew (0: it was never paid) and why; what it ``corrects`` stays in sight and does
    not count any more.
    """

    received = models.ForeignKey(FundsReceived, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0) | Q(corrects__isnull=False), name="paid_above_zero"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="paid_not_below_zero"),
        ]


class Bottleneck(Record):
    """Something that holds a project up, and since when; ``task`` is what supervision made of it.

    What it stops: a ``stage``, a ``milestone``, or a ``step``, which is a permit's key or plain words. ``due_on``: by
    when the ``agency`` is to clear it. ``report``: the monthly report in which it was found.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="bottlenecks")
    kind = WordField(words=BottleneckKind)
    text = models.TextField()
    found_on = models.DateField()
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    stage = WordField(words=ProjectStage, blank=True, default="")
    milestone = models.ForeignKey(Milestone, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=128, blank=True)
    due_on = models.DateField(null=True)
    report = models.ForeignKey("MonthlyReport", null=True, on_delete=models.PROTECT, related_name="bottlenecks")
    task = models.ForeignKey("supervision.SupervisedTask", null=True, on_delete=models.PROTECT, related_name="+")
    resolved_on = models.DateField(null=True)
    resolution = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["division", "found_on"],
                include=["project"],
                condition=Q(resolved_on=None),
                name="bottleneck_open",
            )
        ]
