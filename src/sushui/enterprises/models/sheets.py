"""Sheets of enterprises that are being read in, and what their columns meant the last time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.sheets.records import ColumnsRemembered, SheetUnderWay


class EnterpriseSheet(SheetUnderWay):
    """One sheet of enterprises that is being read in; it is kept after its import.

    ``answers`` are texts by the key of the question, those for one row alone under ``row:12:key``.
    """

    imported_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "digest"], name="enterprise_sheet_by_digest")]


class EnterpriseSheetMemory(ColumnsRemembered):
    """What the columns of a shape of sheet meant the last time, by division."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "shape"], name="enterprise_sheet_memory_once")
        ]
