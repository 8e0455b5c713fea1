"""What is kept of a workbook while it is being read in. The tables are the rooms' own; these say what they share."""

from __future__ import annotations

from django.db import models

from sushui.kernel.models import Record


class ListUnderWay(Record):
    """Rows that somebody sent in and has not finished, and what was said about them so far.

    ``digest`` is the file's SHA-256; ``answers`` are by the key of the question, in the room's own form; ``preview`` is
    what was shown of it last (`previews`).
    """

    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)

    class Meta:
        abstract = True


class SheetUnderWay(ListUnderWay):
    """One sheet of a workbook, its cells as they were. ``columns`` is empty while the sheet is read by itself."""

    sheet_index = models.PositiveSmallIntegerField()
    sheet_name = models.CharField(max_length=64)
    sheet = models.JSONField()
    title = models.CharField(max_length=255, blank=True)
    columns = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.file_name} / {self.sheet_name}"


class ColumnsRemembered(models.Model):
    """What the columns of a shape of sheet meant the last time, from left to right, by division."""

    division = models.ForeignKey("organizations.Division", on_delete=models.CASCADE, related_name="+")
    shape = models.CharField(max_length=64)
    columns = models.JSONField()

    class Meta:
        abstract = True
