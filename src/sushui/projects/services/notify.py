"""Telling those who answer for a project that it has turned red: each turn once, and never at night."""

from __future__ import annotations

from collections.abc import Sequence

from sushui.kernel import clock
from sushui.kernel.words import msg
from sushui.liaison.queries import standing_leaders
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.queries import head_posts, leaders_in_charge
from sushui.projects.models import LightTurn, Project
from sushui.supervision.enums import StatusLight

TURNED_RED = msg("Red: %(title)s")


def tell_of_red(turns: Sequence[LightTurn]) -> int:
    """Tell the head of the responsible agency, the leader in charge of it and the leader who stands by the project.

    Gives how many notices are new. Heads and leaders are read once for all turns; who is two of them is told once.
    """
    red = [turn for turn in turns if turn.after is StatusLight.RED]
    seats = _seats([turn.project for turn in red])
    return sum(_tell(turn, seats[turn.project_id]) for turn in red)


def _seats(projects: Sequence[Project]) -> dict[int, set[int]]:
    """Project to the posts that hear of it."""
    agency_ids = {project.agency_id for project in projects if project.agency_id is not None}
    heads = {agency_id: post.pk for agency_id, post in head_posts(agency_ids).items()}
    in_charge = leaders_in_charge(agency_ids, clock.today())
    standing = standing_leaders(project.subject_id for project in projects if project.subject_id is not None)
    found = {}
    for project in projects:
        agency, subject = project.agency_id or 0, project.subject_id or 0  # no record has the number 0
        posts = (heads.get(agency), in_charge.get(agency), standing.get(subject))
        found[project.pk] = {post for post in posts if post is not None}
    return found


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
