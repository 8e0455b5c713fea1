"""The year's portfolio in versions. A version that is approved is final: PostgreSQL refuses to change it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Deferrable, F, Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import PortfolioState, ProjectLevel, ProjectSector
from sushui.projects.models.ledger import Project, ProjectCluster, money


class ProjectPortfolio(Record):
    """The list of projects of a division for a year, as its versions say."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["division", "year", "name"], name="portfolio_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def in_force(self) -> PortfolioVersion | None:
        """The newest version that is approved or adjusted; None while none is."""
        final = [version for version in self.versions.all() if version.is_final]
        return max(final, key=lambda version: version.number, default=None)


class PortfolioVersion(Record):
    """One version of the list. ``based_on`` is the version from which it was drafted; none: from the ledger."""

    portfolio = models.ForeignKey(ProjectPortfolio, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = WordField(words=PortfolioState, default=PortfolioState.DRAFT)
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    discussed_on = models.DateField(null=True)
    discussion = models.TextField(blank=True)
    approved_on = models.DateField(null=True)
    approved_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["portfolio", "number"], name="portfolio_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=[PortfolioState.DRAFT, PortfolioState.DISCUSSED])
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="portfolio_approved_by",
            ),
        ]

    @property
    def is_final(self) -> bool:
        """Whether nobody changes it any more."""
        return self.state in {PortfolioState.APPROVED, PortfolioState.ADJUSTED}


class PortfolioEntry(Record):
    """A project in a version, with what was said of it at that time: later changes of the ledger leave it alone.

    ``planned`` is the investment of the year, ``total`` that of the whole project, in yuan; months are the first of
    their days. ``sources`` is the planned money of the whole project: ``{"bank_loans": "600000000.00"}``. ``own`` names
    what the list says of a project otherwise than the ledger did: the next version keeps it.
    """

    list_version = models.ForeignKey(PortfolioVersion, on_delete=models.PROTECT, related_name="entries")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    planned = money()
    total = money()
    start_month = models.DateField(null=True)
    completion_month = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    level = WordField(words=ProjectLevel, default=ProjectLevel.OTHER)
    sector = WordField(words=ProjectSector, blank=True, default="")
    cluster = models.ForeignKey(ProjectCluster, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    sources = models.JSONField(default=dict)
    own = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_version", "project"], name="portfolio_project_once"),
            models.UniqueConstraint(
                fields=["list_version", "position"], name="portfolio_position_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0)) & (Q(total=None) | Q(total__gte=0)),
                name="portfolio_amounts_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(start_month=None) | Q(completion_month=None) | Q(completion_month__gte=F("start_month")),
                name="portfolio_completion_after_start",
            ),
        ]
