"""The figures of the cockpit as pages show them: each with the address of exactly the rows that it counts or sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.desk.queries import (
    AgencyRate,
    Changes,
    Cockpit,
    CountyRow,
    ProjectChange,
    RedOwner,
    TaskChange,
    project_change,
    task_change,
)
from sushui.kernel.components import Column, Columns, Kind, Text
from sushui.kernel.labels import label_of
from sushui.projects.enums import ProjectStage
from sushui.projects.queries import ProjectFilter
from sushui.supervision.enums import StatusLight, Timeliness
from sushui.supervision.queries import TaskFilter

LIGHTS = (StatusLight.RED, StatusLight.YELLOW, StatusLight.GREEN, StatusLight.NONE)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that opens the rows it counts."""

    value: int
    url: str


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in yuan that opens the rows which sum to it."""

    value: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the five: what it says, of which parts, and how it changed; ``name`` tells it from the others."""

    name: str
    label: Text
    value: str
    url: str
    unit: Text = ""
    status: str = ""
    parts: tuple[tuple[Text, Count | Sum], ...] = ()
    changes: tuple[tuple[Text, Count | Sum], ...] = ()


@dataclass(frozen=True, slots=True)
class RedRow:
    agency: str
    leader: str
    tasks: Count
    projects: Count
    days: int
    since: date


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month: planned and done, and how much of all that was planned until its end is done.

    ``done_so_far`` is None until the month's figures are due; it counts the projects that are planned by month: what
    others do was in no month's plan.
    """

    month: date
    planned: Sum
    done: Sum
    planned_so_far: Decimal
    done_so_far: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        return share(self.done_so_far, self.planned_so_far)


@dataclass(frozen=True, slots=True)
class GridRow:
    label: Text
    cells: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class RateRow:
    agency: str
    on_time: Count
    judged: Count

    @property
    def percent(self) -> Decimal | None:
        return share(self.on_time.value, self.judged.value)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One kind of change, since yesterday and since the other day; None where there is no other day."""

    label: Text
    yesterday: Count | Sum
    lately: Count | Sum | None


def share(part: int | Decimal | None, whole: int | Decimal) -> Decimal | None:
    """``part`` of ``whole`` in percent; None where there is no part to speak of, or no whole."""
    return None if part is None or not whole else Decimal(part) * HUNDRED / Decimal(whole)


def percent_text(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def tasks_at(narrowed: TaskFilter) -> str:
    return f"{reverse('supervision:register')}?{narrowed.query}"


def projects_at(narrowed: ProjectFilter) -> str:
    return f"{reverse('projects:ledger')}?{narrowed.query}"


def page_at(name: str, **said: Any) -> str:
    return f"{reverse(name)}?{urlencode({key: value for key, value in said.items() if value})}"


class CockpitSheet:
    """A cockpit as its pages show it."""

    def __init__(self, found: Cockpit) -> None:
        self.found = found
        self.division_id = found.division_id

    # --- addresses
    def _tasks(self, count: int, **narrowed: Any) -> Count:
        return Count(count, tasks_at(TaskFilter(**narrowed, division_id=self.division_id)))

    def _projects(self, count: int, **narrowed: Any) -> Count:
        return Count(count, projects_at(ProjectFilter(**narrowed, division_id=self.division_id)))

    def _money(self, value: Decimal, name: str, **said: Any) -> Sum:
        return Sum(value, page_at(name, **said, division=self.division_id))

    # --- the five figures
    @cached_property
    def figures(self) -> list[Figure]:
        return [self._red_tasks(), self._red_projects(), self._investment(), self._on_time(), self._held_up()]

    @cached_property
    def red_tasks(self) -> Count:
        return self._tasks(self.found.red_tasks, light=StatusLight.RED)

    @cached_property
    def red_projects(self) -> Count:
        return self._projects(self.found.red_projects, light=StatusLight.RED)

    def _red_tasks(self) -> Figure:
        count = self.red_tasks
        changes = ((_("turned red"), TaskChange.TURNED_RED), (pgettext_lazy("tasks", "closed"), TaskChange.CLOSED))
        shown = tuple((label, self._task_change(self.found.yesterday, each)) for label, each in changes)
        return Figure(
            "red_tasks",
            _("Red tasks"),
            f"{count.value:,}",
            count.url,
            pgettext_lazy("unit", "tasks"),
            _red(count),
            (),
            shown,
        )

    def _red_projects(self) -> Figure:
        count = self.red_projects
        of = ((_("of all projects"), self._projects(self.found.totals.count)),)
        changes = ((_("turned red"), ProjectChange.TURNED_RED), (_("no longer red"), ProjectChange.LEFT_RED))
        shown = tuple((label, self._project_change(self.found.yesterday, each)) for label, each in changes)
        return Figure(
            "red_projects",
            _("Red projects"),
            f"{count.value:,}",
            count.url,
            pgettext_lazy("unit", "projects"),
            _red(count),
            of,
            shown,
        )

    def _investment(self) -> Figure:
        totals, ledger = self.found.totals, self._projects(0).url
        of = (
            (pgettext_lazy("money", "done"), Sum(totals.done, ledger)),
            (pgettext_lazy("money", "planned"), Sum(totals.planned, ledger)),
        )
        shown = ((pgettext_lazy("money", "reported"), self._reported(self.found.yesterday)),)
        value = percent_text(share(totals.done, totals.planned))
        return Figure("investment", _("This year's investment done"), value, ledger, "%", "", of, shown)

    def _on_time(self) -> Figure:
        found = self.found
        on_time = self._tasks(found.on_time, timeliness=Timeliness.ON_TIME)
        judged = self._tasks(found.judged, timeliness=Timeliness.JUDGED)
        value = percent_text(share(found.on_time, found.judged))
        of = (
            (pgettext_lazy("tasks", "closed on time"), on_time),
            (pgettext_lazy("tasks", "closed or overdue"), judged),
        )
        return Figure("on_time", _("Tasks on time"), value, judged.url, "%", "", of)

    def _held_up(self) -> Figure:
        count = self._projects(self.found.held_up, is_held_up=True)
        shown = ((_("newly held up"), self._project_change(self.found.yesterday, ProjectChange.HELD_UP)),)
        label = _("Projects held up by bottlenecks")
        return Figure("held_up", label, f"{count.value:,}", count.url, pgettext_lazy("unit", "projects"), "", (), shown)

    # --- what is red, and who keeps time
    @cached_property
    def red(self) -> list[RedRow]:
        return [self._red_row(row) for row in self.found.red]

    def _red_row(self, row: RedOwner) -> RedRow:
        whose = {"agency_id": row.agency_id} if row.agency_id else {"without": "agency"}
        return RedRow(
            agency=row.agency or _now("Nobody said whose"),
            leader=row.leader,
            tasks=self._tasks(row.tasks, light=StatusLight.RED, awaited_agency_id=row.agency_id),
            projects=self._projects(row.projects, light=StatusLight.RED, **whose),
            days=(self.found.today - row.since).days,
            since=row.since,
        )

    @cached_property
    def rates(self) -> list[RateRow]:
        return [self._rate_row(row) for row in self.found.rates]

    def _rate_row(self, row: AgencyRate) -> RateRow:
        lead = {"lead_agency_id": row.agency_id}
        return RateRow(
            row.agency,
            self._tasks(row.on_time, timeliness=Timeliness.ON_TIME, **lead),
            self._tasks(row.judged, timeliness=Timeliness.JUDGED, **lead),
        )

    # --- money by month
    @cached_property
    def months(self) -> list[MonthRow]:
        planned, kept, rows = Decimal(), Decimal(), []
        for each in self.found.months:
            planned, kept = planned + each.planned, kept + each.kept
            said = {"name": "desk:money", "month": f"{each.month:%Y-%m}"}
            sums = self._money(each.planned, **said), self._money(each.actual, **said)
            is_due = each.month <= self.found.last_due
            rows.append(MonthRow(each.month, *sums, planned, kept if is_due else None))
        return rows

    @property
    def halves(self) -> tuple[list[MonthRow], list[MonthRow]]:
        """The two halves of the year, which stand beside each other."""
        return self.months[:6], self.months[6:]

    # --- projects by stage or place, and light
    @property
    def lights(self) -> tuple[StatusLight, ...]:
        return LIGHTS

    @cached_property
    def grid(self) -> list[GridRow]:
        """One row for each stage in the order of a project's life, or for each place; empty ones are left out."""
        present = {key for key, _light in self.found.grid}
        if self.found.by_place:
            order = [place for place in self.found.places if place in present]
            named = [self._grid_row(self.found.places[place], {"place_id": place}, place) for place in order]
            unsaid = self._grid_row(_("Nobody said where"), {"without": "place"}, None)
            return [*named, unsaid] if None in present else named
        stages = [stage for stage in ProjectStage if stage in present]
        return [self._grid_row(label_of(stage), {"stage": stage}, stage) for stage in stages]

    def _grid_row(self, label: Text, narrowed: Mapping[str, Any], key: Any) -> GridRow:
        counts = [self.found.grid.get((key, light), 0) for light in LIGHTS]
        pairs = zip(LIGHTS, counts, strict=True)
        cells = tuple(self._projects(count, light=light, **narrowed) for light, count in pairs)
        return GridRow(label, cells, self._projects(sum(counts), **narrowed))

    @property
    def grid_total(self) -> GridRow:
        counts = [sum(row.cells[place].value for row in self.grid) for place in range(len(LIGHTS))]
        cells = tuple(self._projects(count, light=light) for light, count in zip(LIGHTS, counts, strict=True))
        return GridRow(_("All projects"), cells, self._projects(sum(counts)))

    # --- what changed
    @cached_property
    def changes(self) -> list[ChangeRow]:
        rows: list[tuple[Text, Callable[[Changes], Count | Sum]]] = [
            (_("Tasks that turned red"), lambda since: self._task_change(since, TaskChange.TURNED_RED)),
            (_("Tasks assigned"), lambda since: self._task_change(since, TaskChange.ASSIGNED)),
            (_("Tasks closed"), lambda since: self._task_change(since, TaskChange.CLOSED)),
            (_("Projects that turned red"), lambda since: self._project_change(since, ProjectChange.TURNED_RED)),
            (_("Projects no longer red"), lambda since: self._project_change(since, ProjectChange.LEFT_RED)),
            (_("Projects whose light turned"), lambda since: self._project_change(since, ProjectChange.TURNED)),
            (_("Projects that moved on"), lambda since: self._project_change(since, ProjectChange.MOVED)),
            (_("Projects newly held up"), lambda since: self._project_change(since, ProjectChange.HELD_UP)),
            (_("Investment reported"), self._reported),
            (_("Visits"), self._visits),
        ]
        lately = self.found.lately
        return [ChangeRow(label, made(self.found.yesterday), made(lately) if lately else None) for label, made in rows]

    def _task_change(self, changes: Changes, change: TaskChange) -> Count:
        return Count(changes.tasks[change], tasks_at(task_change(change, changes.since, self.division_id)))

    def _project_change(self, changes: Changes, change: ProjectChange) -> Count:
        return Count(changes.projects[change], projects_at(project_change(change, changes.since, self.division_id)))

    def _reported(self, changes: Changes) -> Sum:
        return self._money(changes.reported, "desk:reported", since=changes.since)

    def _visits(self, changes: Changes) -> Count:
        return Count(changes.visits, page_at("liaison:visits", since=changes.since, division=self.division_id))


def _red(count: Count) -> str:
    return StatusLight.RED.value if count.value else ""


# --- counties side by side -------------------------------------------------------------------------------------------
COUNTY_COLUMNS = Columns(
    Column("county", _("County"), Kind.TITLE, sortable=True),
    Column("red_tasks", _("Red tasks"), Kind.NUMBER, sortable=True),
    Column("red_projects", _("Red projects"), Kind.NUMBER, sortable=True),
    Column("projects", pgettext_lazy("column", "Projects"), Kind.NUMBER, sortable=True),
    Column("done", pgettext_lazy("money", "Done"), Kind.NUMBER, _("100m yuan"), sortable=True),
    Column("planned", _("Planned this year"), Kind.NUMBER, _("100m yuan"), sortable=True),
    Column("percent", _("Of the plan"), Kind.NUMBER, "%", sortable=True),
    Column("rate", _("Tasks on time"), Kind.NUMBER, "%", sortable=True),
    Column("held_up", _("Held up"), Kind.NUMBER, sortable=True),
)
_COUNTY_KEYS: Mapping[str, Callable[[CountyRow], Any]] = {
    "county": lambda row: row.division.code,
    "red_tasks": lambda row: row.red_tasks,
    "red_projects": lambda row: row.projects.red,
    "projects": lambda row: row.projects.count,
    "done": lambda row: row.projects.done,
    "planned": lambda row: row.projects.planned,
    "percent": lambda row: row.done,
    "rate": lambda row: row.rate,
    "held_up": lambda row: row.projects.held_up,
}


@dataclass(frozen=True, slots=True)
class CountyShown:
    """A county's row with the addresses of the rows behind each cell."""

    name: str
    url: str
    red_tasks: Count
    red_projects: Count
    projects: Count
    done: Sum
    planned: Sum
    percent: Decimal | None
    on_time: Count
    judged: Count
    rate: Decimal | None
    held_up: Count


def county_table(rows: Iterable[CountyRow], sort: str) -> list[CountyShown]:
    """The counties in the order asked for; what has no figure stands last either way."""
    key, is_down = _COUNTY_KEYS[sort.removeprefix("-")], sort.startswith("-")
    named = [(key(row), row) for row in rows]
    said = sorted([pair for pair in named if pair[0] is not None], key=lambda pair: pair[0], reverse=is_down)
    unsaid = [pair for pair in named if pair[0] is None]
    return [_county(row) for _key, row in [*said, *unsaid]]


def _county(row: CountyRow) -> CountyShown:
    sums = row.projects
    tasks, here = TaskFilter(division_id=row.division.pk), ProjectFilter(division_id=row.division.pk)
    ledger = projects_at(here)
    return CountyShown(
        name=row.division.name,
        url=page_at("desk:cockpit", division=row.division.pk),
        red_tasks=Count(row.red_tasks, tasks_at(replace(tasks, light=StatusLight.RED))),
        red_projects=Count(sums.red, projects_at(replace(here, light=StatusLight.RED))),
        projects=Count(sums.count, ledger),
        done=Sum(sums.done, ledger),
        planned=Sum(sums.planned, ledger),
        percent=row.done,
        on_time=Count(row.on_time, tasks_at(replace(tasks, timeliness=Timeliness.ON_TIME))),
        judged=Count(row.judged, tasks_at(replace(tasks, timeliness=Timeliness.JUDGED))),
        rate=row.rate,
        held_up=Count(sums.held_up, projects_at(replace(here, is_held_up=True))),
    )
