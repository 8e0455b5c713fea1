"""Who is affected by a new plan that keeps to the one before, and what has slipped since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_names
from sushui.planner.adapter import picture_of
from sushui.planner.enums import Affected, Slip
from sushui.planner.models import Run
from sushui.planner.panels.wording import activity_words, weeks_words
from sushui.planner.rules.pictures import Picture, PlannedProject, difference
from sushui.planner.rules.slips import Slipped, Standing, slips
from sushui.planner.rules.weeks import Weeks


@dataclass(frozen=True)
class AffectedLine:
    """A project for which something changes: its construction as it was planned, and as it is now; ``by`` in words."""

    number: int
    name: str
    agency: str
    what: str
    was_from: date | None = None
    was_until: date | None = None
    is_from: date | None = None
    is_until: date | None = None
    by: str = ""


@dataclass(frozen=True)
class SlipLine:
    """Something that did not come as planned."""

    number: int
    name: str
    words: str


@dataclass
class AffectedSheet:
    """A new plan held against the one before."""

    viewer: Viewer
    run: Run
    before: Run

    @cached_property
    def weeks(self) -> Weeks:
        return Weeks(self.run.scenario.year, self.run.scenario.years)

    @cached_property
    def _was(self) -> Picture:
        return picture_of(self.before.problem, self.before.plan, self.before.worth)

    @cached_property
    def _is(self) -> Picture:
        return picture_of(self.run.problem, self.run.plan, self.run.worth)

    @cached_property
    def _said(self) -> Mapping[str, Mapping[str, Any]]:
        """What each run says of its projects; the later one's word counts."""
        found: Mapping[str, Mapping[str, Any]] = {**self.before.facts["projects"], **self.run.facts["projects"]}
        return found

    @cached_property
    def _agencies(self) -> Mapping[int, str]:
        return agency_names(self.viewer, {said["agency"] for said in self._said.values() if said["agency"]})

    @cached_property
    def lines(self) -> list[AffectedLine]:
        """Those that go out, those that are moved the furthest first, those that come in."""
        found = difference(self._was, self._is)
        return [
            *(self._line(key, Affected.LEFT) for key in found.left),
            *(self._line(move.key, Affected.MOVED, _by_words(move.begins, move.ends)) for move in found.moved),
            *(self._line(key, Affected.JOINED) for key in found.entered),
        ]

    @cached_property
    def same(self) -> int:
        """How many projects nothing changes for."""
        return difference(self._was, self._is).same

    def _line(self, key: str, what: Affected, by: str = "") -> AffectedLine:
        said = self._said.get(key, {})
        was, now = self._days(self._was.planned.get(key)), self._days(self._is.planned.get(key))
        agency = self._agencies.get(said.get("agency") or 0, "")
        return AffectedLine(int(key), said.get("name", key), agency, label_of(what), *was, *now, by)

    def _days(self, project: PlannedProject | None) -> tuple[date | None, date | None]:
        if project is None:
            return None, None
        return self.weeks.day_of(project.works.start), self.weeks.last_day_before(project.works.end)

    # --- what has slipped --------------------------------------------------------------------------------------------
    @cached_property
    def slipped(self) -> list[SlipLine]:
        """What the registers said of the earlier plan when the new one was asked for."""
        now = self.weeks.of(self.run.created_at.date())
        return [
            SlipLine(int(each.project), self._said.get(each.project, {}).get("name", each.project), self._words(each))
            for each in slips(self._was.inside, dict(self._standing()), now)
        ]

    def _standing(self) -> Iterator[tuple[str, dict[str, Standing]]]:
        """By project what is still to be planned of it, from the new run's problem."""
        for project in self.run.problem["projects"]:
            rows = {}
            for activity in project.get("activities", []):
                done = activity.get("done")
                start = self.weeks.of(date.fromisoformat(done["from"])) if done else None
                rows[activity["key"]] = Standing(activity["key"], start)
            yield project["key"], rows

    def _words(self, slip: Slipped) -> str:
        day = self.weeks.day_of(slip.was) if slip.why is Slip.LATE else self.weeks.last_day_before(slip.was)
        what = activity_words(slip.activity, self._steps) if slip.activity else ""
        return _(slip.why.msgid) % {"day": day.isoformat(), "weeks": weeks_words(slip.by), "what": what}

    @cached_property
    def _steps(self) -> dict[str, list[str]]:
        return {**self.before.facts["steps"], **self.run.facts["steps"]}


def _by_words(begins: int, ends: int) -> str:
    """By how much construction is moved; both ends where they differ."""
    if begins == ends:
        return weeks_words(begins)
    return _("begins %(begins)s, ends %(ends)s") % {"begins": weeks_words(begins), "ends": weeks_words(ends)}
