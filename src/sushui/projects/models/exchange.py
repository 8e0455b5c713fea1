"""What came from other publishers: documents that wait to be taken over, and what each project was received as."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from sushui.kernel.sheets.records import ListUnderWay
from sushui.projects.models.ledger import Project


class ExchangeDraft(ListUnderWay):
    """A file of projects that was sent in and checked; ``text`` is the list of its documents, as it was received."""

    text = models.TextField()
    imported_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name


class ExchangeSource(models.Model):
    """What a project was received as last: under which identifier, and the document in full.

    ``understood`` is what we would have said of it right then: both are texts, so that no number loses a digit.
    """

    division = models.ForeignKey("organizations.Division", on_delete=models.PROTECT, related_name="+")
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="exchange_source")
    identifier = models.CharField(max_length=255)
    received = models.TextField()
    understood = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["division", "identifier"], name="exchange_identifier_once")
        ]
