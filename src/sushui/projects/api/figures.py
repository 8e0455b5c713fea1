"""Monthly figures by programs: what stands, every raw version, and writing them down."""

from __future__ import annotations

from collections.abc import Iterable

from sushui.kernel.api import Number
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import (
    FigureOut,
    FiguresIn,
    ProjectMonthOut,
    RecordedOut,
    Year,
    YearPlanIn,
    YearPlanOut,
)
from sushui.projects.models import MonthlyFigure, ProjectMonth, YearPlan
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.services import Figure, Recorded


@router.reads("/{project_id}/months/{year}", may_open_projects, list[ProjectMonthOut])
def months(request: ViewerRequest, project_id: Number, year: Year) -> list[ProjectMonth]:
    """The twelve months of a year as they stand."""
    return queries.months_of(queries.project_for(request.viewer, project_id), year)


@router.reads("/{project_id}/figures/{year}", may_open_projects, list[FigureOut])
def figures(request: ViewerRequest, project_id: Number, year: Year) -> Iterable[MonthlyFigure]:
    """Every version of the year's figures: who gave it, when, and why it was corrected."""
    return queries.figures_of(queries.project_for(request.viewer, project_id), year)


@router.writes("/figures", may_open_projects, RecordedOut)
def record_figures(request: ViewerRequest, asked: FiguresIn) -> Recorded:
    """Write figures down, all or none: plans by the project office, deeds by whoever answers for the project."""
    for number in {each.project_id for each in asked.figures}:
        queries.project_for(request.viewer, number)
    given = [Figure(**each.model_dump()) for each in asked.figures]
    return services.record_figures(request.viewer, given)


@router.writes("/{project_id}/year-plan", may_keep_ledger, YearPlanOut, method="PUT")
def plan_year(request: ViewerRequest, project_id: Number, asked: YearPlanIn) -> YearPlan:
    """Say how much is to be invested in a year."""
    found = queries.project_for(request.viewer, project_id)
    return services.plan_year(request.viewer, found, asked.year, asked.amount, reason=asked.reason)
