"""The ways to look at the ledger, each with the same filters; the grid's page itself is the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.keyset import stretch
from sushui.kernel.months import year_months
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.saved_views import keep_view, views_of
from sushui.kernel.workbooks import workbook_answer
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.looks import GridColumn, Look, WallGroup
from sushui.projects.forms import LedgerFilterForm
from sushui.projects.models import Project
from sushui.projects.panels.looks.board import FIRST, MORE, MOST, board_columns, more_cards
from sushui.projects.panels.looks.board import board_cards as cards_of
from sushui.projects.panels.looks.gantt import AT_ONCE
from sushui.projects.panels.looks.gantt import gantt_rows as rows_of
from sushui.projects.panels.looks.grid import called, columns_called
from sushui.projects.panels.looks.tabs import group_tabs, look_tabs, narrowing, year_asked
from sushui.projects.panels.looks.wall import MOST as MOST_ON_WALL
from sushui.projects.panels.looks.wall import wall_parts
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.queries import LedgerTotals, ProjectFilter
from sushui.projects.services.grid import export_grid as write_grid

COLUMNS_PAGE, COLUMNS_NAME = "projects.ledger.columns", "columns"
TIMES = "name.stage.start.started_on.completion.completed_on.step"  # what the chart says, as a table


@dataclass
class Looking:
    """The ledger as somebody looks at it: what its chips leave, in which order, in which year."""

    request: ViewerRequest
    look: Look
    chips: LedgerFilterForm
    year: int

    @cached_property
    def narrowed(self) -> ProjectFilter:
        return self.chips.narrowed()

    @cached_property
    def rows(self) -> QuerySet[Project]:
        return queries.ledger(self.request.viewer, self.narrowed)

    @cached_property
    def totals(self) -> LedgerTotals:
        return queries.ledger_totals(self.rows, self.year)

    @property
    def sort(self) -> str:
        return queries.sort_called(self.request.GET.get("sort", ""))

    @property
    def kept(self) -> str:
        """The query that narrows another page as this one is."""
        return narrowing(self.request.GET)

    @property
    def context(self) -> dict[str, Any]:
        """What stands above every way to look."""
        query = self.request.GET
        above = {"chips": self.chips, "tabs": look_tabs(query, self.look), "totals": self.totals}
        above |= {"is_narrowed": bool(self.narrowed.query), "may_keep": may_keep_ledger(self.request.viewer)}
        return above | {"year": self.year, "sort": self.sort}


def looking(request: ViewerRequest, look: Look) -> Looking:
    """The ledger as the address asks for it."""
    return Looking(request, look, LedgerFilterForm(request.GET, viewer=request.viewer), clock.today().year)


# --- the grid's own --------------------------------------------------------------------------------------------------
def chosen_columns(request: ViewerRequest) -> tuple[GridColumn, ...]:
    """The columns that the address names, else those that the viewer's post chose last."""
    asked = request.GET.get("columns", "")
    if not asked:
        kept = views_of(request.viewer, COLUMNS_PAGE)
        asked = kept[0].query if kept else ""
    return columns_called(asked)


@require_POST
@page(may_open_projects)
def choose_columns(request: ViewerRequest) -> HttpResponse:
    """Show these columns from now on, in this view and in every one that names none."""
    asked = [] if "reset" in request.POST else request.POST.getlist("column")
    chosen = called(columns_called(".".join(asked)))
    keep_view(request.viewer, COLUMNS_PAGE, name=COLUMNS_NAME, query=chosen)
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query["columns"] = chosen
    return redirect(f"{reverse('projects:ledger')}?{query.urlencode()}")


@require_safe
@page(may_open_projects)
def export_grid(request: ViewerRequest) -> HttpResponse:
    """What the grid shows, as a workbook: its rows, its columns, its order."""
    seen, chosen = looking(request, Look.GRID), chosen_columns(request)
    narrowed, sort = seen.narrowed, queries.sort_of(seen.sort)
    name = f"{gettext('Ledger of projects')} {clock.today()}"
    return workbook_answer(name, lambda file: write_grid(request.viewer, narrowed, chosen, sort, file))


# --- the board -------------------------------------------------------------------------------------------------------
@page(may_open_projects)
def board(request: ViewerRequest) -> HttpResponse:
    """The ledger by stage: the first cards of each."""
    seen = looking(request, Look.BOARD)
    sort = queries.sort_of(seen.sort)
    first = queries.first_of_each_stage(seen.rows.prefetch_related("lights"), sort, FIRST)
    columns = board_columns(request.viewer, queries.stage_sums(seen.rows), first, seen.year, request.GET)
    return render(request, "projects/looks/board.html", seen.context | {"columns": columns})


@page(may_open_projects)
def board_cards(request: ViewerRequest, stage: str) -> HttpResponse:
    """The next cards of a stage, behind the ``shown`` that stand there."""
    if stage not in {each.value for each in ProjectStage}:
        raise NotFound
    seen, asked = looking(request, Look.BOARD), ProjectStage(stage)
    shown = min(next(iter(record_numbers([request.GET.get("shown", "")])), 0), MOST)
    rows, sort = seen.rows.filter(stage=asked), queries.sort_of(seen.sort)
    found = queries.first_of_each_stage(rows.prefetch_related("lights"), sort, shown + MORE).get(asked, [])[shown:]
    cards = cards_of(request.viewer, found, seen.year, request.GET)
    context = {"cards": cards, "more": more_cards(asked, shown + len(found), rows.count(), request.GET)}
    return render(request, "projects/looks/_cards.html", context)


# --- the Gantt chart -------------------------------------------------------------------------------------------------
@page(may_open_projects)
def gantt(request: ViewerRequest) -> HttpResponse:
    """Plan against actual over the years; the rows come by `gantt_rows`."""
    seen = looking(request, Look.GANTT)
    instead = request.GET.copy()
    instead["columns"] = TIMES
    rows_url = f"{reverse('projects:gantt-rows')}?{seen.kept}"
    context = {"rows_url": rows_url, "today": clock.today(), "grid_query": instead.urlencode()}
    return render(request, "projects/looks/gantt.html", seen.context | context)


@require_safe
@page(may_open_projects)
def gantt_rows(request: ViewerRequest) -> HttpResponse:
    """A stretch of the chart's rows, and the cursor of the next."""
    seen = looking(request, Look.GANTT)
    sort = queries.sort_of(seen.sort if request.GET.get("sort") else GridColumn.START)
    found = stretch(seen.rows, sort, after=request.GET.get("after", ""), size=AT_ONCE)
    return JsonResponse({"rows": rows_of(found.rows), "after": found.after})


# --- the wall chart --------------------------------------------------------------------------------------------------
@page(may_open_projects)
def wall_chart(request: ViewerRequest) -> HttpResponse:
    """A year on the wall: projects by cluster, stage or agency, month by month."""
    seen, by = looking(request, Look.WALL), _wall_group(request)
    year = year_asked(request.GET.get("year", ""), seen.year)
    rows = list(seen.rows.order_by(F("total_investment").desc(nulls_last=True), "pk")[: MOST_ON_WALL + 1])
    last_due = queries.light_limits(request.viewer.division_id, clock.today()).last_due_month(clock.today())
    parts = wall_parts(rows[:MOST_ON_WALL], year, by, last_due)
    context = {"parts": parts, "shown_year": year, "by": by, "tabs_by": group_tabs(request.GET, by)}
    context |= {"left_out": seen.totals.count - MOST_ON_WALL if len(rows) > MOST_ON_WALL else 0}
    context |= {"months": year_months(year), "years": [year - 1, year, year + 1]}
    return render(request, "projects/looks/wall_chart.html", seen.context | context)


def _wall_group(request: ViewerRequest) -> WallGroup:
    asked = request.GET.get("by", "")
    return WallGroup(asked) if asked in {each.value for each in WallGroup} else WallGroup.CLUSTER
