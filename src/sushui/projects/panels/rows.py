"""Rows of the ledger: a project with its light in words, its year in money and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.kernel.months import end_of, month_of, months_between
from sushui.projects import queries
from sushui.projects.enums import LightRule
from sushui.projects.models import Milestone, Project, ProjectLight
from sushui.projects.panels.wording import month_in_words, sentence_of
from sushui.projects.queries import YearSum
from sushui.projects.rules.lights import LightLimits, ProjectFacts, due_on
from sushui.projects.rules.stages import is_built_in
from sushui.supervision.enums import StatusLight


@dataclass(frozen=True)
class StepDue:
    """A milestone and how far its day is."""

    milestone: Milestone
    words: str
    is_late: bool


@dataclass(frozen=True)
class ProjectRow:
    """A project in a list. ``reason``: what the rule that lit it says; ``step``: the next milestone."""

    project: Project
    reason: str
    year: YearSum
    step: StepDue | None

    @property
    def light(self) -> StatusLight:
        return StatusLight(self.project.light)


@dataclass(frozen=True)
class OwnRow:
    """A project that the viewer's agency answers for, with the months whose figures it owes.

    ``is_by_unit``: the report of the last month that has ended was given by the project's unit.
    """

    row: ProjectRow
    owed: tuple[date, ...]
    is_by_unit: bool = False

    @property
    def months(self) -> str:
        return _(", ").join(map(month_in_words, self.owed))


def project_rows(projects: Iterable[Project], year: int) -> list[ProjectRow]:
    """Rows of projects whose ``lights`` are at hand; two queries for their money and one for their milestones."""
    shown = list(projects)
    numbers = [project.pk for project in shown]
    sums, steps = queries.year_sums(numbers, year), queries.next_milestones(numbers)
    return [project_row(project, sums[project.pk], steps.get(project.pk)) for project in shown]


def project_row(project: Project, year: YearSum, step: Milestone | None) -> ProjectRow:
    """The row of a project whose ``lights``, year and next milestone are at hand."""
    return ProjectRow(project, reason_of(project), year, step_due(step, clock.today()))


def reason_of(project: Project) -> str:
    """The sentence of the first rule that gives the project its light; nothing while it shows none."""
    lit = deciding(project.lights.all(), StatusLight(project.light))
    return sentence_of(lit) if lit is not None else ""


def deciding(lights: Iterable[ProjectLight], light: StatusLight) -> ProjectLight | None:
    """The rule that lights the project, of several the one that has said so for longest; green and none need none.

    Missed months come last: they light a project only where a setting says so.
    """
    if light in {StatusLight.NONE, StatusLight.GREEN}:
        return None
    saying = (each for each in lights if each.light is light)
    return min(saying, key=lambda each: (each.rule is LightRule.MONTHS, each.since_on, each.pk), default=None)


def step_due(milestone: Milestone | None, today: date) -> StepDue | None:
    """A milestone with its distance in words: "in 12 days", "3 days late"."""
    if milestone is None:
        return None
    if milestone.reached_on is not None:
        return StepDue(milestone, "", is_late=False)
    days = (milestone.planned_on - today).days
    if days < 0:
        words = ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    elif days == 0:
        words = _("today")
    else:
        words = ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return StepDue(milestone, words, is_late=days < 0)


# --- what an agency owes ---------------------------------------------------------------------------------------------
def report_due_on(today: date, limits: LightLimits) -> date:
    """The last day for the figures that are reported now."""
    return due_on(queries.month_to_report(today), limits)


def owed_months(facts: ProjectFacts, today: date) -> tuple[date, ...]:
    """Months that have ended, of their year, in which there was construction, without a figure."""
    last, started = queries.month_to_report(today), facts.started_on
    if started is None or started > end_of(last):
        return ()
    told = {each.month for each in facts.months if each.actual is not None}
    first = max(month_of(started), last.replace(month=1))
    return tuple(each for each in months_between(first, last) if each not in told and is_built_in(each, facts))


def own_rows(projects: Sequence[Project], year: int) -> list[OwnRow]:
    """Rows of own projects with what they owe; as many queries for one as for many."""
    facts, today = queries.facts_of(projects), clock.today()
    by_unit = queries.reported_by_unit(projects, queries.month_to_report(today))
    return [
        OwnRow(row, owed_months(facts[row.project.pk], today), row.project.pk in by_unit)
        for row in project_rows(projects, year)
    ]
