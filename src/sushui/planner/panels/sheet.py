"""A scenario and its plan as their page tells them: what is in under the budget lines, what is out, what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of, label_of_field, label_of_value
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.wording import WAN
from sushui.kernel.words import msg
from sushui.organizations.queries import agency_names
from sushui.planner import queries
from sushui.planner.adapter import picture_of
from sushui.planner.enums import Doubt, InquiryKind, PlanStatus, ScenarioState
from sushui.planner.models import Run, Scenario, ScenarioChange
from sushui.planner.panels.affected import AffectedSheet
from sushui.planner.panels.charts import Gantt, ProfileChart, gantt, profile_chart
from sushui.planner.panels.reasons import Button, Reasons, Why
from sushui.planner.panels.wording import (
    activity_words,
    change_words,
    factor_words,
    lack_words,
    part_words,
    profile_unit,
)
from sushui.planner.permissions import may_adopt_plan, may_keep_planned
from sushui.planner.rules.pictures import Picture, PlannedProject, Profile
from sushui.planner.rules.weeks import Weeks
from sushui.planner.rules.weights import weights_of
from sushui.planner.services import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = {
    "ask": msg("Look for a plan"),
    "rank": msg("Plan by rank"),
    "adopt": msg("Adopt the plan"),
    "replan": msg("Plan anew"),
    "stakes": msg("What it hangs on"),
    "paper": msg("Decision paper"),
    "edit": msg("Change the scenario"),
    "copy": msg("Copy"),
}
CHANGES = {
    "change-pool": msg("More or less of a resource"),
    "change-money": msg("More or less money"),
    "put-in": msg("One more candidate"),
    "leave-out": msg("Leave a candidate out"),
    "mandatory": msg("In the plan in any case"),
    "fix-start": msg("Fix the start"),
    "promise": msg("Add a promise"),
    "require": msg("Only together with another"),
    "rival": msg("Never together with another"),
}


@dataclass(frozen=True)
class Offer:
    """Something that can be done now."""

    label: str
    url: str


def _offer(verb: str, name: str, number: int) -> Offer:
    return Offer(_(LABELS[verb]), reverse(f"planner:{name}", args=[number]))


@dataclass(frozen=True)
class ProjectLine:
    """A project of the plan: from when to when its papers and its construction go, what it does in the year (yuan)."""

    number: int
    name: str
    agency: str
    begins: date
    works_from: date
    works_until: date
    invested: Decimal


@dataclass(frozen=True)
class OutLine:
    """A project that the plan leaves out, and why."""

    number: int
    name: str
    agency: str
    why: Why


@dataclass(frozen=True)
class FactorLine:
    """A factor with its picture, and in words where it is tightest."""

    name: str
    unit: str
    used: str
    there: str
    percent: str
    on: date
    chart: ProfileChart
    is_renewable: bool


@dataclass(frozen=True)
class PartLine:
    """A part of the value in its own unit and in points."""

    label: str
    amount: str
    points: int


@dataclass(frozen=True)
class LackLine:
    """A project that cannot be planned, and what nobody has said of it."""

    number: int
    name: str
    reasons: list[str]


@dataclass
class PlanSheet:
    """The plan of one run, counted out from what the run was made from."""

    viewer: Viewer
    run: Run

    @cached_property
    def picture(self) -> Picture:
        return picture_of(self.run.problem, self.run.plan, self.run.worth)

    @cached_property
    def weeks(self) -> Weeks:
        return Weeks(self.run.scenario.year, self.run.scenario.years)

    @cached_property
    def names(self) -> dict[str, str]:
        return {key: said["name"] for key, said in self.run.facts["projects"].items()}

    @cached_property
    def _agencies(self) -> Mapping[int, str]:
        numbers = {said["agency"] for said in self.run.facts["projects"].values() if said["agency"]}
        return agency_names(self.viewer, numbers)

    def _agency(self, key: str) -> str:
        number = self.run.facts["projects"].get(key, {}).get("agency")
        return self._agencies.get(number, "") if number else ""

    @cached_property
    def inside(self) -> list[ProjectLine]:
        """What is in, by the start of construction."""
        return [self._line(each) for each in self.picture.inside]

    def _line(self, project: PlannedProject) -> ProjectLine:
        invested = (self.picture.invested or {}).get(project.key, 0)
        return ProjectLine(
            int(project.key),
            self.names.get(project.key, project.key),
            self._agency(project.key),
            self.weeks.day_of(project.start),
            self.weeks.day_of(project.works.start),
            self.weeks.last_day_before(project.works.end),
            invested * WAN,
        )

    @cached_property
    def outside(self) -> list[OutLine]:
        return [
            OutLine(int(key), self.names.get(key, key), self._agency(key), self.reasons.why(key))
            for key in self.picture.outside
        ]

    @cached_property
    def reasons(self) -> Reasons:
        """What has been worked out of why the plan is so."""
        return Reasons(self.viewer, self.run, self.names)

    @cached_property
    def ask_all(self) -> Button | None:
        """Asks why all are left out, where nobody has asked."""
        if not self.picture.outside or self.reasons.asked(InquiryKind.LEFT_OUT):
            return None
        return self.reasons.ask(InquiryKind.LEFT_OUT, _("Explain all"))

    @cached_property
    def affected(self) -> AffectedSheet | None:
        """What it changes of the plan before, if it keeps to one."""
        before = self.run.replans
        return AffectedSheet(self.viewer, self.run, before) if before is not None and self.run.plan else None

    @property
    def invested(self) -> Decimal:
        return sum((line.invested for line in self.inside), Decimal())

    @cached_property
    def factors(self) -> list[FactorLine]:
        """The factors, the tightest first."""
        found = [(profile, *profile.at(profile.tightest)) for profile in self.picture.profiles]
        found.sort(key=lambda each: -(each[1] / each[2] if each[2] else float(each[1] > 0)))
        return [self._factor(profile, used, there) for profile, used, there in found]

    def _factor(self, profile: Profile, used: float, there: float) -> FactorLine:
        said = self.run.facts["factors"].get(profile.key, {})
        factor = said.get("factor", profile.key)
        percent = f"{used / there * 100:.0f}%" if there else "—"
        return FactorLine(
            said.get("name") or factor_words(profile.key),
            profile_unit(factor, is_money=profile.is_money),
            f"{used:,.10g}",
            f"{there:,.10g}",
            percent,
            self.weeks.day_of(profile.tightest),
            profile_chart(profile),
            profile.is_renewable,
        )

    @cached_property
    def parts(self) -> list[PartLine]:
        """What the plan is worth by part."""
        points, worth = weights_of(self.run.scenario.weights), self.picture.worth or {}
        return [
            PartLine(label_of(part), part_words(part, worth[part]), points[part] * worth[part])
            for part in points
            if part in worth
        ]

    @property
    def price(self) -> int | None:
        """Points that counted against the plan for what it changes of the one before; None where there is none."""
        if self.run.replans_id is None or self.run.points is None or self.run.net is None:
            return None
        return self.run.points - self.run.net

    @cached_property
    def gantt(self) -> Gantt:
        titles = {project.key: dict(self._titles(project)) for project in self.picture.inside}
        return gantt(self.picture, self.weeks, self.names, titles, clock.today())

    def _titles(self, project: PlannedProject) -> Iterator[tuple[str, str]]:
        for each in project.activities:
            said = activity_words(each.key, self.run.facts["steps"])
            first, last = self.weeks.day_of(each.start), self.weeks.last_day_before(max(each.end, each.start + 1))
            yield each.key, f"{self.names.get(project.key, '')} · {said}: {first} – {last}"

    @cached_property
    def doubts(self) -> list[LackLine]:
        """What is planned although nobody knows whether it holds."""
        found = self.run.facts.get("doubts", {}).items()
        return [
            LackLine(int(key), self.names.get(key, key), [_(Doubt(why).msgid) % {"what": what} for why, what in said])
            for key, said in found
        ]

    @cached_property
    def lacking(self) -> list[LackLine]:
        """What could not be planned when the run was asked for."""
        return lack_lines(self.run.facts["missing"], self.names)


def lack_lines(missing: Mapping[str, list[list[str]]], names: Mapping[str, str]) -> list[LackLine]:
    """Projects that cannot be planned, by name, each with its reasons."""
    lines = [
        LackLine(int(key), names.get(key, key), [lack_words(why, what) for why, what in found])
        for key, found in missing.items()
    ]
    return sorted(lines, key=lambda line: (line.name, line.number))


@dataclass
class ScenarioSheet:
    """A scenario as its page shows it; what its plan says is in ``plan``."""

    viewer: Viewer
    scenario: Scenario

    @cached_property
    def runs(self) -> list[Run]:
        return queries.runs_of(self.scenario)

    @cached_property
    def current(self) -> Run | None:
        """The run that goes on, or the newest that ended without a plan: what the page must say first."""
        newest = self.runs[0] if self.runs else None
        shown = self.plan.run.pk if self.plan else None
        return newest if newest is not None and newest.pk != shown else None

    @cached_property
    def plan(self) -> PlanSheet | None:
        run = queries.planned_run(self.scenario)
        if run is None:
            return None
        run.scenario = self.scenario
        return PlanSheet(self.viewer, run)

    @cached_property
    def may_change(self) -> bool:
        return self.scenario.state is not ScenarioState.ADOPTED and bool(may_keep_planned(self.viewer, self.scenario))

    @cached_property
    def contradiction(self) -> Reasons | None:
        """Why the newest run has no plan, if nothing can."""
        newest = self.current
        if newest is None or newest.status is not PlanStatus.INFEASIBLE:
            return None
        run = queries.run_for(self.viewer, newest.pk)
        run.scenario = self.scenario
        return Reasons(self.viewer, run, _names(run.facts))

    @cached_property
    def is_searching(self) -> bool:
        return bool(self.runs) and not self.runs[0].is_final

    @cached_property
    def changes(self) -> list[tuple[ScenarioChange, str]]:
        return [(each, change_words(each)) for each in queries.changes_of(self.scenario)]

    @cached_property
    def lacking(self) -> list[LackLine]:
        """What cannot be planned: of the plan's run, else of the registers as they are now."""
        if self.plan is not None:
            return self.plan.lacking
        if self.runs:
            run = queries.newest_run(self.scenario)
            return lack_lines(run.facts["missing"], _names(run.facts)) if run else []
        return lack_lines(self._now["missing"], _names(self._now)) if self._now else []

    @cached_property
    def ready(self) -> int | None:
        """How many projects can be planned as the registers are now; None where they cannot be read so."""
        return len(self._now["projects"]) - len(self._now["missing"]) if self._now else None

    @cached_property
    def refusal(self) -> DomainError | None:
        """Why the registers cannot be planned with as they are; asked only before the first run."""
        return self._asked[1]

    @cached_property
    def _now(self) -> dict[str, dict[str, list[list[str]]]]:
        return self._asked[0]

    @cached_property
    def _asked(self) -> tuple[dict[str, dict[str, list[list[str]]]], DomainError | None]:
        try:
            return problem_of(self.viewer, self.scenario).facts, None
        except DomainError as refusal:
            return {}, refusal

    @cached_property
    def offers(self) -> list[Offer]:
        """Acts on the scenario, in the order of their use."""
        found = []
        plan, pk = self.plan, self.scenario.pk
        if self.may_change and plan is not None and plan.run.is_final and may_adopt_plan(self.viewer, plan.run):
            found.append(_offer("adopt", "run-adopt", plan.run.pk))
        if self.may_change and not self.is_searching:
            found.insert(0 if plan is None else 1, _offer("ask", "scenario-ask", pk))
            found.append(_offer("rank", "scenario-rank", pk))
        if plan is not None and plan.run.is_final:
            if may_keep_planned(self.viewer, self.scenario):
                found.append(_offer("replan", "run-replan", plan.run.pk))
            found += [_offer(verb, f"run-{verb}", plan.run.pk) for verb in ("stakes", "paper")]
        verbs = ["edit"] if self.may_change else []
        verbs += ["copy"] if may_keep_planned(self.viewer, self.scenario) else []
        return found + [_offer(verb, f"scenario-{verb}", pk) for verb in verbs]

    @cached_property
    def change_offers(self) -> list[Offer]:
        """What can be said otherwise."""
        if not self.may_change:
            return []
        return [
            Offer(_(label), reverse(f"planner:scenario-{verb}", args=[self.scenario.pk]))
            for verb, label in CHANGES.items()
        ]

    @cached_property
    def others(self) -> list[tuple[Scenario, str]]:
        """The scenarios with a plan that this one's can be held against."""
        if self.plan is None:
            return []
        rows = queries.others_planned(self.viewer, self.scenario)
        return [(each, reverse("planner:compare", args=[each.pk, self.scenario.pk])) for each in rows]

    @cached_property
    def story(self) -> list[StoryEntry]:
        lines = reversed(queries.scenario_story(self.scenario))
        return [entry_of(line, _line_changes(line)) for line in lines]


def _names(facts: dict[str, dict[str, list[list[str]]]]) -> dict[str, str]:
    return {key: said["name"] for key, said in facts["projects"].items()}  # type: ignore[call-overload]


def _line_changes(line: AuditLine) -> Iterator[Change]:
    for name, value in line.after.items():
        if name == "weights" or value in (None, "", []):
            continue
        before = line.before.get(name)
        if line.before and before == value:
            continue
        said = label_of_value(line.verb, name, str(value))
        yield Change(label_of_field(line.verb, name), str(before) if before not in (None, "") else None, said)
