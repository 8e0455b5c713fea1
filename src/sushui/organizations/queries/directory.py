"""The directory: who is responsible for what, and who is above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.models import Agency, Delegation, Division, LineOfCharge, Post, RoleGrant, Tenure
from sushui.organizations.permissions import may_see_directory
from sushui.organizations.queries.seats import agencies, posts
from sushui.organizations.queries.viewers import in_force
from sushui.organizations.rules import is_named


@dataclass(frozen=True)
class AgencyRow:
    """An agency in its tree: how deep it stands, its posts with their holders, and the leader in charge today."""

    agency: Agency
    depth: int
    posts: tuple[Post, ...]
    leader: Post | None

    @property
    def head(self) -> Post | None:
        return next((post for post in self.posts if post.is_head), None)

    @property
    def names(self) -> list[str]:
        """Everything by which somebody may look for it: its own names, its posts, their holders."""
        seats = [post.name for post in self.posts]
        holders = [tenure.user.name for post in self.posts for tenure in _holders(post)]
        return [self.agency.name, self.agency.short_name, *self.agency.other_names, *seats, *holders]


@dataclass(frozen=True)
class DivisionRow:
    """A division in its tree: how deep it stands below the topmost one shown."""

    division: Division
    depth: int


def _holders(post: Post) -> list[Tenure]:
    return list(getattr(post, "holders_now", []))


def divisions(viewer: Viewer) -> QuerySet[Division]:
    """Divisions that keep rows of their own and are the viewer's to see, from the top down."""
    return Division.objects.filter(pk__in=viewer.division_ids).order_by("path")


def division_for(viewer: Viewer, division_id: int) -> Division:
    """One of them.

    Raises:
        NotFound: none such, or not the viewer's.
    """
    division = divisions(viewer).filter(pk=division_id).first()
    if division is None:
        raise NotFound
    return division


def division_tree(viewer: Viewer) -> list[DivisionRow]:
    """The viewer's divisions and the townships in them, each below the one it lies in."""
    rows = Division.objects.filter(Q(pk__in=viewer.division_ids) | Q(parent_id__in=viewer.division_ids))
    return [DivisionRow(row, row.path.count("/")) for row in _from_the_top(rows.order_by("path"))]


def _from_the_top(rows: Iterable[Division]) -> list[Division]:
    """``rows`` with their paths cut to what is shown, so that the topmost stands at depth 0."""
    shown = list(rows)
    least = min((row.path.count("/") for row in shown), default=0)
    for row in shown:
        row.path = "/".join(row.path.split("/")[least:])
    return shown


def directory(viewer: Viewer, *, division_id: int | None = None, text: str = "") -> list[AgencyRow]:
    """Agencies of one division (default: one's own) as a tree, those that ``text`` names; a fixed number of queries."""
    if not may_see_directory(viewer):
        return []
    own = list(agencies(viewer).filter(division_id=division_id or viewer.division_id))
    leaders = _leaders([row.pk for row in own])
    seats = _posts_by_agency(viewer, [row.pk for row in own])
    rows = [
        AgencyRow(agency, depth, tuple(seats[agency.pk]), leaders.get(agency.pk)) for agency, depth in _as_tree(own)
    ]
    return [row for row in rows if is_named(row.names, text)]


def _as_tree(rows: list[Agency]) -> Iterator[tuple[Agency, int]]:
    """Each agency with its depth, children below their parent, in the order of their names."""
    there = {row.pk for row in rows}
    children: dict[int | None, list[Agency]] = defaultdict(list)
    for row in rows:
        children[row.parent_id if row.parent_id in there else None].append(row)

    def walk(parent_id: int | None, depth: int) -> Iterator[tuple[Agency, int]]:
        for row in children[parent_id]:
            yield row, depth
            yield from walk(row.pk, depth + 1)

    return walk(None, 0)


def _posts_by_agency(viewer: Viewer, agency_ids: list[int]) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for post in posts(viewer).filter(agency_id__in=agency_ids):
        found[post.agency_id].append(post)
    return found


def _leaders(agency_ids: list[int]) -> dict[int, Post]:
    now = Tenure.objects.filter(in_force(clock.today())).select_related("user")
    lines = LineOfCharge.objects.filter(in_force(clock.today()), agency_id__in=agency_ids).select_related(
        "leader_post__agency"
    )
    lines = lines.prefetch_related(Prefetch("leader_post__tenures", queryset=now, to_attr="holders_now"))
    return {line.agency_id: line.leader_post for line in lines}


def agency_row(viewer: Viewer, agency: Agency) -> AgencyRow:
    """One agency with its posts and leader."""
    seats = _posts_by_agency(viewer, [agency.pk])[agency.pk]
    return AgencyRow(agency, 0, tuple(seats), _leaders([agency.pk]).get(agency.pk))


def charges_of(viewer: Viewer, agency: Agency) -> QuerySet[LineOfCharge]:
    """Who was, is and will be in charge of the agency, the newest first."""
    return agency.charges.select_related("leader_post__agency").order_by("-from_on", "-pk")


def tenures_of(viewer: Viewer, post: Post) -> QuerySet[Tenure]:
    """Who held, holds and will hold the post, the newest first."""
    return post.tenures.select_related("user").order_by("-from_on", "-pk")


def delegations_of(viewer: Viewer, post: Post) -> QuerySet[Delegation]:
    """When the post was lent, and to which, the newest first."""
    rows = Delegation.objects.filter(from_post=post).select_related("from_post", "to_post__agency")
    return rows.order_by("-from_on", "-pk")


def delegation_for(viewer: Viewer, delegation_id: int) -> Delegation:
    """One delegation of a post in the viewer's divisions.

    Raises:
        NotFound: none such.
    """
    rows = Delegation.objects.filter(from_post__division_id__in=viewer.division_ids)
    found = rows.filter(pk=delegation_id).select_related("from_post__agency", "to_post__agency").first()
    if found is None:
        raise NotFound
    return found


def grants_of(viewer: Viewer, post: Post) -> QuerySet[RoleGrant]:
    """Roles that the post carried, carries and will carry, the newest first."""
    return post.grants.order_by("-from_on", "role")


def roles_of(post: Post) -> list[str]:
    """Roles that the post carries today."""
    rows = RoleGrant.objects.filter(in_force(clock.today()), post=post)
    return sorted(str(role) for role in rows.values_list("role", flat=True))


def agencies_charged_to(viewer: Viewer, post: Post) -> QuerySet[Agency]:
    """Agencies that the post is in charge of today."""
    lines = LineOfCharge.objects.filter(in_force(clock.today()), leader_post=post)
    return agencies(viewer).filter(pk__in=lines.values("agency"))


def posts_to_lend_to(viewer: Viewer, post: Post) -> QuerySet[Post]:
    """Posts that may act for ``post``: of its division for those who know the directory, else of its agency."""
    rows = posts(viewer).filter(division_id=post.division_id).exclude(pk=post.pk)
    rows = rows.order_by("agency__sort_key", "agency_id", "rank", "pk")
    return rows if may_see_directory(viewer) else rows.filter(agency_id=post.agency_id)
