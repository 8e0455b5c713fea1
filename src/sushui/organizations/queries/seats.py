"""Agencies, their posts, and who sits there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind, Role
from sushui.organizations.models import Agency, Delegation, LineOfCharge, Post, RoleGrant, Tenure
from sushui.organizations.queries.viewers import in_force


def agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies of the viewer's divisions, in the order of their names in Chinese."""
    return Agency.objects.filter(division_id__in=viewer.division_ids, is_active=True).select_related("division")


def agency_for(viewer: Viewer, agency_id: int) -> Agency:
    """One agency.

    Raises:
        NotFound: none such, or of a division that is not the viewer's.
    """
    agency = agencies(viewer).filter(pk=agency_id).first()
    if agency is None:
        raise NotFound
    return agency


def agency_in(viewer: Viewer, division_id: int, agency_id: int) -> Agency:
    """One agency of exactly this division: who is to do or answer something there must be able to see it.

    Raises:
        NotFound: none such, or of another division.
    """
    agency = agency_for(viewer, agency_id)
    if agency.division_id != division_id:
        raise NotFound
    return agency


def enterprise_code(viewer: Viewer) -> str:
    """The unified social credit code by which the viewer's own enterprise is known in its division.

    Empty where the viewer's agency is no enterprise, has no code, or shares it with another: then nobody can say which
    of them is meant.
    """
    rows = Agency.objects.filter(division_id=viewer.division_id, is_active=True)
    code = rows.filter(pk=viewer.agency_id, kind=AgencyKind.ENTERPRISE).values_list("code", flat=True).first() or ""
    is_alone = bool(code) and rows.filter(code__iexact=code).count() == 1
    return code.upper() if is_alone else ""


def agency_places(viewer: Viewer) -> QuerySet[Agency, Any]:
    """Numbers of the places (townships, zones) where the viewer's agency and those under it are, for another query."""
    return Agency.objects.filter(pk__in=viewer.agency_ids).exclude(place=None).order_by().values("place_id")


def responsible_agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies of the viewer's own division that can be given work."""
    kinds = [AgencyKind.DEPARTMENT, AgencyKind.TOWNSHIP, AgencyKind.SUBDISTRICT, AgencyKind.ZONE, AgencyKind.HOSPITAL]
    return agencies(viewer).filter(division_id=viewer.division_id, kind__in=kinds)


def posts(viewer: Viewer) -> QuerySet[Post]:
    """Posts of the viewer's divisions, each with its holder of today in ``holders_now`` (none or one)."""
    rows = Post.objects.filter(division_id__in=viewer.division_ids, is_active=True)
    return rows.select_related("agency", "division").prefetch_related(holders())


def holders(path: str = "") -> Prefetch[str]:
    """Fetches the holder of today of each post into its ``holders_now``; ``path`` leads to the post (``post__``)."""
    now = Tenure.objects.filter(in_force(clock.today())).select_related("user")
    return Prefetch(f"{path}tenures", queryset=now, to_attr="holders_now")


def post_for(viewer: Viewer, post_id: int) -> Post:
    """One post.

    Raises:
        NotFound: none such, or of a division that is not the viewer's.
    """
    post = posts(viewer).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post


def head_posts(agency_ids: Iterable[int]) -> dict[int, Post]:
    """The head's post of each agency that has one."""
    rows = Post.objects.filter(agency_id__in=list(agency_ids), is_head=True, is_active=True).select_related("agency")
    return {post.agency_id: post for post in rows}


def agency_names(viewer: Viewer, agency_ids: Iterable[int]) -> dict[int, str]:
    """The names in daily use of agencies of the viewer's divisions, those that ended too; one query.

    Where several divisions are looked at, those below say of which they are: each county has its bureau of finance.
    """
    rows = Agency.objects.filter(pk__in=list(agency_ids), division_id__in=viewer.division_ids)
    named = rows.select_related("division").only("name", "short_name", "division__name")
    return {agency.pk: _named_for(viewer, agency) for agency in named}


def _named_for(viewer: Viewer, agency: Agency) -> str:
    is_plain = len(viewer.division_ids) == 1 or agency.division_id == viewer.division_id
    return str(agency) if is_plain else f"{agency.division} {agency}"


def leader_names(agency_ids: Iterable[int], on: date) -> dict[int, str]:
    """Agency to the name of the post of the leader in charge of it on the day; one query."""
    rows = LineOfCharge.objects.filter(in_force(on), agency_id__in=list(agency_ids))
    return dict(rows.values_list("agency_id", "leader_post__name"))


def leaders_in_charge(agency_ids: Iterable[int], on: date) -> dict[int, int]:
    """Agency to the post of the leader in charge of it on the day."""
    rows = LineOfCharge.objects.filter(in_force(on), agency_id__in=list(agency_ids))
    return dict(rows.values_list("agency_id", "leader_post_id"))


def posts_with_role(division_id: int, role: str, on: date) -> list[int]:
    """Posts of exactly this division that carry the role on the day."""
    rows = RoleGrant.objects.filter(in_force(on), role=role, post__division_id=division_id, post__is_active=True)
    return list(rows.values_list("post_id", flat=True))


def leader_posts(viewer: Viewer) -> QuerySet[Post]:
    """Posts of the viewer's own division that lead today, as `posts` gives them."""
    return posts(viewer).filter(pk__in=posts_with_role(viewer.division_id, Role.COUNTY_LEADER, clock.today()))


def users_at(post_ids: Iterable[int], on: date) -> dict[int, list[int]]:
    """Post to the people who act in it on the day: its holder, and the holder of the post it is lent to."""
    wanted = list(post_ids)
    lent = dict(
        Delegation.objects.filter(in_force(on), revoked_at=None, from_post_id__in=wanted).values_list(
            "from_post_id", "to_post_id"
        )
    )
    rows = Tenure.objects.filter(in_force(on), post_id__in=[*wanted, *lent.values()])
    holders = dict(rows.values_list("post_id", "user_id"))
    return {
        post: [holders[seat] for seat in (post, lent.get(post)) if seat is not None and seat in holders]
        for post in wanted
    }
