"""Subject rows: how lower rooms know what they hang on, and what upper rooms show on their pages.

The room that owns a kind of thing registers the kind with a visibility queryset and keeps one row for each thing.
Lists, counts, search and attachments of lower rooms then scope in SQL, without knowing the owner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from sushui.kernel.models import Subject
from sushui.kernel.search import ToVector
from sushui.kernel.viewer import Viewer


@dataclass(frozen=True)
class SubjectKind:
    """A kind of subject: its key, label (msgid), and which of its rows a viewer may see."""

    key: str
    label: str
    visible: Callable[[Viewer], QuerySet[Subject]]


_kinds: dict[str, SubjectKind] = {}


def register_kind(kind: SubjectKind) -> None:
    _kinds[kind.key] = kind


def kind_of(subject: Subject) -> SubjectKind:
    return _kinds[subject.kind]


def visible_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """Subjects of every registered kind that the viewer may see."""
    allowed = Q(pk__in=[])
    for kind in _kinds.values():
        allowed |= Q(kind=kind.key, pk__in=kind.visible(viewer).values("pk"))
    return Subject.objects.filter(allowed, division_id__in=viewer.division_ids)


def keep_subject(
    kind: str,
    record: Model,
    *,
    label: str,
    url: str,
    division_id: int,
    agency_id: int | None = None,
    owner_post_id: int | None = None,
    search_text: str = "",
) -> Subject:
    """Write or refresh the subject row of ``record``; called by the owning room's services."""
    subject, _ = Subject.objects.update_or_create(
        kind=kind,
        object_id=record.pk,
        defaults={
            "label": label,
            "url": url,
            "division_id": division_id,
            "agency_id": agency_id,
            "owner_post_id": owner_post_id,
            "search": ToVector(f"{label} {search_text}"),
        },
    )
    return subject
