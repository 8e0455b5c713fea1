"""What projects in production turn out in a year: raw, versioned, append-only."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.projects.models.ledger import Project


class YearlyOutput(models.Model):
    """The actual output value of a project in a year, in yuan, as it was given; the highest ``number`` counts.

    PostgreSQL itself refuses UPDATE and DELETE, as with monthly figures.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="outputs")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "year", "number"], name="yearly_output_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="yearly_output_not_below_zero"),
        ]
