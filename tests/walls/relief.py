"""Requests of enterprises of both counties, for the world behind the walls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sushui.enterprises.queries import enterprise_for
from sushui.kernel.viewer import Viewer
from sushui.relief import services
from sushui.relief.enums import SupportChannel, SupportKind
from sushui.relief.models import SupportRequest
from sushui.relief.services import AssignDraft, RequestDraft

if TYPE_CHECKING:
    from tests.walls.world import World

# record: whose it is, as `enterprises.py` enters them, and who enters it.
ASKED = {
    "WISH": ("FORGE", "office"),
    "UNITWISH": ("UNIT", "enterprise"),
    "FARWISH": ("FARFORGE", "neighbor_office"),
}
SHARED = ("SHAREDONE", "SHAREDTWO")


def ask(world: World) -> None:
    """One request with the works bureau, one that waits, one of the neighbor's; and a common issue of two."""
    rows = {record: _ask(world, record, *parts) for record, parts in ASKED.items()}
    office = world.viewer("office")
    works = world.county.agencies["works"].pk
    services.assign_request(office, rows["WISH"], AssignDraft(works, note="MARK-WISH-NOTE"))
    numbers = [_ask(world, record, "FORGE", "office").pk for record in SHARED]
    draft = AssignDraft(works, kind=SupportKind.UTILITIES)
    issue = services.gather_requests(office, numbers, draft, title="MARK-SHARED-TITLE", content="MARK-SHARED-CONTENT")
    world.keep("common_issue", "SHARED", issue)


def _ask(world: World, record: str, enterprise: str, who: str) -> SupportRequest:
    viewer: Viewer = world.viewer(who)
    draft = RequestDraft(
        f"MARK-{record}-CONTENT",
        SupportChannel.FORM if who == "enterprise" else SupportChannel.PHONE,
        contact_name=f"MARK-{record}-CONTACT",
        location=f"MARK-{record}-PLACE",
    )
    found = enterprise_for(viewer, world.numbers["enterprise"][enterprise])
    row = services.receive_request(viewer, found, draft)
    world.keep("support_request", record, row)
    return row
