"""What the unit of a project says month by month: every report as it was given, and drafts of what is not given yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import ReportState
from sushui.projects.models.ledger import Project, money


class MonthlyReport(Record):
    """The report of one project for one month. ``current`` is its newest version, none while it is a draft.

    ``typed`` is what somebody typed and has not given yet, by the name of the field; photos hang on the report itself.
    ``is_late``: given first after the month was locked; each version says of itself when it came.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField()
    state = WordField(words=ReportState, default=ReportState.DRAFT)
    current = models.OneToOneField("MonthlyReportVersion", null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    typed = models.JSONField(default=dict)
    typed_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "month"], name="report_a_month"),
            models.CheckConstraint(
                condition=Q(state="draft", current=None) | Q(state="given", current__isnull=False),
                name="a_given_report_has_a_version",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "month"], name="report_by_month")]

    def __str__(self) -> str:
        return f"{self.project} {self.month:%Y-%m}"


class MonthlyReportVersion(models.Model):
    """A report as it was given: written once, never changed; a correction is the next ``number`` with its reason.

    Amounts in yuan. ``done``: in the month; ``cumulative``: since the project began, as the unit says; ``progress``:
    physical progress in percent, since it began; ``sources``: yuan received by funding source. What is None or missing
    was not said. ``confirmed``: what was asked about and confirmed, ``[{"doubt": ..., "numbers": {...}}]``.
    ``is_late``: given after the month was locked. PostgreSQL itself refuses UPDATE and DELETE.
    """

    report = models.ForeignKey(MonthlyReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    done = models.DecimalField(max_digits=18, decimal_places=2)
    cumulative = money()
    progress = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    received = money()
    sources = models.JSONField(default=dict)
    next_plan = money()
    text = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    confirmed = models.JSONField(default=list)
    origin = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(progress=None) | Q(progress__gte=0, progress__lte=100), name="progress_is_a_percentage"
            ),
            models.CheckConstraint(condition=Q(done__gte=0), name="report_not_below_zero"),
        ]
