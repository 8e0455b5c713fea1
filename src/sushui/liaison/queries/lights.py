"""The light of each liaison, from the dated settings of its division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.kernel.batches import kept
from sushui.kernel.settings_registry import settings_of_many
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.models import Liaison
from sushui.liaison.queries.names import post_label
from sushui.liaison.queries.standing import holds_on
from sushui.liaison.rules import Intervals, due_on, in_force, visit_light
from sushui.supervision.enums import StatusLight


@dataclass(frozen=True)
class LiaisonRow:
    """A liaison with its light of today: ``days_waited`` since the last visit, or since the appointment."""

    liaison: Liaison
    light: StatusLight
    days_waited: int
    interval_days: int
    due_on: date | None
    is_in_force: bool

    @property
    def who(self) -> str:
        """The post or the agency; a post with its holder of today, where the query fetched it."""
        return named(self.liaison)

    @property
    def reason(self) -> str:
        """Why the light is what it is, in words."""
        if not self.is_in_force:
            return _("not in force today")
        waited = self.days_waited
        if self.liaison.last_visit_on is None:
            said = ngettext(
                "never visited, appointed %(days)s day ago", "never visited, appointed %(days)s days ago", waited
            )
        elif waited == 0:
            said = _("visited today")
        else:
            said = ngettext("last visit %(days)s day ago", "last visit %(days)s days ago", waited)
        said %= {"days": waited}
        if not self.interval_days:
            return _("%(said)s; no visits are expected") % {"said": said}
        return _("%(said)s; expected every %(interval)s days") % {"said": said, "interval": self.interval_days}


def named(liaison: Liaison) -> str:
    """Who stands by: the agency, or the post with its holder of today where the query fetched it."""
    if liaison.agency_id is not None:
        return str(liaison.agency)
    return post_label(liaison.post)


def intervals_of(division_id: int, on: date) -> Intervals:
    """The intervals in force in a division on a day; read once in a batch."""
    return intervals_by_division([division_id], on)[division_id]


def intervals_by_division(division_ids: Iterable[int], on: date) -> dict[int, Intervals]:
    """The same for several divisions; two queries however many there are, and once in a batch."""
    wanted = tuple(sorted(set(division_ids)))

    def read() -> dict[int, Intervals]:
        said = settings_of_many("liaison", wanted, on)
        return {
            number: Intervals(each["leader_days"], each["service_days"], each["red_after"])
            for number, each in said.items()
        }

    return kept(("liaison.intervals", wanted, on), read)


def liaison_rows(liaisons: Iterable[Liaison]) -> list[LiaisonRow]:
    """Liaisons with their lights; the settings of each division once."""
    shown, today = list(liaisons), clock.today()
    intervals = intervals_by_division((each.division_id for each in shown), today)
    return [_row(each, intervals[each.division_id], today) for each in shown]


def _row(liaison: Liaison, intervals: Intervals, today: date) -> LiaisonRow:
    days = intervals.days_of(liaison.role)
    is_now = liaison.voided_at is None and in_force(liaison.from_on, liaison.to_on, today)
    waits = liaison.waits_since_on
    light = visit_light(is_in_force=is_now, waits_since=waits, days=days, red_after=intervals.red_after, on=today)
    return LiaisonRow(liaison, light, max((today - waits).days, 0), days, due_on(waits, days), is_now)


def light_condition(light: StatusLight, division_ids: Iterable[int], on: date) -> Q:
    """Liaisons of these divisions with this light on the day (`rules.visit_light`, said in SQL)."""
    same: dict[Intervals, list[int]] = defaultdict(list)
    for division_id, intervals in intervals_by_division(division_ids, on).items():
        same[intervals].append(division_id)
    found = Q(pk__in=[])
    for intervals, numbers in same.items():
        for role in LiaisonRole:
            days = intervals.days_of(role)
            lit = _lit(light, days, days * max(intervals.red_after, 1), on)
            found |= Q(division_id__in=numbers, role=role) & lit
    return ~holds_on(on) | found if light is StatusLight.NONE else found & holds_on(on)


def _lit(light: StatusLight, days: int, red_days: int, on: date) -> Q:
    """The bounds on the day since which a visit is waited for."""
    nothing, everything = Q(pk__in=[]), Q()
    if not days:
        return everything if light is StatusLight.NONE else nothing
    is_red, is_late = (Q(waits_since_on__lt=on - timedelta(days=length)) for length in (red_days, days))
    return {
        StatusLight.NONE: nothing,
        StatusLight.RED: is_red,
        StatusLight.YELLOW: is_late & ~is_red,
        StatusLight.GREEN: ~is_late,
    }[light]
