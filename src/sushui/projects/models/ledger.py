"""What a project is: its cluster, its official fields, and its planned money by source."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import CodeFlaw, FundingSource, ProjectLevel, ProjectSector, ProjectStage
from sushui.supervision.enums import StatusLight


def money(**more: object) -> models.DecimalField:
    """A column of yuan and fen; empty is unknown."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True, **more)  # type: ignore[arg-type]


class ProjectCluster(models.Model):
    """An industrial cluster by which a division parts its projects."""

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=64)
    rank = models.PositiveSmallIntegerField(default=50)

    class Meta:
        # Checked at the end of the transaction, so that two clusters can change names with each other.
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division", "name"], name="cluster_name_once", deferrable=models.Deferrable.DEFERRED
            )
        ]
        ordering: ClassVar = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


class Project(Record):
    """A project that the division answers for. Every fact that nobody has said is empty, never 0.

    ``code_flaw`` and ``owner_code_flaw`` are what is odd about a code that a person confirmed nevertheless. Months are
    the first of their days. ``planned_start_month`` is the one that counts; ``first_start_month`` the one before any
    postponement. ``longitude`` and ``latitude`` are degrees of WGS-84. ``light`` is the worst of `ProjectLight`, read
    on ``lit_on`` and good until ``turns_on``.
    """

    subject = models.OneToOneField("kernel.Subject", null=True, on_delete=models.PROTECT, related_name="project")
    code = models.CharField(max_length=32, blank=True)
    code_flaw = WordField(words=CodeFlaw, blank=True, default="")
    name = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    owner_name = models.CharField(max_length=128, blank=True)
    owner_code = models.CharField(max_length=18, blank=True)
    owner_code_flaw = WordField(words=CodeFlaw, blank=True, default="")
    industry_code = models.CharField(max_length=4, blank=True)
    cluster = models.ForeignKey(ProjectCluster, null=True, on_delete=models.PROTECT, related_name="+")
    level = WordField(words=ProjectLevel, default=ProjectLevel.OTHER)
    sector = WordField(words=ProjectSector, blank=True, default="")
    stage = WordField(words=ProjectStage, default=ProjectStage.PLANNED)
    stage_on = models.DateField()
    stage_note = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    place_text = models.CharField(max_length=200, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    total_investment = money()
    expected_output = money()
    expected_tax = money()
    area_mu = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    energy_tce = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    jobs = models.PositiveIntegerField(null=True)
    first_start_month = models.DateField(null=True)
    planned_start_month = models.DateField(null=True)
    planned_completion_month = models.DateField(null=True)
    started_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    enrolled_on = models.DateField(null=True)
    enrollment_note = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    light = WordField(words=StatusLight, default=StatusLight.NONE)
    light_since_on = models.DateField(null=True)
    lit_on = models.DateField(null=True)
    turns_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "code"], condition=~Q(code=""), name="project_code_once"),
            models.CheckConstraint(
                condition=Q(total_investment=None) | Q(total_investment__gte=0), name="investment_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__gte=73, longitude__lte=136, latitude__gte=3, latitude__lte=54),
                name="project_stands_in_china",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "light", "light_since_on"], name="project_by_light"),
            models.Index(fields=["division", "stage"], name="project_by_stage"),
            models.Index(fields=["division", "-total_investment", "id"], name="project_by_size"),
            models.Index(fields=["division", "-id"], name="project_newest"),
            models.Index(fields=["agency"], name="project_by_agency"),
            models.Index(fields=["turns_on"], condition=~Q(turns_on=None), name="project_to_light"),
        ]

    def __str__(self) -> str:
        return self.name


class ProjectFunding(models.Model):
    """Planned money of one source for one year; year 0 is the whole project."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="funding")
    year = models.PositiveSmallIntegerField(default=0)
    source = WordField(words=FundingSource)
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year", "source"], name="funding_source_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="funding_not_below_zero"),
        ]
