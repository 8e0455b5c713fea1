"""The board: a column for each stage with its count and money, the first cards of each, and the way to more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.urls import reverse

from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.models import Project
from sushui.projects.panels.rows import ProjectRow, project_rows
from sushui.projects.permissions import may_edit_project
from sushui.projects.queries import StageSum
from sushui.projects.rules.stages import LIFE
from sushui.supervision.enums import StatusLight

FIRST, MORE, MOST = 8, 24, 200
LIGHTS_TOLD = (StatusLight.RED, StatusLight.YELLOW, StatusLight.GREEN)


@dataclass(frozen=True)
class BoardCard:
    """A project on the board; ``held_up``: open bottlenecks; ``move_url``: where it is moved, if the viewer may."""

    row: ProjectRow
    held_up: int
    move_url: str


@dataclass(frozen=True)
class MoreCards:
    """The way to what a column does not show: here by script, else in the grid."""

    left: int
    url: str
    grid_url: str


@dataclass(frozen=True)
class BoardColumn:
    """A stage with what it holds."""

    stage: ProjectStage
    sum: StageSum
    lights: list[tuple[StatusLight, int]]
    cards: list[BoardCard]
    more: MoreCards | None


def board_columns(
    viewer: Viewer,
    sums: Mapping[ProjectStage, StageSum],
    first: Mapping[ProjectStage, Sequence[Project]],
    year: int,
    query: QueryDict,
) -> list[BoardColumn]:
    """The stages of a project's life in their order, then those at rest that hold any."""
    shown = [stage for stage in ProjectStage if stage in LIFE or stage in sums]
    cards = {card.row.project.pk: card for card in board_cards(viewer, _together(first.values()), year, query)}
    nothing = StageSum(0, Decimal(), {})
    return [
        BoardColumn(
            stage,
            sums.get(stage, nothing),
            [
                (light, sums[stage].lights[light])
                for light in LIGHTS_TOLD
                if stage in sums and light in sums[stage].lights
            ],
            [cards[project.pk] for project in first.get(stage, ())],
            more_cards(stage, len(first.get(stage, ())), sums.get(stage, nothing).count, query),
        )
        for stage in shown
    ]


def _together(parts: Iterable[Sequence[Project]]) -> list[Project]:
    return [project for part in parts for project in part]


def board_cards(viewer: Viewer, projects: Sequence[Project], year: int, query: QueryDict) -> list[BoardCard]:
    """Cards; as many queries for many as for one."""
    held, back = queries.held_up_counts(project.pk for project in projects), _back(query)
    return [
        BoardCard(row, held.get(row.project.pk, 0), _move_url(viewer, row.project, back))
        for row in project_rows(projects, year)
    ]


def _move_url(viewer: Viewer, project: Project, back: str) -> str:
    if project.stage is ProjectStage.TERMINATED or not may_edit_project(viewer, project):
        return ""
    asked = QueryDict(mutable=True)
    asked["next"] = back
    return f"{reverse('projects:move', args=[project.pk])}?{asked.urlencode(safe='/')}"


def _back(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("shown", None)
    return f"{reverse('projects:board')}?{kept.urlencode()}" if kept else reverse("projects:board")


def more_cards(stage: ProjectStage, shown: int, count: int, query: QueryDict) -> MoreCards | None:
    """The way to more of a column; None when all of it stands there."""
    if shown >= count:
        return None
    here, grid = query.copy(), query.copy()
    here["shown"], grid["stage"] = str(shown), stage.value
    url = f"{reverse('projects:board-cards', args=[stage.value])}?{here.urlencode()}" if shown < MOST else ""
    return MoreCards(count - shown, url, f"{reverse('projects:ledger')}?{grid.urlencode()}")
