"""Work lists that are being read in, and what they may name."""

from __future__ import annotations

from django.db.models import QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, leader_posts
from sushui.supervision.models import ColumnMemory, ImportDraft
from sushui.supervision.queries.orders import orders


def import_drafts(viewer: Viewer) -> QuerySet[ImportDraft]:
    """Lists that the viewer's post is reading in and has not finished, newest file first, by sheet; cells deferred."""
    rows = ImportDraft.objects.filter(post_id=viewer.post_id, order=None)
    return rows.defer("sheet", "preview").order_by("-created_at", "sheet_index")


def import_draft_for(viewer: Viewer, draft_id: int) -> ImportDraft:
    """One list that is being read in.

    Raises:
        NotFound: none such, finished, or another post's.
    """
    draft = import_drafts(viewer).filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    return draft


def finished_imports(viewer: Viewer) -> QuerySet[ImportDraft]:
    """Lists that became orders which the viewer may see, newest first."""
    rows = ImportDraft.objects.filter(order__in=orders(viewer)).defer("sheet", "preview")
    return rows.select_related("order", "post__agency").order_by("-updated_at", "-pk")


def earlier_imports(viewer: Viewer, draft: ImportDraft) -> list[ImportDraft]:
    """What the very same sheet of the very same file has become in the division already."""
    same = {"division_id": draft.division_id, "digest": draft.digest, "sheet_index": draft.sheet_index}
    return list(finished_imports(viewer).filter(**same))


def remembered_columns(viewer: Viewer, shape: str) -> list[str] | None:
    """What the columns of a sheet of this shape meant the last time in the viewer's division, from left to right."""
    rows = ColumnMemory.objects.filter(division_id=viewer.division_id, shape=shape)
    return rows.values_list("columns", flat=True).first()


def nameable_agencies(viewer: Viewer) -> list[tuple[int, tuple[str, ...], frozenset[str]]]:
    """Agencies of the viewer's division as a list may name them: number, all names, groups it answers to."""
    rows = agencies(viewer).filter(division_id=viewer.division_id)
    return [
        (row.pk, tuple(name for name in (row.name, row.short_name, *row.other_names) if name), frozenset(row.groups))
        for row in rows
    ]


def nameable_leaders(viewer: Viewer) -> dict[str, int]:
    """The division's leaders by the name of their post; a name that two posts have means none."""
    found: dict[str, list[int]] = {}
    for number, name in leader_posts(viewer).values_list("pk", "name"):
        found.setdefault(name, []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}
