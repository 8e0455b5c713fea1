"""A plan that is adopted: the portfolio's next draft, milestones of construction, and tasks for those who must act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.months import month_of
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.wording import month_in_words
from sushui.planner.adapter import picture_of
from sushui.planner.enums import PlannerVerb, ScenarioState
from sushui.planner.models import Run, Scenario
from sushui.planner.permissions import may_adopt_plan
from sushui.planner.rules.pictures import PlannedProject
from sushui.planner.rules.weeks import Weeks
from sushui.planner.services.scenarios import open_scenario
from sushui.projects import queries as projects
from sushui.projects import services
from sushui.supervision.enums import OrderSource
from sushui.supervision.services import TaskDraft, raise_tasks

if TYPE_CHECKING:
    from sushui.projects.models import Milestone, PortfolioEntry, PortfolioVersion, Project


@dataclass(frozen=True)
class Adopted:
    """What adopting a plan made: a draft of the portfolio and so many tasks."""

    version: PortfolioVersion
    tasks: int


@dataclass(frozen=True)
class _Months:
    """The months in which the plan begins and ends the construction of a project."""

    start: date
    completion: date


@transaction.atomic
def adopt_plan(viewer: Viewer, run: Run, *, note: str = "", seen_version: int | None = None) -> Adopted:
    """Make the plan of a run the next draft of the year's portfolio.

    Projects of the plan are in it with the plan's months; those that the plan leaves out are out; those that could not
    be planned stay as they were. What is begun or ended otherwise than the list said becomes a task of whoever answers
    for the project. The draft is discussed and approved as any other.

    Raises:
        DomainError: ``no_plan``, ``run_open``, ``scenario_adopted``, and what the portfolio refuses.
    """
    if not may_adopt_plan(viewer, run):
        raise Forbidden
    scenario = open_scenario(viewer, run.scenario, seen_version)
    _refuse_without_plan(run)
    planned, out = _planned(run), _outside(run)
    with translation.override(settings.LANGUAGE_CODE):
        version = _draft(viewer, scenario, _standing(run), note)
        differences = list(_bring_in(viewer, version, planned, out))
        tasks = _tell(viewer, scenario, differences)
    scenario.state, scenario.adopted_run, scenario.adopted_version = ScenarioState.ADOPTED, run, version
    save_changes(scenario, "state", "adopted_run_id", "adopted_version_id")
    after = {"version": version.number, "projects": len(planned), "tasks": tasks}
    record_act(viewer, PlannerVerb.ADOPT, scenario, after=after, note=note)
    return Adopted(version, tasks)


def _refuse_without_plan(run: Run) -> None:
    if not run.is_final:
        raise DomainError("run_open", _("The plan is still being looked for."), _("Wait for its end, or stop it."))
    if run.plan is None:
        raise DomainError("no_plan", _("The run has found no plan."), _("Change the scenario and ask for a new run."))


def _planned(run: Run) -> dict[int, _Months]:
    weeks = Weeks(run.scenario.year, run.scenario.years)
    picture = picture_of(run.problem, run.plan, run.worth)
    return {int(each.key): _months(each, weeks) for each in picture.inside}


def _months(project: PlannedProject, weeks: Weeks) -> _Months:
    works = project.works
    return _Months(month_of(weeks.day_of(works.start)), month_of(weeks.last_day_before(works.end)))


def _outside(run: Run) -> set[int]:
    return {int(key) for key in picture_of(run.problem, run.plan, run.worth).outside}


# --- the portfolio ---------------------------------------------------------------------------------------------------
def _standing(run: Run) -> PortfolioVersion | None:
    """What the draft goes on from: the version that the plan before became, else the scenario's base."""
    before = run.replans.scenario.adopted_version if run.replans is not None else None
    return before or run.scenario.base


def _draft(viewer: Viewer, scenario: Scenario, standing: PortfolioVersion | None, note: str) -> PortfolioVersion:
    """The next draft from what stands, else the first of a new portfolio."""
    said = note or gettext("Plan of the scenario “%(name)s”") % {"name": scenario.name}
    if standing is not None:
        base = projects.portfolios.version_for(viewer, standing.pk)
        return services.portfolios.draft_from_version(viewer, base, note=said)
    opened = services.portfolios.open_portfolio(viewer, year=scenario.year, name=scenario.name)
    return services.portfolios.draft_from_ledger(viewer, opened, projects.ProjectFilter(), note=said)


@dataclass(frozen=True)
class _Difference:
    """What the plan says of a project: its milestones, and in ``words`` what it says otherwise; none: nothing."""

    project: Project
    words: str
    milestones: Sequence[tuple[str, date]] = ()


def _bring_in(
    viewer: Viewer, version: PortfolioVersion, planned: Mapping[int, _Months], out: set[int]
) -> Iterator[_Difference]:
    """Lead the draft from what it says to what the plan says; gives what that changes."""
    entries = {entry.project_id: entry for entry in projects.portfolios.entries_of(version)}
    for number in sorted(out & set(entries)):
        entry = entries[number]
        services.portfolios.take_out(viewer, _fresh(viewer, entry), reason=gettext("The plan leaves it out."))
        words = gettext("%(project)s: not in the portfolio of %(year)s; its start is put off")
        yield _Difference(entry.project, words % _named(entry, version))
    coming = [number for number in planned if number not in entries]
    if coming:
        services.portfolios.put_in(viewer, version, coming)
    for entry in projects.portfolios.entries_of(version):
        if entry.project_id in planned and entry.project.started_on is None:
            yield _retimed(viewer, entry, planned[entry.project_id], is_new=entry.project_id in coming)


def _retimed(viewer: Viewer, entry: PortfolioEntry, months: _Months, *, is_new: bool) -> _Difference:
    words = _new_words(entry, months) if is_new else _moved_words(entry, months)
    if (entry.start_month, entry.completion_month) != (months.start, months.completion):
        values = services.portfolios.EntryValues(
            entry.total, entry.planned, months.start, months.completion, entry.note
        )
        services.portfolios.change_entry(viewer, _fresh(viewer, entry), values)
    return _Difference(entry.project, words, _milestones(months))


def _fresh(viewer: Viewer, entry: PortfolioEntry) -> PortfolioEntry:
    """The entry as it is now: its rank moves with those of others."""
    return projects.portfolios.entry_for(viewer, entry.pk)


def _new_words(entry: PortfolioEntry, months: _Months) -> str:
    words = gettext("%(project)s: in the portfolio of %(year)s; construction begins in %(start)s")
    return words % (_named(entry, entry.list_version) | {"start": month_in_words(months.start)})


def _moved_words(entry: PortfolioEntry, months: _Months) -> str:
    """Nothing where the list named no start, and where it stays."""
    was, now = entry.start_month, months.start
    if was is None or was == now:
        return ""
    by = (now.year - was.year) * 12 + now.month - was.month
    count = abs(by)
    later = ngettext(
        "%(project)s: construction begins %(count)d month later, in %(start)s",
        "%(project)s: construction begins %(count)d months later, in %(start)s",
        count,
    )
    earlier = ngettext(
        "%(project)s: construction begins %(count)d month earlier, in %(start)s",
        "%(project)s: construction begins %(count)d months earlier, in %(start)s",
        count,
    )
    words = later if by > 0 else earlier
    return words % (_named(entry, entry.list_version) | {"count": count, "start": month_in_words(now)})


def _named(entry: PortfolioEntry, version: PortfolioVersion) -> dict[str, object]:
    return {"project": entry.project.name, "year": version.portfolio.year}


def _milestones(months: _Months) -> list[tuple[str, date]]:
    return [(gettext("Construction begins"), months.start), (gettext("Construction is completed"), months.completion)]


# --- who must act ----------------------------------------------------------------------------------------------------
def _tell(viewer: Viewer, scenario: Scenario, differences: Sequence[_Difference]) -> int:
    """Milestones of those that are in, and a task of the responsible agency for each difference; gives how many."""
    standing = projects.milestones_by_project([each.project.pk for each in differences])
    count = 0
    for each in differences:
        for name, day in each.milestones:
            _keep_milestone(viewer, each.project, name, day, standing.get(each.project.pk, []))
        if each.words and each.project.subject is not None and each.project.agency_id is not None:
            said = {"year": scenario.year, "project": each.project.name}
            title = (gettext("Plan of %(year)s: %(project)s") % said)[:255]
            task = TaskDraft(each.words, lead_agency_id=each.project.agency_id)
            count += len(raise_tasks(viewer, each.project.subject, [task], title=title, source=OrderSource.MEETING))
    return count


def _keep_milestone(viewer: Viewer, project: Project, name: str, day: date, standing: Iterable[Milestone]) -> None:
    """Plan a milestone for a day that has not passed; an open one of that name for another day makes room."""
    same = [each for each in standing if each.name == name and each.reached_on is None]
    if any(each.planned_on == day for each in same) or day < month_of(clock.today()):
        return
    for older in same:
        services.drop_milestone(viewer, older, reason=gettext("The plan says another day."))
    services.add_milestone(viewer, project, name=name, planned_on=day)
