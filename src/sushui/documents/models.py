"""Files by their content, and how they hang on what other rooms keep. Nothing of it is changed or deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sushui.documents.rules import is_picture, size_text
from sushui.documents.targets import Target
from sushui.kernel import clock
from sushui.kernel.models import Record


class StoredFile(models.Model):
    """Content that lies in the data folder under its SHA-256, once however often it was sent; ``size`` in bytes.

    ``thumbnail`` is the small picture of a picture, itself stored content; a small one has none but itself.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    thumbnail = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    @property
    def is_picture(self) -> bool:
        return is_picture(self.media_type)

    @property
    def small_picture(self) -> StoredFile | None:
        """What stands for a picture in a list; None for anything else."""
        return (self.thumbnail or self) if self.is_picture else None

    @property
    def size_text(self) -> str:
        return size_text(self.size)


class Attachment(Record):
    """A file that hangs on a target: the kind and number of a record that another room keeps and has registered.

    Its content are its versions, the newest of which is current.
    """

    target_kind = models.CharField(max_length=64)
    target_id = models.BigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("organizations.Post", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="withdrawn_with_a_reason",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["target_kind", "target_id", "id"], name="attachment_by_target")]

    @property
    def current(self) -> FileVersion:
        """The newest version; costs nothing where the query fetched the versions."""
        return max(self.versions.all(), key=lambda version: version.number)

    @property
    def older(self) -> list[FileVersion]:
        """Versions before the current one, newest first."""
        return sorted(self.versions.all(), key=lambda version: -version.number)[1:]

    @property
    def target(self) -> Target:
        return Target(self.target_kind, self.target_id)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class FileVersion(models.Model):
    """One version of an attachment: which content, under which name, sent by whom and when."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    at = models.DateTimeField()
    post = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("kernel.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attachment", "number"], name="file_version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.file.size_text})"
