"""Sheets of workbooks that are being read in, and what their columns meant the last time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.fields import WordField
from sushui.kernel.sheets.records import ColumnsRemembered, SheetUnderWay
from sushui.projects.enums import ListKind


class SheetDraft(SheetUnderWay):
    """One sheet of projects or of their figures that is being read in. It is kept after its import.

    ``answers`` are texts by the key of the question, those for one row alone under ``row:12:key``. A version of the
    portfolio names its list and the version that it is held against (none: the first one).
    """

    kind = WordField(words=ListKind)
    portfolio = models.ForeignKey("projects.ProjectPortfolio", null=True, on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey("projects.PortfolioVersion", null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "digest"], name="sheet_by_digest")]


class SheetMemory(ColumnsRemembered):
    """What the columns of a shape of sheet meant the last time, by division and kind."""

    kind = WordField(words=ListKind)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "kind", "shape"], name="sheet_memory_a_shape")
        ]
