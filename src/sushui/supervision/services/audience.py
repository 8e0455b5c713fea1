"""Who hears of the rungs that clocks climb, asked for once however many climb together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sushui.kernel import clock
from sushui.organizations.enums import Role
from sushui.organizations.queries import head_posts, leaders_in_charge, posts_with_role
from sushui.supervision.enums import Rung
from sushui.supervision.models import SupervisedTask, TaskClock


@dataclass(frozen=True)
class Audience:
    """Posts of a division: of the heads and of the leaders in charge by agency, and of the supervision office."""

    heads: Mapping[int, int]
    leaders: Mapping[int, int]
    office: frozenset[int]

    def of(self, running: TaskClock, rung: Rung) -> set[int]:
        """The handler, the agency's head, the leader in charge, the supervision office, as the rung has it.

        A clock without a part is the office's own: the office is reminded, and its leader hears when it is red.
        """
        task, part = running.task, running.part
        if rung is Rung.RED:
            leader = task.leader_post_id or self.leaders.get(_agency_of(running))
            return {leader} if leader else self._office_of(task)
        if rung is Rung.LISTED or part is None:
            return self._office_of(task)
        if rung is Rung.DUE_SOON and part.handler_post_id:
            return {part.handler_post_id}
        head = self.heads.get(part.agency_id)
        return {head} if head else self._office_of(task)

    def _office_of(self, task: SupervisedTask) -> set[int]:
        """The supervision office and the post that issued the task's order."""
        return {*self.office, task.order.issuer_post_id}


def audience_of(division_id: int, alarms: Collection[tuple[TaskClock, Rung]]) -> Audience:
    """Who hears of these alarms of a division today; at most three queries."""
    if not alarms:
        return Audience({}, {}, frozenset())
    agency_ids = {_agency_of(running) for running, _rung in alarms}
    heads = {agency_id: post.pk for agency_id, post in head_posts(agency_ids).items()}
    leaders = leaders_in_charge(agency_ids, clock.today())
    return Audience(heads, leaders, frozenset(posts_with_role(division_id, Role.SUPERVISION_OFFICE, clock.today())))


def _agency_of(running: TaskClock) -> int:
    """The agency whose clock it is: the part's, else the issuer's."""
    return running.part.agency_id if running.part else running.task.order.issuer_agency_id
