"""What the desk itself has for a day and a search: the house for its administrator, the directory for officials."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.desk import queries
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.front import Block, DayEntry, Figure, Finder, register_day, register_finder
from sushui.kernel.viewer import Viewer
from sushui.organizations.permissions import may_administer, may_see_directory

SEVERAL, MANY = 8, 20
POST_COLUMNS = Columns(Column("post", _("Post"), Kind.TITLE), Column("agency", _("Agency")))
ACCOUNT_COLUMNS = Columns(Column("name", _("Person"), Kind.TITLE), Column("account", _("Account")))
AGENCY_COLUMNS = Columns(Column("agency", _("Agency"), Kind.TITLE), Column("posts", _("Posts and who holds them")))


def register() -> None:
    """Put the administrator's day and the directory on the front."""
    register_day(DayEntry("house", 50, may_administer, _figures, _blocks))
    register_finder(Finder("directory", 20, may_see_directory, _agencies_found))


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


def _agencies_found(viewer: Viewer, text: str) -> Block | None:
    rows = queries.agencies_named(viewer, text)[:MANY]
    context = {"rows": rows, "columns": AGENCY_COLUMNS}
    return Block(_("Agencies and posts"), "desk/agencies.html", context) if rows else None
