"""Subject rows: how lower rooms know what they hang on, and what upper rooms show on their pages.

The room that owns a kind of thing registers the kind with a visibility queryset and keeps one row for each thing.
Lists, counts, search and attachments of lower rooms then scope in SQL, without knowing the owner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from sushui.kernel.front import Finder, Found, Hit
from sushui.kernel.models import Subject
from sushui.kernel.search import Sought, ToVector, closest
from sushui.kernel.viewer import Viewer

KEPT_AT_ONCE = 500


@dataclass(frozen=True)
class SubjectKind:
    """A kind of subject: its key, label (msgid), and which of its rows a viewer may see."""

    key: str
    label: str
    visible: Callable[[Viewer], QuerySet[Subject]]


FINDERS_ORDER = 20  # after the tasks, before the directory
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


def finders() -> Iterator[Finder]:
    """One finder for each registered kind, as the front shows them."""
    for kind in _kinds.values():
        yield Finder(f"subject.{kind.key}", FINDERS_ORDER, _(kind.label), lambda viewer: True, partial(_found, kind))


def _found(kind: SubjectKind, viewer: Viewer, sought: Sought, first: int) -> Found:
    rows = Subject.objects.filter(
        kind=kind.key, division_id__in=viewer.division_ids, pk__in=kind.visible(viewer).values("pk")
    )
    near = closest(rows, sought, division_ids=viewer.division_ids, column="label", first=first)
    known = Subject.objects.select_related("agency", "division").in_bulk(near.keys)
    return Found([_hit(viewer, known[key]) for key in near.keys], near.total)


def _hit(viewer: Viewer, subject: Subject) -> Hit:
    """Its agency, after its division where that is another one than the viewer's: names come again in every county."""
    elsewhere = str(subject.division) if subject.division_id != viewer.division_id else ""
    note = " · ".join(filter(None, [elsewhere, str(subject.agency or "")]))
    return Hit(subject.label, subject.url, note=note, other=subject.search_text)


@dataclass(frozen=True)
class SubjectFacts:
    """What the rooms below may know of a record. ``search_text``: codes and words by which it is found besides its
    label, and which the search then shows.
    """

    label: str
    url: str
    division_id: int
    agency_id: int | None = None
    owner_post_id: int | None = None
    search_text: str = ""


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
    facts = SubjectFacts(label, url, division_id, agency_id, owner_post_id, search_text)
    return keep_subjects(kind, [(record, facts)])[0]


def keep_subjects(kind: str, kept: Sequence[tuple[Model, SubjectFacts]]) -> list[Subject]:
    """The same for many records, in their order; a fixed number of statements."""
    rows = [
        Subject(kind=kind, object_id=record.pk, search=ToVector(facts.label, facts.search_text), **asdict(facts))
        for record, facts in kept
    ]
    return Subject.objects.bulk_create(
        rows,
        KEPT_AT_ONCE,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=[*(each.name.removesuffix("_id") for each in fields(SubjectFacts)), "search"],
    )
