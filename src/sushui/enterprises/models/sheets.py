"""Sheets of enterprises that are being read in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.sheets.records import ListUnderWay


class EnterpriseSheet(ListUnderWay):
    """A sheet of enterprises that is being read in: its rows as they were; it is kept after its import.

    ``rows`` is ``[[number, {"name": ..., "code": ...}], ...]`` with texts as in the cells, ``units`` the unit in the
    heading of a column by its field, ``unit`` what a line above says of all money; ``unknown`` are headings of which
    nothing was made. ``answers`` are texts by the key of the question, ``outcome`` how many rows became what.
    """

    title = models.CharField(max_length=255, blank=True)
    rows = models.JSONField(default=list)
    units = models.JSONField(default=dict)
    unit = models.CharField(max_length=32, blank=True)
    unknown = models.JSONField(default=list)
    imported_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["division", "digest"], name="enterprise_sheet_by_digest")]

    def __str__(self) -> str:
        return self.file_name
