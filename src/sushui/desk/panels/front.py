"""What the desk itself has for a day and a search: the house for its administrator, the directory for officials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.desk import queries
from sushui.kernel import subjects
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.front import (
    Block,
    DayEntry,
    Figure,
    Finder,
    Found,
    Hit,
    register_day,
    register_finder,
    register_finders,
)
from sushui.kernel.search import Sought
from sushui.kernel.viewer import Viewer
from sushui.organizations import queries as organizations
from sushui.organizations.permissions import may_administer, may_see_directory

if TYPE_CHECKING:
    from sushui.organizations.models import Agency, Post, Tenure

SEVERAL = 8
POST_COLUMNS = Columns(Column("post", _("Post"), Kind.TITLE), Column("agency", _("Agency")))
ACCOUNT_COLUMNS = Columns(Column("name", _("Person"), Kind.TITLE), Column("account", _("Account")))


def register() -> None:
    """Put the administrator's day and the directory on the front."""
    register_day(DayEntry("house", 50, may_administer, _figures, _blocks))
    register_finders(subjects.finders)
    register_finder(Finder("agencies", 30, pgettext_lazy("search", "Agencies"), may_see_directory, _agencies_found))
    register_finder(Finder("posts", 31, pgettext_lazy("search", "Posts"), may_see_directory, _posts_found))
    register_finder(Finder("people", 32, pgettext_lazy("search", "People"), may_see_directory, _people_found))


def _figures(viewer: Viewer) -> list[Figure]:
    people = reverse("organizations:people")
    return [
        Figure(_("Vacant posts"), queries.vacant_posts(viewer).count(), reverse("desk:vacant")),
        Figure(_("Accounts without a post"), queries.idle_accounts(viewer).count(), f"{people}?state=vacant"),
    ]


def _blocks(viewer: Viewer) -> list[Block]:
    vacant = list(queries.vacant_posts(viewer)[:SEVERAL])
    idle = list(queries.idle_accounts(viewer)[:SEVERAL])
    blocks = [
        Block(
            _("Posts that nobody holds"),
            "desk/posts.html",
            {"rows": vacant, "columns": POST_COLUMNS},
            reverse("desk:vacant"),
        ),
        Block(
            _("Accounts without a post"),
            "desk/accounts.html",
            {"rows": idle, "columns": ACCOUNT_COLUMNS},
            f"{reverse('organizations:people')}?state=vacant",
        ),
        Block(
            _("The house"),
            "desk/house.html",
            {"rows": [queries.chain_state()], "channels": queries.channels_on(viewer)},
        ),
    ]
    return [block for block in blocks if block.context["rows"]]


# --- search ----------------------------------------------------------------------------------------------------------
def _agencies_found(viewer: Viewer, sought: Sought, first: int) -> Found:
    rows, total = organizations.agencies_found(viewer, sought, first=first)
    return Found([_agency_hit(viewer, agency) for agency in rows], total)


def _agency_hit(viewer: Viewer, agency: Agency) -> Hit:
    """Its division is said where it is another one than the viewer's; its other names where it is found by them."""
    elsewhere = agency.division.name if agency.division_id != viewer.division_id else ""
    others = " ".join([agency.short_name, *agency.other_names, agency.code])
    url = reverse("organizations:agency", args=[agency.pk])
    return Hit(agency.name, url, note=elsewhere, other=others, is_spelled=True)


def _posts_found(viewer: Viewer, sought: Sought, first: int) -> Found:
    rows, total = organizations.posts_found(viewer, sought, first=first)
    return Found([_post_hit(post) for post in rows], total)


def _post_hit(post: Post) -> Hit:
    holders = [tenure.user.name for tenure in getattr(post, "holders_now", [])]
    url = reverse("organizations:post", args=[post.pk])
    return Hit(f"{post.agency}{post.name}", url, note="、".join(holders), is_spelled=True)


def _people_found(viewer: Viewer, sought: Sought, first: int) -> Found:
    rows, total = organizations.holders_found(viewer, sought, first=first)
    return Found([_person_hit(tenure) for tenure in rows], total)


def _person_hit(tenure: Tenure) -> Hit:
    url = reverse("organizations:post", args=[tenure.post_id])
    return Hit(tenure.user.name, url, note=str(tenure.post), is_spelled=True)
