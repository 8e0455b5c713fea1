"""Projects, their raw figures, the dated facts behind their lights, and the lights as they were last read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import (
    BottleneckKind,
    CodeFlaw,
    FigureKind,
    FundingSource,
    LightRule,
    ListKind,
    ProjectLevel,
    ProjectSector,
    ProjectStage,
)
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
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "name"], name="cluster_name_once")]
        ordering: ClassVar = ["rank", "id"]

    def __str__(self) -> str:
        return self.name


class Project(Record):
    """A project that the division answers for. Every fact that nobody has said is empty, never 0.

    ``code_flaw`` and ``owner_code_flaw`` are what is odd about a code that a person confirmed nevertheless. Months are
    the first of their days. ``planned_start_month`` is the one that counts; ``first_start_month`` the one before any
    postponement. ``light`` is the worst of `ProjectLight`, read on ``lit_on`` and good until ``turns_on``.
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


class Milestone(Record):
    """A dated step of a project: planned for a day, reached on a day."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=128)
    planned_on = models.DateField()
    reached_on = models.DateField(null=True)
    evidence = models.CharField(max_length=255, blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["planned_on", "id"]


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
    """A payment out of received money."""

    received = models.ForeignKey(FundsReceived, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="paid_above_zero")]


class Bottleneck(Record):
    """Something that holds a project up, and since when; ``task`` is what supervision made of it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="bottlenecks")
    kind = WordField(words=BottleneckKind)
    text = models.TextField()
    found_on = models.DateField()
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
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


class ProjectLight(models.Model):
    """What one rule said when the project was last lit: the light, the sentence's key and its numbers."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="lights")
    rule = WordField(words=LightRule)
    light = WordField(words=StatusLight)
    why = models.CharField(max_length=32)
    numbers = models.JSONField(default=dict)
    since_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "rule"], name="light_of_rule_once")]


class LightTurn(models.Model):
    """A light that turned: of the project as a whole; ``rules`` are those that say the new one."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="turns")
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    before = WordField(words=StatusLight)
    after = WordField(words=StatusLight)
    rules = ArrayField(models.CharField(max_length=32), default=list)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "at"], name="light_turn_when")]


class SheetDraft(Record):
    """One sheet of a workbook that is being read in: its cells as they were, and what was said about them so far.

    ``digest`` is the file's SHA-256. ``columns`` is empty while the sheet is read by itself; ``answers`` are texts by
    the key of the question, those for one row alone under ``row:12:key``. It is kept after its import.
    """

    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    kind = WordField(words=ListKind)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    sheet_index = models.PositiveSmallIntegerField()
    sheet_name = models.CharField(max_length=64)
    sheet = models.JSONField()
    title = models.CharField(max_length=255, blank=True)
    columns = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "digest"], name="sheet_by_digest")]

    def __str__(self) -> str:
        return f"{self.file_name} / {self.sheet_name}"


class SheetMemory(models.Model):
    """What the columns of a shape of sheet meant the last time, by division and kind."""

    division = models.ForeignKey("organizations.Division", on_delete=models.CASCADE, related_name="+")
    kind = WordField(words=ListKind)
    shape = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "kind", "shape"], name="sheet_memory_a_shape")
        ]
