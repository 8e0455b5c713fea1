"""Telling those who answer for a project that it has turned red: each turn once, and never at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sushui.kernel import clock
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.queries import head_posts, leaders_in_charge
from sushui.projects.models import LightTurn, Project
from sushui.supervision.enums import StatusLight

TURNED_RED = msg("Red: %(title)s")


def tell_of_red(turns: Sequence[LightTurn]) -> int:
    """Tell the head of the responsible agency and the leader in charge of it; gives how many notices are new.

    The agencies' heads and leaders are read once for all turns.
    """
    red = [turn for turn in turns if turn.after is StatusLight.RED]
    seats = _seats(turn.project for turn in red)
    return sum(_tell(turn, seats.get(turn.project.agency_id, set())) for turn in red)


def _seats(projects: Iterable[Project]) -> Mapping[int | None, set[int]]:
    agency_ids = {project.agency_id for project in projects if project.agency_id is not None}
    heads, leaders = head_posts(agency_ids), leaders_in_charge(agency_ids, clock.today())
    return {
        agency_id: {post for post in (head.pk if head else None, leaders.get(agency_id)) if post is not None}
        for agency_id, head in ((agency_id, heads.get(agency_id)) for agency_id in agency_ids)
    }


def _tell(turn: LightTurn, posts: set[int]) -> bool:
    return post_notice(
        key=f"projects.red:{turn.pk}",
        division_id=turn.division_id,
        post_ids=sorted(posts),
        msgid=TURNED_RED,
        params={"title": turn.project.name[:80]},
        url=f"/projects/{turn.project_id}/",
        tone=NoticeTone.RED,
        due_at=open_moment(turn.division_id, clock.now()),
    )
