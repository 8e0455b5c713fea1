"""Who the viewer is: the one read that takes no viewer, since it finds them out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Length

from sushui.kernel import clock
from sushui.kernel.models import User
from sushui.kernel.viewer import PostChoice, Viewer
from sushui.organizations.models import Agency, Delegation, Division, LineOfCharge, Post, RoleGrant

POST_IN_SESSION = "post_id"  # where a session keeps which of the person's posts is in use


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


def viewer_of_account(username: str) -> Viewer | None:
    """The person with this account in the first of their posts, for a command; None when nobody is that or may act."""
    user = User.objects.filter(username=username, is_active=True).first()
    return viewer_for(user) if user is not None else None


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


def divisions_within(division_id: int) -> QuerySet[Division]:
    """`subtree_ids` of a division known by its number alone, to stand in another query."""
    path = Subquery(Division.objects.filter(pk=division_id).values("path"))
    below = Q(path__startswith=Concat(path, Value("/"))) & ~Q(level="township")
    return Division.objects.filter(Q(pk=division_id) | below).order_by()


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
    return lineages([division_id]).get(division_id, ())


def lineages(division_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Each of the divisions with itself and those above it, nearest first; one query.

    A path holds the codes from the top: those above are looked up by their codes, not found among all divisions.
    """
    codes = Func(OuterRef("path"), Value("/"), function="string_to_array")
    is_above = Func(F("code"), codes, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())
    line = Division.objects.filter(is_above).order_by(Length("path").desc()).values("pk")
    rows = Division.objects.filter(pk__in=list(division_ids)).annotate(line=ArraySubquery(line)).order_by()
    return {number: tuple(found) for number, found in rows.values_list("pk", "line")}
