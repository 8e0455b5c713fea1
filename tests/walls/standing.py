"""Subjects with people who stand by them, for the world behind the walls."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sushui.documents.services import Column, Table, render_workbook
from sushui.kernel import clock
from sushui.kernel.models import Subject
from sushui.kernel.subjects import SubjectKind, register_kind
from sushui.kernel.viewer import Viewer
from sushui.liaison import services
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.services import FindingDraft, LiaisonDraft, VisitDraft
from sushui.organizations.enums import Role

if TYPE_CHECKING:
    from tests.walls.world import World

OVERSEEING = (Role.COUNTY_LEADER, Role.SUPERVISION_OFFICE, Role.PROJECT_OFFICE)
# record: (who appoints, the agency that stands by it, the leader, who visits)
STOOD_BY = {
    "STAND": ("office", "works", "leader", "works_handler"),
    "NEARSTAND": ("neighbor_office", "neighbor_head", None, "neighbor_head"),
}


def stand_by(world: World) -> None:
    """Plant a subject of each county that is stood by and visited, and a list that is being read in."""
    register_kind(SubjectKind("wall", "Wall", _visible))
    for number, (record, parts) in enumerate(STOOD_BY.items(), start=1):
        _stand(world, record, number, *parts)
    table = Table("MARK-STANDLIST-TITLE", (Column("包联对象"), Column("包联领导")), (("MARK-STANDLIST-NAME", "x"),))
    staged = services.stage_list(
        world.viewer("office"), file_name="MARK-STANDLIST-FILE.xlsx", data=io.BytesIO(render_workbook(table)).getvalue()
    )
    world.keep("liaison_list", "STANDLIST", staged)


def _visible(viewer: Viewer) -> object:
    rows = Subject.objects.filter(kind="wall")
    return rows if viewer.has(*OVERSEEING) else rows.none()


def _stand(world: World, record: str, number: int, office: str, agency: str, leader: str | None, visitor: str) -> None:
    appointing, home = world.viewer(office), world.county.agencies[agency]
    subject = Subject.objects.create(
        kind="wall", object_id=number, label=f"MARK-{record}-LABEL", division_id=home.division_id
    )
    first = clock.today().replace(day=1)
    drafts = [LiaisonDraft(subject.pk, LiaisonRole.AGENCY, first, agency_id=home.pk, source=f"MARK-{record}-SOURCE")]
    if leader:
        drafts.append(LiaisonDraft(subject.pk, LiaisonRole.LEADER, first, post_id=world.county.posts[leader].pk))
    made = services.appoint_liaisons(appointing, drafts)
    found = (FindingDraft(f"MARK-{record}-FOUND", home.pk),)
    visit = VisitDraft(clock.today(), f"MARK-{record}-SEEN", place=f"MARK-{record}-PLACE", findings=found)
    world.keep("subject", record, subject)
    world.keep("liaison", record, made[0])
    world.keep("visit", record, services.log_visit(world.viewer(visitor), subject, visit))
