"""How the leaders keep their visits: how many they stand by, how many they visited this month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.queries.liaisons import visible_liaisons
from sushui.liaison.queries.lights import light_condition
from sushui.liaison.queries.standing import holds_on
from sushui.organizations.queries import posts
from sushui.supervision.enums import StatusLight

if TYPE_CHECKING:
    from sushui.organizations.models import Post


@dataclass(frozen=True)
class LeaderCount:
    """A leader's post with how many subjects it stands by, how many of them it visited this month, and the lights."""

    post: Post
    stands_by: int
    visited: int
    red: int
    yellow: int
    never: int
    since: date

    @property
    def is_complete(self) -> bool:
        return self.visited == self.stands_by


def leader_counts(viewer: Viewer) -> list[LeaderCount]:
    """Leaders that stand by something today, the longest without a visit first; three queries however many."""
    today = clock.today()
    rows = visible_liaisons(viewer).filter(holds_on(today), role=LiaisonRole.LEADER).order_by()
    lit = {
        light.value: Count("pk", filter=light_condition(light, viewer.division_ids, today))
        for light in (StatusLight.RED, StatusLight.YELLOW)
    }
    counted = list(
        rows.values("post_id").annotate(
            stands_by=Count("pk"),
            visited=Count("pk", filter=Q(last_visit_on__gte=today.replace(day=1))),
            never=Count("pk", filter=Q(last_visit_on=None)),
            since=Min("waits_since_on"),
            **lit,
        )
    )
    seats = {post.pk: post for post in posts(viewer).filter(pk__in=[row["post_id"] for row in counted])}
    found = [_count(seats[row["post_id"]], row) for row in counted if row["post_id"] in seats]
    return sorted(found, key=lambda each: (each.since, each.post.rank, each.post.pk))


def _count(post: Post, row: Mapping[str, Any]) -> LeaderCount:
    return LeaderCount(post=post, **{name: value for name, value in row.items() if name != "post_id"})
