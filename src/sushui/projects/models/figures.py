"""What was planned and done, year by year and month by month: raw versions, and what they sum up to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.projects.enums import FigureKind
from sushui.projects.models.ledger import Project, money


class YearPlan(models.Model):
    """Investment planned for a year in yuan, as its newest version says."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="year_plans")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "year"], name="year_plan_once")]


class YearPlanVersion(models.Model):
    """What was planned for a year, each time as it was given: append-only, the highest ``number`` counts."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="year_plan_versions")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year", "number"], name="year_plan_version_once")
        ]


class MonthlyFigure(models.Model):
    """One raw figure as it was given: written once, never changed (Statistics Law of 2024, article 24).

    A correction is the next ``number`` of the same month and kind, with its reason; the highest number counts.
    ``is_late``: what was done, given after the month was locked (`rules.reports.cut_off_on`).
    PostgreSQL itself refuses UPDATE and DELETE.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="figures")
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    kind = WordField(words=FigureKind)
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    origin = models.CharField(max_length=255, blank=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "month", "kind", "number"], name="figure_version_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figure_not_below_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "at"], name="figure_when")]


class ProjectMonth(models.Model):
    """A month of a project as its newest figures say: kept by the services, so that sums need no versions."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    planned = money()
    actual = money()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "month"], name="project_month_once")]
        indexes: ClassVar = [
            models.Index(fields=["division", "month"], include=["planned", "actual", "project"], name="month_sums")
        ]
