"""What a search finds of the directory: agencies, posts and the people who hold them, by characters or pinyin.

The names of a viewer's divisions are a few thousand at most: they are read at once and compared in memory, where whole
pinyin costs nothing to store. Each of the three asks the database twice, however many names there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sushui.kernel import clock
from sushui.kernel.finding import closeness
from sushui.kernel.search import COUNTED, Sought
from sushui.kernel.viewer import Viewer
from sushui.organizations.models import Agency, Post, Tenure
from sushui.organizations.permissions import may_see_directory
from sushui.organizations.queries.seats import agencies, posts
from sushui.organizations.queries.viewers import in_force

# The key of a record, its name, and the other names by which it is found.
Named = tuple[int, str, tuple[str, ...]]


@dataclass(frozen=True)
class Nearest:
    """Keys of the records that are meant, the closest first, and how many there are, counted no further than 1,001."""

    keys: tuple[int, ...]
    total: int


def agencies_found(viewer: Viewer, sought: Sought, *, first: int) -> tuple[list[Agency], int]:
    """Agencies of the viewer's divisions by name, short and other names, and code."""
    if not may_see_directory(viewer):
        return [], 0
    rows = agencies(viewer).values_list("pk", "name", "short_name", "other_names", "code")
    named = ((key, name, (short, *others, code)) for key, name, short, others, code in rows.order_by())
    near = _nearest(named, sought, first)
    found = agencies(viewer).in_bulk(near.keys)
    return [found[key] for key in near.keys if key in found], near.total


def posts_found(viewer: Viewer, sought: Sought, *, first: int) -> tuple[list[Post], int]:
    """Posts of the viewer's divisions by their name, alone or after their agency's."""
    if not may_see_directory(viewer):
        return [], 0
    rows = posts(viewer).values_list("pk", "name", "agency__name", "agency__short_name")
    named = ((key, name, (f"{agency}{name}", f"{short}{name}")) for key, name, agency, short in rows.order_by())
    near = _nearest(named, sought, first)
    found = posts(viewer).in_bulk(near.keys)
    return [found[key] for key in near.keys if key in found], near.total


def holders_found(viewer: Viewer, sought: Sought, *, first: int) -> tuple[list[Tenure], int]:
    """Who holds a post of the viewer's divisions today, by the person's name; once for each post."""
    if not may_see_directory(viewer):
        return [], 0
    held = Tenure.objects.filter(
        in_force(clock.today()), post__division_id__in=viewer.division_ids, post__is_active=True
    )
    near = _nearest(((key, name, ()) for key, name in held.values_list("pk", "user__name")), sought, first)
    found = held.select_related("user", "post__agency").in_bulk(near.keys)
    return [found[key] for key in near.keys if key in found], near.total


def _nearest(named: Iterable[Named], sought: Sought, first: int) -> Nearest:
    """The closest first, among equals the newest."""
    ranked = ((closeness(sought, name, others), -key) for key, name, others in named)
    meant = sorted((rank, key) for rank, key in ranked if rank is not None)
    return Nearest(tuple(-key for _, key in meant[:first]), min(len(meant), COUNTED + 1))
