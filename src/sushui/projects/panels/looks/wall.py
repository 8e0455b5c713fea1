"""The chart for the wall (挂图作战): projects as rows in groups, the months of a year as columns, printed on A3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.labels import label_of
from sushui.kernel.months import end_of, month_of, year_months
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.looks import WallGroup
from sushui.projects.models import Milestone, Project, ProjectMonth, StageChange
from sushui.projects.queries import YearSum

MOST = 600  # rows on one chart; about thirty sheets


@dataclass(frozen=True)
class WallMark:
    """Something that happened or is planned in a month: a stage or a milestone, reached or not, late or not."""

    name: str
    is_reached: bool
    is_late: bool

    @property
    def shape(self) -> str:
        return "◆" if self.is_reached else "◇"


@dataclass(frozen=True)
class WallMonth:
    """A month of a row or of a group, in yuan; None is what nobody has said.

    ``missing``: how many rows of a group owe the month's figure; the sum of what was done lacks them.
    """

    month: date
    planned: Decimal | None = None
    actual: Decimal | None = None
    marks: tuple[WallMark, ...] = ()
    is_over: bool = False
    is_due: bool = False
    missing: int = 0

    @property
    def is_behind(self) -> bool:
        """Whether a month that is over was planned for and brought less, as it was reported."""
        return self.is_over and self.planned is not None and self.actual is not None and self.actual < self.planned

    @property
    def is_unreported(self) -> bool:
        """Whether a month that was planned for should be reported by now and is not."""
        return self.is_due and self.planned is not None and self.actual is None


@dataclass(frozen=True)
class WallRow:
    """A project on the chart, with its year in yuan."""

    number: int
    project: Project
    year: YearSum
    leader: str
    months: list[WallMonth]


@dataclass(frozen=True)
class WallPart:
    """The rows of one cluster, stage or agency, with their sums in yuan."""

    title: str
    rows: list[WallRow]
    months: list[WallMonth]
    investment: Decimal
    planned: Decimal
    done: Decimal

    @property
    def percent(self) -> Decimal | None:
        return self.done * 100 / self.planned if self.planned else None


def wall_parts(projects: Sequence[Project], year: int, by: WallGroup, last_due: date) -> list[WallPart]:
    """The chart of a year, reported until ``last_due``; as many queries for many projects as for one."""
    numbers, today = [project.pk for project in projects], clock.today()
    leaders, marks, sums = queries.leaders_of(projects), _marks(numbers, year, today), queries.year_sums(numbers, year)
    stands = queries.months_by_project(numbers, year)
    empty = [WallMonth(month, is_over=end_of(month) < today, is_due=month <= last_due) for month in year_months(year)]
    parted: dict[tuple[object, ...], list[Project]] = defaultdict(list)
    for project in projects:
        parted[_KEYS[by](project)].append(project)
    number, parts = 0, []
    for key in sorted(parted):
        rows = []
        for project in parted[key]:
            number += 1
            months = _months(empty, stands[project.pk], marks[project.pk])
            leader = leaders.get(project.agency_id or 0, "")
            rows.append(WallRow(number, project, sums[project.pk], leader, months))
        parts.append(_part(str(key[-1]), rows, year))
    return parts


def _by_cluster(project: Project) -> tuple[object, ...]:
    cluster = project.cluster
    return (0, cluster.rank, cluster.name) if cluster else (1, 0, _("Of no cluster"))


def _by_stage(project: Project) -> tuple[object, ...]:
    return list(ProjectStage).index(project.stage), label_of(project.stage)


def _by_agency(project: Project) -> tuple[object, ...]:
    return (0, str(project.agency)) if project.agency else (1, _("No agency yet"))


_KEYS: Mapping[WallGroup, Callable[[Project], tuple[object, ...]]] = {
    WallGroup.CLUSTER: _by_cluster,
    WallGroup.STAGE: _by_stage,
    WallGroup.AGENCY: _by_agency,
}


def _months(
    empty: Iterable[WallMonth], stands: Mapping[date, ProjectMonth], marks: Mapping[date, list[WallMark]]
) -> list[WallMonth]:
    found = []
    for each in empty:
        row = stands.get(each.month)
        planned, actual = (row.planned, row.actual) if row else (None, None)
        marked = tuple(marks.get(each.month, ()))
        found.append(WallMonth(each.month, planned, actual, marked, each.is_over, each.is_due))
    return found


def _marks(numbers: Sequence[int], year: int, today: date) -> Mapping[int, dict[date, list[WallMark]]]:
    """What stands in the months of each project: stages as they were reached, then milestones; two queries."""
    found: dict[int, dict[date, list[WallMark]]] = defaultdict(lambda: defaultdict(list))
    for change in queries.stages_by_project(numbers, year):
        found[change.project_id][month_of(change.on)].append(_stage_mark(change))
    for number, milestones in queries.milestones_by_project(numbers).items():
        for milestone in milestones:
            on = milestone.reached_on or milestone.planned_on
            found[number][month_of(on)].append(_milestone_mark(milestone, today))
    return found


def _stage_mark(change: StageChange) -> WallMark:
    return WallMark(label_of(change.after), is_reached=True, is_late=False)


def _milestone_mark(milestone: Milestone, today: date) -> WallMark:
    reached = milestone.reached_on
    is_late = (reached or today) > milestone.planned_on
    return WallMark(milestone.name, is_reached=reached is not None, is_late=is_late)


def _part(title: str, rows: list[WallRow], year: int) -> WallPart:
    sums = [
        WallMonth(
            month,
            _sum(row.months[place].planned for row in rows),
            _sum(row.months[place].actual for row in rows),
            missing=sum(row.months[place].is_unreported for row in rows),
        )
        for place, month in enumerate(year_months(year))
    ]
    investment = _sum(row.project.total_investment for row in rows)
    planned, done = (_sum(getattr(row.year, name) for row in rows) for name in ("planned", "done"))
    nothing = Decimal()
    return WallPart(title, rows, sums, investment or nothing, planned or nothing, done or nothing)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what was said; None where nobody said anything."""
    said = [amount for amount in amounts if amount is not None]
    return sum(said, Decimal()) if said else None
