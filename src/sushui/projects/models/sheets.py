"""Sheets of workbooks that are being read in, and what their columns meant the last time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.fields import WordField
from sushui.kernel.models import Record
from sushui.projects.enums import ListKind


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
