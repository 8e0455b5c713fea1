"""What the ways to look at the ledger read: many projects at once, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from sushui.kernel import clock
from sushui.kernel.keyset import Sort
from sushui.organizations.queries import leader_names
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.looks import SORTED_BY, GridColumn
from sushui.projects.models import Bottleneck, Milestone, Project, ProjectMonth, StageChange
from sushui.projects.queries.figures import YearSum, year_sums
from sushui.projects.queries.ledger import next_milestones
from sushui.supervision.enums import StatusLight

NEWEST, AT_FIRST = "-pk", "-total"


# --- the order -------------------------------------------------------------------------------------------------------
def sort_called(asked: str) -> str:
    """The order that an address asks for when there is such a one, else the largest first."""
    return asked if asked == NEWEST or asked.removeprefix("-") in {each.value for each in SORTED_BY} else AT_FIRST


def sort_of(name: str) -> Sort:
    """An order by its name in an address: ``total``, ``-total``, ``-pk``."""
    if name == NEWEST:
        return Sort(("pk",), is_descending=True)
    field, has_empty = SORTED_BY[GridColumn(name.removeprefix("-"))]
    return Sort((field, "pk"), is_descending=name.startswith("-"), has_empty=has_empty)


# --- the grid --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class GridFacts:
    """A project with what stands beside it: its year in yuan, its next milestone, who leads, open bottlenecks."""

    project: Project
    year: YearSum
    step: Milestone | None = None
    leader: str = ""
    held_up: int = 0


def grid_facts(
    projects: Iterable[Project], year: int, columns: Collection[GridColumn] = tuple(GridColumn)
) -> list[GridFacts]:
    """What the columns need of the projects; as many queries for one project as for many."""
    rows = list(projects)
    numbers = [row.pk for row in rows]
    sums, steps = year_sums(numbers, year), next_milestones(numbers)
    leaders = leaders_of(rows) if GridColumn.LEADER in columns else {}
    held = held_up_counts(numbers) if GridColumn.HELD_UP in columns else {}
    return [
        GridFacts(row, sums[row.pk], steps.get(row.pk), leaders.get(row.agency_id or 0, ""), held.get(row.pk, 0))
        for row in rows
    ]


def leaders_of(projects: Iterable[Project]) -> dict[int, str]:
    """The post of the leader in charge of each responsible agency today; one query."""
    return leader_names({row.agency_id for row in projects if row.agency_id}, clock.today())


def held_up_counts(project_ids: Iterable[int]) -> dict[int, int]:
    """How many bottlenecks of each project are open; one query."""
    rows = Bottleneck.objects.filter(project_id__in=list(project_ids), resolved_on=None).order_by()
    return dict(rows.values_list("project_id").annotate(Count("pk")))


_SUMMED = {
    GridColumn.OUTPUT: "expected_output",
    GridColumn.TAX: "expected_tax",
    GridColumn.AREA: "area_mu",
    GridColumn.ENERGY: "energy_tce",
    GridColumn.JOBS: "jobs",
}


def column_sums(projects: QuerySet[Project], columns: Collection[GridColumn]) -> dict[GridColumn, Decimal | int]:
    """Sums of those columns that the project itself holds, beside the totals of the ledger; one query, or none."""
    wanted = {column: field for column, field in _SUMMED.items() if column in columns}
    if not wanted:
        return {}
    found = projects.order_by().aggregate(**{column.value: Sum(field) for column, field in wanted.items()})
    return {column: found[column.value] for column in wanted if found[column.value] is not None}


# --- the board -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class StageSum:
    """How many projects a stage holds, how many with each light, and their total investment in yuan."""

    count: int
    investment: Decimal
    lights: Mapping[StatusLight, int]


def stage_sums(projects: QuerySet[Project]) -> dict[ProjectStage, StageSum]:
    """The stages that hold any of the projects; one query."""
    rows = projects.order_by().values_list("stage", "light").annotate(Count("pk"), Sum("total_investment"))
    lights: dict[ProjectStage, dict[StatusLight, int]] = defaultdict(dict)
    money: dict[ProjectStage, Decimal] = defaultdict(Decimal)
    for stage, light, count, investment in rows:
        lights[stage][light] = count
        money[stage] += investment or 0
    return {stage: StageSum(sum(lights[stage].values()), money[stage], lights[stage]) for stage in lights}


def first_of_each_stage(projects: QuerySet[Project], sort: Sort, most: int) -> dict[ProjectStage, list[Project]]:
    """The first ``most`` projects of each stage in an order; one query."""
    order = [
        F(column).desc(nulls_last=True) if sort.is_descending else F(column).asc(nulls_last=True)
        for column in sort.columns
    ]
    placed = projects.annotate(place_in_stage=Window(RowNumber(), partition_by=F("stage"), order_by=order))
    found: dict[ProjectStage, list[Project]] = defaultdict(list)
    for project in placed.filter(place_in_stage__lte=most).order_by("place_in_stage"):
        found[project.stage].append(project)
    return found


# --- the months ------------------------------------------------------------------------------------------------------
def milestones_by_project(project_ids: Sequence[int]) -> dict[int, list[Milestone]]:
    """The milestones of each project that were not taken away, by planned day; one query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(project_id__in=project_ids, dropped_on=None)
    for milestone in rows.order_by("planned_on", "pk"):
        found[milestone.project_id].append(milestone)
    return found


def months_by_project(project_ids: Sequence[int], year: int) -> dict[int, dict[date, ProjectMonth]]:
    """What each project planned and did in each month of a year, where anything was said; one query."""
    found: dict[int, dict[date, ProjectMonth]] = defaultdict(dict)
    for row in ProjectMonth.objects.filter(project_id__in=project_ids, month__year=year):
        found[row.project_id][row.month] = row
    return found


def stages_by_project(project_ids: Sequence[int], year: int) -> QuerySet[StageChange]:
    """Which stages the projects reached in a year, in the order of time."""
    rows = StageChange.objects.filter(project_id__in=project_ids, on__year=year).exclude(before="")
    return rows.order_by("on", "pk")
