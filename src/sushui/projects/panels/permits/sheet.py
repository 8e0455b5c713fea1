"""The permits of one project as their page tells them: the answer first, then the steps, then the graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from sushui.kernel.days import working_calendar
from sushui.kernel.labels import label_of
from sushui.kernel.months import end_of
from sushui.kernel.settings_registry import setting
from sushui.kernel.viewer import Viewer
from sushui.projects.adapter.permits import PermitTemplate, laws_of, moved_by_slip, template_of
from sushui.projects.enums.permits import PermitState
from sushui.projects.models import PermitOverrun, PermitPlan, PermitStep, PermitStop, Project
from sushui.projects.panels.permits.graph import Drawing, drawing, leading_to
from sushui.projects.panels.permits.offers import DONE_AT_ONCE, PermitOffer, next_offers, step_offers
from sushui.projects.panels.permits.registering import DUE_SOON
from sushui.projects.panels.permits.wording import (
    called,
    forecast_in_words,
    limit_in_words,
    slack_in_words,
    source_in_words,
    span_in_words,
    standing_in_words,
    start_in_words,
    state_in_words,
    validity_in_words,
    version_in_words,
)
from sushui.projects.permissions import may_plan_permits
from sushui.projects.queries.permits import permit_plan_of, permit_steps_of
from sushui.projects.rules.permits import Forecast, Moved, StepLaw, StepReading, light_of
from sushui.projects.services.permits import read_plan
from sushui.supervision.enums import StatusLight

S = PermitState


@dataclass(frozen=True)
class BeforeLine:
    """A prerequisite with its source."""

    title: str
    source: str


@dataclass(frozen=True)
class PermitLine:
    """One step: what its path says, where it stands and why, what can be done."""

    step: PermitStep
    law: StepLaw
    reading: StepReading
    light: StatusLight
    why: str
    is_critical: bool
    is_after_start: bool
    before: list[BeforeLine]
    offers: list[PermitOffer]
    next: list[PermitOffer]

    @property
    def title(self) -> str:
        return called(self.step)

    @property
    def is_own_work(self) -> bool:
        """Whether nothing is filed: the project unit does it, or it is a day that is reached."""
        return self.law.kind in DONE_AT_ONCE

    @property
    def state(self) -> str:
        return state_in_words(self.reading.state, is_own_work=self.is_own_work)

    @property
    def forecast(self) -> str:
        """The day on which it can be finished, with “≥” where that is the least; not known where nobody can say."""
        return forecast_in_words(self.reading, is_after_start=self.is_after_start)

    @property
    def limit(self) -> str:
        return limit_in_words(self.law)

    @property
    def limit_source(self) -> str:
        return source_in_words(self.law.limit_source)

    @property
    def minimum(self) -> str:
        """What it takes at least, where the law says only that."""
        return span_in_words(self.law.minimum) if self.law.minimum and not self.law.limit else ""

    @property
    def promised(self) -> str:
        return span_in_words(self.law.promised) if self.law.promised else ""

    @property
    def holder(self) -> str:
        """The agency that holds it; the kind of agency where nobody said which one that is here."""
        return str(self.step.agency) if self.step.agency else called(self.law.agency)

    @property
    def validity(self) -> str:
        return validity_in_words(self.law)

    @property
    def documents_source(self) -> str:
        return source_in_words(self.law.documents_source)

    @property
    def stops(self) -> list[tuple[str, str]]:
        """For what the clock stands still, each with its source."""
        return [(label_of(kind), source_in_words(source)) for kind, source in self.law.stops.items()]

    @property
    def state_short(self) -> str:
        """What stands at the foot of the step's box: the state, and the day that matters."""
        if self.is_done:
            return f"{self.state} {self.step.granted_on or ''}".strip()
        day = self.reading.due_on or self.reading.earliest_finish
        said = self.state
        return f"{said} {day:%m-%d}" if day and self.reading.state is not S.WAITING else said

    @property
    def slack(self) -> str:
        return slack_in_words(self.reading)

    @property
    def overrun(self) -> PermitOverrun | None:
        """The newest limit that passed, with its task."""
        return next(reversed(self.step.overruns.all()), None)

    @property
    def open_stop(self) -> PermitStop | None:
        return next((stop for stop in self.step.stops.all() if stop.until_on is None), None)

    @property
    def is_done(self) -> bool:
        return self.reading.state is S.DONE


@dataclass(frozen=True)
class PermitSheet:
    """All that the page of a project's permits shows."""

    project: Project
    plan: PermitPlan
    template: PermitTemplate
    found: Forecast
    lines: list[PermitLine]
    may_plan: bool

    @property
    def answer(self) -> str:
        return start_in_words(self.found)

    @cached_property
    def by_key(self) -> dict[str, PermitLine]:
        return {line.step.key: line for line in self.lines}

    @property
    def before_start(self) -> list[PermitLine]:
        """What leads to the start of construction, the start with it."""
        wanted = leading_to(self.found.goal, self._requires)
        return [line for line in self.lines if line.step.key in wanted]

    @property
    def after_start(self) -> list[PermitLine]:
        wanted = leading_to(self.found.goal, self._requires)
        return [line for line in self.lines if line.step.key not in wanted]

    @property
    def _requires(self) -> dict[str, list[str]]:
        return {line.step.key: [each.key for each in line.law.requires] for line in self.lines}

    @property
    def critical(self) -> list[PermitLine]:
        return [self.by_key[key] for key in self.found.critical_path]

    @property
    def fileable(self) -> list[PermitLine]:
        """What can be handed in to an agency today."""
        return [self.by_key[key] for key in self.found.fileable if not self.by_key[key].is_own_work]

    @property
    def begins(self) -> list[PermitLine]:
        """Work of the project unit itself that can be begun today."""
        return [self.by_key[key] for key in self.found.fileable if self.by_key[key].is_own_work]

    @property
    def late(self) -> list[PermitLine]:
        """Over their limit, run out, or running out before construction can begin."""
        return [line for line in self.lines if line.light is StatusLight.RED or line.reading.expires_too_early]

    @property
    def unknown(self) -> list[PermitLine]:
        return [self.by_key[key] for key in self.found.unknown]

    @property
    def undecided(self) -> list[str]:
        """Choices that nobody has made: "one of …"."""
        return [_(", ").join(called(self.template.flags[flag]) for flag in choice) for choice in self.found.undecided]

    @property
    def flags(self) -> list[str]:
        return [called(self.template.flags[flag]) for flag in self.plan.flags if flag in self.template.flags]

    @property
    def version(self) -> int:
        return self.plan.template.number if self.plan.template else 0

    @property
    def version_in_words(self) -> str:
        return version_in_words(self.version)

    @property
    def planned_until(self) -> date | None:
        """The last day of the month for which the ledger plans the start."""
        month = self.project.planned_start_month
        return end_of(month) if month else None

    @property
    def is_behind(self) -> bool:
        """Whether the forecast lies after the month that the ledger plans."""
        planned = self.planned_until
        return planned is not None and not self.found.is_reached and self.found.goal_on > planned

    def graph(self, *, whole: bool) -> Drawing:
        """The steps up to the start of construction, or all."""
        requires = self._requires if whole else leading_to(self.found.goal, self._requires)
        return drawing(requires, {key: line.title for key, line in self.by_key.items()}, self.found.critical_path)


@dataclass(frozen=True)
class SlipLine:
    """How far one step moves."""

    title: str
    move: Moved
    is_goal: bool


def permit_sheet(viewer: Viewer, project: Project) -> PermitSheet | None:
    """Read everything about a project's permits once; None before a path is chosen."""
    plan = permit_plan_of(project)
    if plan is None:
        return None
    plan.project = project
    steps = permit_steps_of(plan)
    found, laws = read_plan(plan, steps), laws_of(plan)
    names = {step.key: called(step) for step in steps}
    due_soon = setting(DUE_SOON, project.division_id)
    for step in steps:
        step.project = project
    before = leading_to(found.goal, {key: [each.key for each in law.requires] for key, law in laws.items()})
    lines = [_line(viewer, step, laws[step.key], found, names, due_soon, step.key not in before) for step in steps]
    template = template_of(plan.path, plan.variant, plan.template)
    return PermitSheet(project, plan, template, found, lines, bool(may_plan_permits(viewer, project)))


def _line(
    viewer: Viewer,
    step: PermitStep,
    law: StepLaw,
    found: Forecast,
    names: dict[str, str],
    due_soon: int,
    is_after_start: bool,
) -> PermitLine:
    reading = found.steps[step.key]
    offers = [] if step.key == found.goal else step_offers(viewer, step, law, reading)
    return PermitLine(
        step=step,
        law=law,
        reading=reading,
        light=light_of(reading, due_soon),
        why=standing_in_words(reading, law, names),
        is_critical=step.key in found.critical_path,
        is_after_start=is_after_start,
        before=[BeforeLine(names[each.key], source_in_words(each.source)) for each in law.requires],
        offers=offers,
        next=next_offers(offers, reading),
    )


def slip_lines(sheet: PermitSheet, key: str, days: int, today: date) -> tuple[list[SlipLine], Moved | None]:
    """What moves if a step ends so many working days later, and how far the start does.

    Raises:
        DomainError: ``permit_not_a_slip``, ``permit_step_done``, ``permit_unknown_step``.
    """
    steps: Sequence[PermitStep] = [line.step for line in sheet.lines]
    moves, goal = moved_by_slip(
        sheet.plan, steps, sheet.project.started_on, today, working_calendar(), key=key, by_days=days
    )
    lines = [SlipLine(sheet.by_key[move.key].title, move, move.key == sheet.found.goal) for move in moves]
    return lines, goal
