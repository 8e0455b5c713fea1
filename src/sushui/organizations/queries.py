"""Every read of organizations, viewer first (except those that find out who the viewer is)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Length

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.models import User
from sushui.kernel.viewer import PostChoice, Viewer
from sushui.organizations.enums import AgencyKind
from sushui.organizations.models import Agency, Delegation, Division, LineOfCharge, Post, RoleGrant, Tenure


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose ``from_on`` to ``to_on`` (open when empty) contain the day."""
    started = Q(**{f"{prefix}from_on__lte": on})
    return started & (Q(**{f"{prefix}to_on": None}) | Q(**{f"{prefix}to_on__gte": on}))


def held_posts(user: User, on: date) -> QuerySet[Post]:
    """Posts the person holds on the day, highest first."""
    return Post.objects.filter(in_force(on, "tenures__"), tenures__user=user, is_active=True).distinct()


def lent_posts(user: User, on: date) -> QuerySet[Post]:
    """Posts for which one of the person's posts acts on the day."""
    given = Delegation.objects.filter(in_force(on), revoked_at=None, to_post__in=held_posts(user, on))
    return Post.objects.filter(pk__in=given.values("from_post"), is_active=True)


def viewer_for(user: User, wanted_post_id: int | None = None) -> Viewer | None:
    """The viewer that ``user`` is now: in the wanted post if it is theirs, else in the first; None without any."""
    on = clock.today()
    held = list(held_posts(user, on).select_related("agency", "division"))
    lent = list(lent_posts(user, on).select_related("agency", "division"))
    posts = {post.pk: post for post in [*held, *lent]}
    if not posts:
        return None
    post = posts.get(wanted_post_id or 0) or next(iter(posts.values()))
    lent_ids = {post.pk for post in lent} - {post.pk for post in held}
    choices = tuple(
        PostChoice(p.pk, str(p), is_current=p.pk == post.pk, is_delegated=p.pk in lent_ids) for p in posts.values()
    )
    return _viewer_in(user, post, choices, is_delegate=post.pk in lent_ids)


def _viewer_in(user: User, post: Post, choices: tuple[PostChoice, ...], *, is_delegate: bool) -> Viewer:
    on = clock.today()
    return Viewer(
        user_id=user.pk,
        user_name=user.name,
        post_id=post.pk,
        post_name=post.name,
        agency_id=post.agency_id,
        agency_name=str(post.agency),
        division_id=post.division_id,
        division_name=post.division.name,
        division_ids=subtree_ids(post.division),
        agency_ids=_agency_subtree(post.agency_id),
        charge_agency_ids=_charged_agencies(post.pk, on),
        roles=frozenset(RoleGrant.objects.filter(in_force(on), post=post).values_list("role", flat=True)),
        is_delegate=is_delegate,
        posts=choices,
    )


def subtree_ids(division: Division) -> tuple[int, ...]:
    """The division and those below it that keep rows of their own (townships are places, not tenants)."""
    below = Q(path__startswith=f"{division.path}/") & ~Q(level="township")
    return tuple(Division.objects.filter(Q(pk=division.pk) | below).values_list("pk", flat=True))


def _agency_subtree(agency_id: int) -> tuple[int, ...]:
    found, front = [agency_id], [agency_id]
    while front:
        front = list(Agency.objects.filter(parent_id__in=front).values_list("pk", flat=True))
        found.extend(front)
    return tuple(found)


def _charged_agencies(post_id: int, on: date) -> tuple[int, ...]:
    return tuple(LineOfCharge.objects.filter(in_force(on), leader_post_id=post_id).values_list("agency_id", flat=True))


def lineage(division_id: int) -> tuple[int, ...]:
    """The division and those above it, nearest first."""
    own_path = Division.objects.filter(pk=division_id).values("path")
    rows = Division.objects.alias(own=Concat(Subquery(own_path), Value("/")), stem=Concat(F("path"), Value("/")))
    rows = rows.filter(own__startswith=F("stem")).order_by(Length("path").desc())
    return tuple(rows.values_list("pk", flat=True))


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


def responsible_agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies of the viewer's own division that can be given work."""
    kinds = [AgencyKind.DEPARTMENT, AgencyKind.TOWNSHIP, AgencyKind.SUBDISTRICT, AgencyKind.ZONE, AgencyKind.HOSPITAL]
    return agencies(viewer).filter(division_id=viewer.division_id, kind__in=kinds)


def posts(viewer: Viewer) -> QuerySet[Post]:
    """Posts of the viewer's divisions, each with its holder of today in ``holders_now`` (none or one)."""
    now = Tenure.objects.filter(in_force(clock.today())).select_related("user")
    rows = Post.objects.filter(division_id__in=viewer.division_ids, is_active=True)
    return rows.select_related("agency", "division").prefetch_related(
        Prefetch("tenures", queryset=now, to_attr="holders_now")
    )


def post_for(viewer: Viewer, post_id: int) -> Post:
    """One post.

    Raises:
        NotFound: none such, or of a division that is not the viewer's.
    """
    post = posts(viewer).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post


def people(viewer: Viewer) -> QuerySet[User]:
    """People who hold or held a post in the viewer's divisions, or hold none at all yet."""
    return User.objects.filter(
        Q(tenures__post__division_id__in=viewer.division_ids) | Q(tenures=None), is_active=True
    ).distinct()


def person_for(viewer: Viewer, user_id: int) -> User:
    """One person.

    Raises:
        NotFound: none such within the viewer's divisions.
    """
    person = people(viewer).filter(pk=user_id).first()
    if person is None:
        raise NotFound
    return person


def head_posts(agency_ids: Iterable[int]) -> dict[int, Post]:
    """The head's post of each agency that has one."""
    rows = Post.objects.filter(agency_id__in=list(agency_ids), is_head=True, is_active=True).select_related("agency")
    return {post.agency_id: post for post in rows}


def leaders_in_charge(agency_ids: Iterable[int], on: date) -> dict[int, int]:
    """Agency to the post of the leader in charge of it on the day."""
    rows = LineOfCharge.objects.filter(in_force(on), agency_id__in=list(agency_ids))
    return dict(rows.values_list("agency_id", "leader_post_id"))


def posts_with_role(division_id: int, role: str, on: date) -> list[int]:
    """Posts of exactly this division that carry the role on the day."""
    rows = RoleGrant.objects.filter(in_force(on), role=role, post__division_id=division_id, post__is_active=True)
    return list(rows.values_list("post_id", flat=True))


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
