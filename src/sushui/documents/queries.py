"""Every read of documents, viewer first. ``visible_attachments`` is the one wall: everything else stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet

from sushui.documents.models import Attachment, FileVersion, StoredFile
from sushui.documents.permissions import may_attach_to
from sushui.documents.rules import TAKEN, Intake
from sushui.documents.targets import Target, TargetKind, kind_of, target_kinds
from sushui.kernel.errors import NotFound
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer

MEGABYTE = 2**20


# --- what is taken ---------------------------------------------------------------------------------------------------
def intake_in_force(division_id: int, on: date | None = None) -> Intake:
    """What a division takes on a day (default: today), within what the server takes at all."""
    values = settings_of("documents", division_id, on)
    kinds = frozenset[Any]().union(*(kinds for name, kinds in TAKEN.items() if values[name]))
    return Intake(min(values["largest_mb"] * MEGABYTE, settings.UPLOAD_LIMIT_BYTES), kinds)


# --- targets ---------------------------------------------------------------------------------------------------------
def target_for(viewer: Viewer, target: Target) -> tuple[TargetKind, Any]:
    """The kind of a target and the record itself.

    Raises:
        NotFound: no such kind or record, or not the viewer's to see.
    """
    kind = kind_of(target.kind)
    record = kind.visible(viewer).filter(pk=target.object_id).first()
    if record is None:
        raise NotFound
    return kind, record


# --- attachments -----------------------------------------------------------------------------------------------------
def visible_attachments(viewer: Viewer) -> QuerySet[Attachment]:
    """Attachments of every record that the viewer may see, as the rooms that keep the records say; in SQL."""
    allowed = Q(pk__in=[])
    for kind in target_kinds():
        allowed |= Q(target_kind=kind.key, target_id__in=kind.visible(viewer).order_by().values("pk"))
    return Attachment.objects.filter(allowed, division_id__in=viewer.division_ids)


def attachments_of(viewer: Viewer, target: Target) -> list[Attachment]:
    """What hangs on one record, oldest first, with all versions; what was withdrawn too, it says so. Two queries."""
    return attachments_by_target(viewer, target.kind, [target.object_id]).get(target.object_id, [])


def attachments_by_target(viewer: Viewer, kind: str, object_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The same for many records of one kind, by their numbers; as many queries for one as for many."""
    visible = kind_of(kind).visible(viewer).order_by().filter(pk__in=list(object_ids))
    rows = Attachment.objects.filter(
        target_kind=kind, target_id__in=visible.values("pk"), division_id__in=viewer.division_ids
    )
    found: dict[int, list[Attachment]] = {}
    for attachment in _with_versions(rows).order_by("pk"):
        found.setdefault(attachment.target_id, []).append(attachment)
    return found


@dataclass(frozen=True)
class TargetFiles:
    """What hangs on one record, as its page shows it (``documents/_attachments.html``)."""

    target: Target
    attachments: list[Attachment]
    may_attach: bool


def files_by_target(viewer: Viewer, kind: str, records: Iterable[Any]) -> dict[int, TargetFiles]:
    """For each of these records of one kind, which the viewer may see, its files and whether more may be attached."""
    found = {record.pk: record for record in records}
    hung = attachments_by_target(viewer, kind, found) if found else {}
    return {
        number: TargetFiles(Target(kind, number), hung.get(number, []), may_attach_to(viewer, kind_of(kind), record))
        for number, record in found.items()
    }


def counts_by_target(viewer: Viewer, kind: str, object_ids: Iterable[int]) -> dict[int, int]:
    """How many files hang on each of these records, those withdrawn left out; records without any are left out too."""
    rows = visible_attachments(viewer).filter(target_kind=kind, target_id__in=list(object_ids), withdrawn_at=None)
    counted = rows.order_by().values("target_id").annotate(count=Count("pk"))
    return {row["target_id"]: row["count"] for row in counted}


def attachment_for(viewer: Viewer, attachment_id: int) -> Attachment:
    """One attachment with its versions.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = _with_versions(visible_attachments(viewer)).filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    return found


def version_for(viewer: Viewer, version_id: int) -> FileVersion:
    """One version whose content may be given out, with its content's row.

    Raises:
        NotFound: none such, not the viewer's to see, or withdrawn.
    """
    open_to = visible_attachments(viewer).filter(withdrawn_at=None)
    rows = FileVersion.objects.filter(pk=version_id, attachment__in=open_to)
    found = rows.select_related("file__thumbnail").first()
    if found is None:
        raise NotFound
    return found


def _with_versions(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    versions = FileVersion.objects.select_related("file", "post__agency", "user").order_by("-number")
    return rows.select_related("withdrawn_by__agency").prefetch_related(Prefetch("versions", queryset=versions))


# --- content ---------------------------------------------------------------------------------------------------------
def stored_digests() -> QuerySet[StoredFile, str]:
    """The digests of all content that rows name."""
    return StoredFile.objects.order_by("pk").values_list("sha256", flat=True)
