"""The API of the desk: the figures of the cockpit and the search, by the same queries as their pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Query, Schema

from sushui.desk import queries
from sushui.desk.permissions import may_compare_counties, may_open_cockpit
from sushui.kernel import clock
from sushui.kernel.api import Line, Number, RoomRouter
from sushui.kernel.front import Results, front
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.search import Sought
from sushui.organizations.permissions import is_signed_in
from sushui.supervision.enums import StatusLight

router = RoomRouter(tags=["desk"])
Since = Annotated[date, Field(ge=date(2000, 1, 1))]
Few = Annotated[int, Field(ge=1, le=100)]


class TotalsOut(Schema):
    """How many projects; their sums in yuan, planned and done in this year."""

    count: int
    investment: Decimal
    planned: Decimal
    done: Decimal


class MonthOut(Schema):
    """Sums of a month in yuan; ``kept`` is the part of ``actual`` in projects that are planned by month."""

    month: date
    planned: Decimal
    actual: Decimal
    kept: Decimal


class CellOut(Schema):
    """How many projects of a stage, or at a place, show a light; both are null where nobody has said the place."""

    stage: str | None = None
    place_id: int | None = None
    light: StatusLight
    count: int


class RedOut(Schema):
    """What is red at one agency, in whose charge, and since when the longest is; ``agency_id`` null: nobody's."""

    agency_id: int | None
    agency: str
    leader: str
    tasks: int
    projects: int
    since: date


class RateOut(Schema):
    """Tasks of a lead agency that were closed on time, of those closed this year or overdue today."""

    agency_id: int
    agency: str
    on_time: int
    judged: int


class ChangesOut(Schema):
    """What happened since the beginning of a day, by kind; ``reported`` is investment in yuan."""

    since: date
    tasks: dict[str, int]
    projects: dict[str, int]
    reported: Decimal
    visits: int


class CockpitOut(Schema):
    """A county with its zones, or all that lies below a city. ``lately``: since the last meeting, or the day asked."""

    today: date
    division_id: int | None
    red_tasks: int
    red_projects: int
    on_time: int
    judged: int
    held_up: int
    totals: TotalsOut
    months: list[MonthOut]
    year_plans_alone: int
    grid: list[CellOut]
    red: list[RedOut]
    rates: list[RateOut]
    yesterday: ChangesOut
    lately: ChangesOut | None
    meeting: str


class CountyOut(Schema):
    """One county's figures with its zones; money in yuan, planned and done in this year."""

    division_id: int
    code: str
    name: str
    red_tasks: int
    red_projects: int
    projects: int
    held_up: int
    planned: Decimal
    done: Decimal
    on_time: int
    judged: int


class HitOut(Schema):
    """One thing that was found; ``url`` is its page's, ``status`` a light's name or empty."""

    label: str
    url: str
    note: str
    other: str
    status: str


class ResultsOut(Schema):
    """What was found of one kind, the closest first; ``total`` is counted no further than 1,001."""

    kind: str
    title: str
    total: int
    hits: list[HitOut]


class FoundOut(Schema):
    """What was found, kind by kind."""

    results: list[ResultsOut]


@router.reads("/cockpit", may_open_cockpit, CockpitOut)
def cockpit(
    request: ViewerRequest,
    division_id: Annotated[Number | None, Query()] = None,
    since: Annotated[Since | None, Query()] = None,
    grid: Literal["stage", "place"] = "stage",
) -> dict[str, Any]:
    """The figures of the cockpit, of all your divisions or of one; a ``since`` that is still to come is not heeded."""
    day, by_place = since if since and since <= clock.today() else None, grid == "place"
    found = queries.cockpit(request.viewer, division_id=division_id, since=day, by_place=by_place)
    said = {name: getattr(found, name) for name in CockpitOut.model_fields if name != "grid"}
    key = "place_id" if by_place else "stage"
    cells = [{key: row, "light": light, "count": count} for (row, light), count in found.grid.items()]
    return {**said, "grid": cells}


@router.reads("/counties", may_compare_counties, list[CountyOut])
def counties(request: ViewerRequest) -> list[dict[str, Any]]:
    """The counties below your division side by side, by their codes."""
    return [_county(row) for row in queries.county_rows(request.viewer)]


def _county(row: queries.CountyRow) -> dict[str, Any]:
    sums, division = row.projects, row.division
    counts = {"projects": sums.count, "red_projects": sums.red, "red_tasks": row.red_tasks, "held_up": sums.held_up}
    rates = {"on_time": row.on_time, "judged": row.judged}
    money = {"planned": sums.planned, "done": sums.done}
    return {"division_id": division.pk, "code": division.code, "name": division.name, **counts, **rates, **money}


@router.reads("/search", is_signed_in, FoundOut)
def search(request: ViewerRequest, q: Line, kind: Line = "", first: Few = 8) -> dict[str, Any]:
    """What the words name and you may see: the first of each kind, or with ``kind`` of one kind alone."""
    found = front.found_for(request.viewer, Sought.of(q), first=first, key=kind)
    return {"results": _results(found)}


def _results(found: Iterable[Results]) -> list[dict[str, Any]]:
    names = HitOut.model_fields
    return [
        {
            "kind": each.key,
            "title": str(each.title),
            "total": each.total,
            "hits": [{name: getattr(hit, name) for name in names} for hit in each.hits],
        }
        for each in found
    ]
