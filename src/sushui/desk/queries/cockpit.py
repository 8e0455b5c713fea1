"""The county on one page. Each figure is counted by the same filter by which its list is narrowed.

What a figure counts stands in the rooms below; here they are only put together, by a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import VisitFilter, visits
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import agency_names, division_for, division_tree, divisions, leader_names, subtree_ids
from sushui.projects import queries as projects
from sushui.projects.enums import ProjectStage
from sushui.projects.queries import DivisionSum, LedgerTotals, MonthSum, ProjectFilter
from sushui.supervision import queries as supervision
from sushui.supervision.enums import StatusLight, TaskState
from sushui.supervision.queries import Punctuality, TaskFilter

if TYPE_CHECKING:
    from sushui.organizations.models import Division
    from sushui.projects.models import MonthlyFigure, Project, ProjectMonth

COMPARED = (DivisionLevel.COUNTY, DivisionLevel.ZONE)
Grid = Mapping[tuple[ProjectStage | int | None, StatusLight], int]


class TaskChange(StrEnum):
    """What may have happened to tasks since a day."""

    TURNED_RED = "turned_red"
    ASSIGNED = "assigned"
    CLOSED = "closed"


class ProjectChange(StrEnum):
    """What may have happened to projects since a day."""

    TURNED_RED = "turned_red"
    LEFT_RED = "left_red"
    TURNED = "turned"
    MOVED = "moved"
    HELD_UP = "held_up"


@dataclass(frozen=True)
class RedOwner:
    """What is red at one agency (None: nobody has said whose), in whose charge, and since when the longest is."""

    agency_id: int | None
    agency: str
    leader: str
    tasks: int
    projects: int
    since: date


@dataclass(frozen=True)
class AgencyRate:
    """Tasks of a lead agency that were closed on time, of those closed this year or overdue today."""

    agency_id: int
    agency: str
    on_time: int
    judged: int


@dataclass(frozen=True)
class Changes:
    """What happened since the beginning of a day; ``reported`` is investment in yuan."""

    since: date
    tasks: Mapping[TaskChange, int]
    projects: Mapping[ProjectChange, int]
    reported: Decimal
    visits: int


@dataclass(frozen=True)
class Cockpit:
    """A county, or all that lies below a city, as of now. ``division_id``: narrowed to one division below.

    ``grid`` counts projects by stage and light, with ``by_place`` by place and light. ``year_plans_alone``: how
    many plan the year but no month of it. ``last_due``: the newest month whose figures should be there. ``lately`` is
    what happened since ``meeting``, the last one, or since a day that was asked for; None where there was no meeting.
    """

    today: date
    division_id: int | None
    totals: LedgerTotals
    months: list[MonthSum]
    last_due: date
    year_plans_alone: int
    grid: Grid
    by_place: bool
    places: Mapping[int, str]
    red: list[RedOwner]
    rates: list[AgencyRate]
    held_up: int
    yesterday: Changes
    lately: Changes | None
    meeting: str

    @property
    def red_tasks(self) -> int:
        return sum(row.tasks for row in self.red)

    @property
    def red_projects(self) -> int:
        return sum(row.projects for row in self.red)

    @property
    def on_time(self) -> int:
        return sum(row.on_time for row in self.rates)

    @property
    def judged(self) -> int:
        return sum(row.judged for row in self.rates)


def seen_in(viewer: Viewer, division_id: int | None) -> Viewer:
    """The viewer, looking at one of their divisions and what lies below it.

    Raises:
        NotFound: none of theirs.
    """
    if division_id is None:
        return viewer
    return replace(viewer, division_ids=subtree_ids(division_for(viewer, division_id)))


def cockpit(
    viewer: Viewer, *, division_id: int | None = None, since: date | None = None, by_place: bool = False
) -> Cockpit:
    """The figures of the viewer's divisions, or of one of them.

    Raises:
        NotFound: ``division_id`` is none of theirs.
    """
    seen, today = seen_in(viewer, division_id), clock.today()
    ledger = projects.visible_projects(seen)
    meeting = None if since else supervision.last_meeting(viewer)
    lately = since or (meeting.issued_on if meeting else None)
    days = [today - timedelta(days=1), *([lately] if lately else [])]
    held_up, changes = _changes(seen, days, today.year)
    red, rates = _named(seen, supervision.punctuality_by_agency(seen))
    return Cockpit(
        today=today,
        division_id=division_id,
        totals=projects.ledger_totals(ledger, today.year),
        months=projects.month_sums(ledger, today.year),
        last_due=projects.light_limits(viewer.division_id, today).last_due_month(today),
        year_plans_alone=projects.planned_by_year_alone(ledger, today.year),
        grid=_grid(ledger, by_place=by_place),
        by_place=by_place,
        places={row.division.pk: row.division.name for row in division_tree(seen)} if by_place else {},
        red=red,
        rates=rates,
        held_up=held_up,
        yesterday=changes[0],
        lately=changes[1] if lately else None,
        meeting=str(meeting or ""),
    )


def _grid(ledger: QuerySet[Project], *, by_place: bool) -> Grid:
    counts: Mapping[Any, int] = projects.place_lights(ledger) if by_place else projects.stage_lights(ledger)
    return counts


# --- what is red, and who keeps time ---------------------------------------------------------------------------------
def _named(viewer: Viewer, punctual: list[Punctuality]) -> tuple[list[RedOwner], list[AgencyRate]]:
    """Whose the red tasks and projects are, the longest first; and the agencies that are judged, the worst first."""
    counts = _red_counts(viewer)
    numbers = {number for number in counts if number} | {each.owner_id for each in punctual}
    names, leaders = agency_names(viewer, numbers), leader_names(numbers, clock.today())
    red = [
        RedOwner(number, names.get(number or 0, ""), leaders.get(number or 0, ""), tasks, built, since)
        for number, (tasks, built, since) in counts.items()
    ]
    rates = [AgencyRate(each.owner_id, names.get(each.owner_id, ""), each.on_time, each.judged) for each in punctual]
    return sorted(red, key=_longest_first), sorted(rates, key=_worst_first)


def _red_counts(viewer: Viewer) -> dict[int | None, tuple[int, int, date]]:
    """Agency to its red tasks and projects, and since when the longest is red."""
    tasks = {each.agency_id: each for each in supervision.red_tasks_by_agency(viewer)}
    built = {each.agency_id: each for each in projects.red_projects_by_agency(viewer)}
    found: dict[int | None, tuple[int, int, date]] = {}
    for number in {*tasks, *built}:
        task, project = tasks.get(number), built.get(number)  # type: ignore[arg-type]
        since = min(each.since for each in (task, project) if each is not None)
        found[number] = (task.count if task else 0, project.count if project else 0, since)
    return found


def _longest_first(row: RedOwner) -> tuple[date, int, str]:
    return row.since, -(row.tasks + row.projects), row.agency


def _worst_first(row: AgencyRate) -> tuple[float, int, str]:
    """By rate; of equal ones whoever is late with more, then by name."""
    return row.on_time / row.judged, row.on_time - row.judged, row.agency


# --- what changed ----------------------------------------------------------------------------------------------------
def task_change(change: TaskChange, since: date, division_id: int | None = None) -> TaskFilter:
    """The tasks to which something happened since the beginning of a day."""
    narrowed = {
        TaskChange.TURNED_RED: TaskFilter(light=StatusLight.RED, red_since=since),
        TaskChange.ASSIGNED: TaskFilter(assigned_since=since),
        TaskChange.CLOSED: TaskFilter(state=TaskState.CLOSED, closed_since=since),
    }[change]
    return replace(narrowed, division_id=division_id)


def project_change(change: ProjectChange, since: date, division_id: int | None = None) -> ProjectFilter:
    """The projects to which something happened since the beginning of a day."""
    narrowed = {
        ProjectChange.TURNED_RED: ProjectFilter(light=StatusLight.RED, turned_since=since),
        ProjectChange.LEFT_RED: ProjectFilter(turned_since=since, turned_from=StatusLight.RED),
        ProjectChange.TURNED: ProjectFilter(turned_since=since),
        ProjectChange.MOVED: ProjectFilter(moved_since=since),
        ProjectChange.HELD_UP: ProjectFilter(held_up_since=since),
    }[change]
    return replace(narrowed, division_id=division_id)


def _changes(viewer: Viewer, days: list[date], year: int) -> tuple[int, list[Changes]]:
    """How many projects are held up now, and what happened since each of the days."""
    numbered = list(enumerate(days))
    tasks = {f"{number}_{each}": task_change(each, day) for number, day in numbered for each in TaskChange}
    built = {f"{number}_{each}": project_change(each, day) for number, day in numbered for each in ProjectChange}
    task_counts = supervision.task_counts(viewer, tasks)
    counts = projects.project_counts(viewer, {"held_up": ProjectFilter(is_held_up=True), **built})
    return counts["held_up"], [
        Changes(
            since=day,
            tasks={each: task_counts[f"{number}_{each}"] for each in TaskChange},
            projects={each: counts[f"{number}_{each}"] for each in ProjectChange},
            reported=projects.reported_since(viewer, year, day),
            visits=visits(viewer, VisitFilter(since=day)).count(),
        )
        for number, day in numbered
    ]


# --- the rows behind money -------------------------------------------------------------------------------------------
def month_of_money(viewer: Viewer, month: date) -> QuerySet[ProjectMonth]:
    """What each project planned and did in a month, the largest plan first."""
    return projects.months_in(projects.visible_projects(viewer), month)


def reports_since(viewer: Viewer, since: date) -> QuerySet[MonthlyFigure]:
    """This year's figures that were reported or corrected since a day, with what stood before."""
    told = projects.newly_reported(viewer, clock.today().year, since)
    return told.select_related("project__agency", "post__agency")


# --- counties side by side -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CountyRow:
    """The figures of one county and its development zones, the same that its cockpit shows."""

    division: Division
    red_tasks: int
    projects: DivisionSum
    on_time: int
    judged: int

    @property
    def rate(self) -> Decimal | None:
        """The part of the tasks closed on time, in percent; None where none is judged."""
        return Decimal(self.on_time * 100) / self.judged if self.judged else None

    @property
    def done(self) -> Decimal | None:
        """Investment done of the year's plan, in percent; None without a plan."""
        return self.projects.done * 100 / self.projects.planned if self.projects.planned else None


def counties(viewer: Viewer) -> dict[Division, list[int]]:
    """What is compared below the viewer's division, by code, each with the numbers of all divisions that count for it.

    Those are the counties with the development zones in them, and the zones that lie in no county; one query.
    """
    found: dict[Division, list[int]] = {}
    counted: dict[str, list[int]] = {}  # by path: whoever lies below finds its county without a search
    for division in divisions(viewer).exclude(pk=viewer.division_id):  # from the top down
        within = next((counted[path] for path in _above(division.path) if path in counted), None)
        if within is not None:
            within.append(division.pk)
        elif division.level in COMPARED:
            found[division] = counted[division.path] = [division.pk]
    return dict(sorted(found.items(), key=lambda pair: pair[0].code))


def _above(path: str) -> Iterator[str]:
    """The paths of the divisions above, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def county_rows(viewer: Viewer) -> list[CountyRow]:
    """Every county below the viewer's division, by code; six queries however many there are."""
    red = supervision.red_by_division(viewer)
    sums = projects.division_sums(viewer, clock.today().year)
    rates = _by_owner(supervision.punctuality_by_division(viewer))
    return [
        CountyRow(
            division,
            sum(red.get(each, 0) for each in within),
            sum((sums[each] for each in within if each in sums), DivisionSum()),
            *map(sum, zip(*(rates[each] for each in within), strict=True)),
        )
        for division, within in counties(viewer).items()
    ]


def _by_owner(rates: Iterable[Punctuality]) -> Mapping[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    found.update({each.owner_id: (each.on_time, each.judged) for each in rates})
    return found
