"""How enterprises do: what was told of a month or a year, by whom, each time as it was told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource
from sushui.enterprises.models.register import Enterprise
from sushui.kernel.fields import WordField


class EnterpriseFigure(models.Model):
    """One raw figure as it was told: written once, never changed (Statistics Law of 2024, article 24).

    ``month`` is 0 for the whole ``year``. A correction is the next ``number`` of the same period, kind and source,
    with its reason; the highest number counts. Figures of several sources stand side by side. ``told_on`` is the day of
    the paper from which it was taken. PostgreSQL itself refuses UPDATE and DELETE.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="figures")
    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=0)
    kind = WordField(words=EnterpriseFigureKind)
    source = WordField(words=FigureSource)
    number = models.PositiveSmallIntegerField(default=1)
    amount = models.DecimalField(max_digits=20, decimal_places=2)
    told_on = models.DateField()
    document = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "year", "month", "kind", "source", "number"], name="enterprise_figure_once"
            ),
            models.CheckConstraint(condition=Q(month__lte=12), name="figure_month_is_one"),
            models.CheckConstraint(condition=Q(kind="profit") | Q(amount__gte=0), name="only_profit_below_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["division", "year", "month", "kind"], name="figures_of_a_month")]
