"""What a project needs, who committed to it until when, and what is there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import FundingSource, ResourceFactor
from sushui.projects.models.ledger import Project

FINEST = 6  # decimals: a gram of what is counted in tons


def _amount(**more: object) -> models.DecimalField:
    """A column for every factor: as fine as the finest, of which the services keep what its unit has."""
    return models.DecimalField(max_digits=22, decimal_places=FINEST, **more)  # type: ignore[arg-type]


class ResourceNeed(Record):
    """What a project needs of a factor, in the factor's unit (`rules.resources.UNITS`), by a day.

    ``amount`` is empty while nobody has said how much. ``source`` and ``month`` part funds. ``agency``: who is asked
    for it. ``committed``, ``delivered``, ``undelivered`` (what is missing of each commitment, summed) and
    ``overdue_on`` (the first day by which something committed is due and not there) are kept by the services from the
    rows below, so that sums need none of them.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="needs")
    factor = WordField(words=ResourceFactor)
    what = models.CharField(max_length=128, blank=True)
    source = WordField(words=FundingSource, blank=True, default="")
    month = models.DateField(null=True)
    amount = _amount(null=True)
    needed_by = models.DateField(null=True)
    agency = models.ForeignKey("organizations.Agency", null=True, on_delete=models.PROTECT, related_name="+")
    committed = _amount(default=0)
    delivered = _amount(default=0)
    undelivered = _amount(default=0)
    overdue_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    dropped_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="need_not_below_zero")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["division", "factor"], include=["project"], condition=Q(dropped_on=None), name="need_by_factor"
            ),
            models.Index(fields=["agency"], condition=Q(dropped_on=None), name="need_by_agency"),
        ]

    def __str__(self) -> str:
        return self.what or self.factor.msgid


class ResourceCommitment(Record):
    """What an agency promised to a need until a day; ``task`` is what supervision made of it when it was late."""

    need = models.ForeignKey(ResourceNeed, on_delete=models.PROTECT, related_name="commitments")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    amount = _amount()
    until = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    delivered = _amount(default=0)
    task = models.ForeignKey("supervision.SupervisedTask", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.TextField(blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["until", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_above_zero")]
        indexes: ClassVar = [models.Index(fields=["agency"], name="commitment_by_agency")]

    @property
    def project(self) -> Project:
        return self.need.project


class ResourceDelivery(models.Model):
    """Something of a commitment that is there: written once; a correction is a row that replaces another.

    A correction says the whole amount anew (0: it never came) and why; what it ``corrects`` stays in sight and does not
    count any more.
    """

    commitment = models.ForeignKey(ResourceCommitment, on_delete=models.PROTECT, related_name="deliveries")
    amount = _amount()
    on = models.DateField()
    evidence = models.CharField(max_length=255, blank=True)
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0) | Q(corrects__isnull=False), name="delivery_above_zero"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="delivery_not_below_zero"),
        ]

    @property
    def project(self) -> Project:
        return self.commitment.need.project
