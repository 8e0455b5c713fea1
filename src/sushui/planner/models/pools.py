"""What there is to be shared out: quotas, capacities, desks and money, by year, place and source."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.planner.enums import PoolKind
from sushui.projects.enums import UNITS, FundingSource, ProjectSector, ResourceFactor, ResourceUnit


class ResourcePool(Record):
    """So much of a factor from a day to a day, in the factor's unit (`projects.enums.UNITS`).

    ``agency``: whose desks they are, for approvals: ``amount`` is how many cases it can have in hand at a time.
    ``place``: where it can be used; none: anywhere in the division. ``until_on`` is the last good day; none: it stays
    good. What is dropped is left out of new runs; runs hold what they were made from.
    """

    kind = WordField(words=PoolKind)
    factor = WordField(words=ResourceFactor)
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("organizations.Division", null=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=128, blank=True)
    year = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=22, decimal_places=6)
    document = models.CharField(max_length=200, blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="pool_not_below_zero"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="pool_runs_forward"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "year"], condition=Q(dropped_on=None), name="pool_by_year")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def unit(self) -> ResourceUnit:
        return UNITS[self.factor]


class MoneyPool(Record):
    """Money of a source that can be spent from a day on, in yuan; ``uses``: sectors it may pay for; none: all."""

    source = WordField(words=FundingSource)
    what = models.CharField(max_length=128, blank=True)
    arrives_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    uses = ArrayField(models.CharField(max_length=32), default=list)
    document = models.CharField(max_length=200, blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gte=0), name="money_not_below_zero")]
        indexes: ClassVar = [
            models.Index(fields=["division", "arrives_on"], condition=Q(dropped_on=None), name="money_by_day")
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def sectors(self) -> list[ProjectSector]:
        """The sectors that it may pay for."""
        return [ProjectSector(each) for each in self.uses]
