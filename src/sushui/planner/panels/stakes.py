"""What a plan hangs on: the worth of more of each factor and of clearing each bottleneck, and promises at risk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.viewer import Viewer
from sushui.planner import queries
from sushui.planner.enums import InquiryKind
from sushui.planner.models import Inquiry, Run
from sushui.planner.panels.reasons import Button, Reasons
from sushui.planner.panels.wording import activity_words
from sushui.planner.rules.weeks import Weeks


@dataclass(frozen=True)
class FactorWorth:
    """A factor, the step, and what a step more and a step less would do to the plan's worth."""

    name: str
    step: str
    more: str
    less: str
    order: int


@dataclass(frozen=True)
class BottleneckWorth:
    """An open bottleneck and what clearing it now is worth, beside clearing it when it is due."""

    number: int
    project: str
    text: str
    agency: str
    until: date
    what: str
    worth: str
    order: int
    is_open: bool


@dataclass(frozen=True)
class RiskLine:
    """A day that somebody relies on, and how often it is missed in 1,000 drawn courses."""

    number: int
    project: str
    what: str
    due: date
    missed: str
    median: date | None
    late: date | None


@dataclass
class StakesSheet:
    """All that was asked of a run beside why projects are left out."""

    viewer: Viewer
    run: Run

    @cached_property
    def reasons(self) -> Reasons:
        names = {key: said["name"] for key, said in self.run.facts["projects"].items()}
        return Reasons(self.viewer, self.run, names)

    @cached_property
    def weeks(self) -> Weeks:
        return Weeks(self.run.scenario.year, self.run.scenario.years)

    # --- factors -----------------------------------------------------------------------------------------------------
    @cached_property
    def worth(self) -> Inquiry | None:
        return self.reasons.asked(InquiryKind.WORTH)

    @cached_property
    def ask_worth(self) -> Button | None:
        return None if self.worth else self.reasons.ask(InquiryKind.WORTH, _("Work it out"))

    @cached_property
    def factors(self) -> list[FactorWorth]:
        """The factors of which more is worth the most, first."""
        rows = [self._factor(key, said) for key, said in (self.worth.answers if self.worth else {}).items()]
        return sorted(rows, key=lambda row: -row.order)

    def _factor(self, key: str, said: Mapping[str, Any]) -> FactorWorth:
        step = self.reasons.amount(key, said["by"])
        order = said["more"]["gain"] if said["more"]["gain"] is not None and said["more"]["is_owed"] else 0
        return FactorWorth(self.reasons.factor(key), step, gain_words(said["more"]), loss_words(said["less"]), order)

    # --- bottlenecks -------------------------------------------------------------------------------------------------
    @cached_property
    def bottleneck_inquiry(self) -> Inquiry | None:
        return self.reasons.asked(InquiryKind.BOTTLENECKS)

    @cached_property
    def ask_bottlenecks(self) -> Button | None:
        return None if self.bottleneck_inquiry else self.reasons.ask(InquiryKind.BOTTLENECKS, _("Work it out"))

    @cached_property
    def bottlenecks(self) -> list[BottleneckWorth]:
        """The open bottlenecks that the viewer may know of, those with the most at stake first."""
        inquiry = self.bottleneck_inquiry
        holds = inquiry.facts.get("holds", []) if inquiry else []
        known = queries.bottlenecks_numbered(self.viewer, [int(hold[0]) for hold in holds])
        answers = inquiry.answers if inquiry else {}
        found = [
            self._bottleneck(known[int(key)], activity, until, answers.get(key))
            for key, _project, activity, until, _by in holds
            if int(key) in known
        ]
        return sorted(found, key=lambda row: (-row.order, row.until))

    def _bottleneck(self, row: Any, activity: str, until: int, said: Mapping[str, Any] | None) -> BottleneckWorth:
        gain = (said or {}).get("gain")
        return BottleneckWorth(
            row.project_id,
            row.project.name,
            row.text,
            str(row.agency or ""),
            self.weeks.day_of(until),
            activity_words(activity, self.run.facts["steps"]),
            _("Not worked out.") if said is None else gain_words(said),
            gain if gain is not None else -1,
            row.resolved_on is None,
        )

    # --- risks -------------------------------------------------------------------------------------------------------
    @cached_property
    def risk_inquiry(self) -> Inquiry | None:
        return self.reasons.asked(InquiryKind.RISKS)

    @cached_property
    def ask_risks(self) -> Button | None:
        return None if self.risk_inquiry else self.reasons.ask(InquiryKind.RISKS, _("Work it out"))

    @cached_property
    def risks(self) -> list[RiskLine]:
        """The likeliest to be missed first."""
        answers = self.risk_inquiry.answers if self.risk_inquiry else {}
        found = sorted(answers.items(), key=lambda each: (-each[1]["missed"], each[1]["due"]))
        return [self._risk(key, said) for key, said in found]

    def _risk(self, key: str, said: Mapping[str, Any]) -> RiskLine:
        project, activity, _due = key.rsplit("/", 2)
        return RiskLine(
            int(project),
            self.reasons.named(project),
            activity_words(activity, self.run.facts["steps"]),
            self.weeks.last_day_before(said["due"]),
            f"{said['missed'] * 100:.0f}%",
            self._end(said["median"]),
            self._end(said["late"]),
        )

    def _end(self, week: int | None) -> date | None:
        return None if week is None else self.weeks.last_day_before(week)


def gain_words(said: Mapping[str, Any]) -> str:
    """What something that only gives is worth."""
    gain, at_most = said["gain"], said["at_most"]
    if gain is None:
        return _("no plan found in the time given")
    if gain > 0 and not said["is_owed"]:
        return _("a better plan was found that does not need it: search longer")
    if gain <= 0:
        if at_most is not None and at_most <= 0:
            return _("nothing")
        return _("nothing found; at most %(points)s points") % {"points": _counted(at_most)}
    return _("+%(points)s points") % {"points": _counted(gain)}


def loss_words(said: Mapping[str, Any]) -> str:
    """What something that only takes costs."""
    gain = said["gain"]
    if gain is None:
        is_proved = said["status"] == "infeasible"
        return _("not everything that must be could be") if is_proved else _("no plan found in the time given")
    if gain > 0:
        return _("a better plan was found that does without it: search longer")
    return _("%(points)s points") % {"points": f"{gain:,}"} if gain else _("nothing")


def _counted(points: int | None) -> str:
    return "—" if points is None else f"{points:,}"
