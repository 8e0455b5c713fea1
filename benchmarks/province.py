"""What a page costs a county among 117 in one database, beside the same county alone, and a city over thirteen.

    python -m benchmarks.province                      # 10^6 tasks, half an hour
    python -m benchmarks.province 100000               # fewer tasks
    python -m benchmarks.province 1000000 folder       # keep the database there, and take it from there next time

Each page is asked for in this process, through every middleware and template, of each database in turn: so that
whatever else the machine does weighs on all alike. Ratios are p50 and p95 by those of the county alone; a p95 above 1.5
times is marked. Beside the pages come the acts that grow with what is written: the lights of all projects, and a
workbook of monthly figures.
"""

from __future__ import annotations

import gc
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.province_world import ALONE, PROVINCE, Databases, build
from benchmarks.search import COMMON, RARE
from benchmarks.world import Sample, database, machine

TASKS = 1_000_000
RUNS = 60
BOUND = 1.5
CURSOR = re.compile(r"[?&;]after=([\w-]+)")
MEASURED = 7  # the county that is measured in the province: one of those below the first city
INITIALS = ("zgsn", "ggwl", "wsgw", "nydl", "xcl")


@dataclass(frozen=True)
class Column:
    """Somebody at work in one of the databases; ``county`` is by its number in `benchmark.county`."""

    name: str
    database: str
    county: int
    is_city: bool = False


COLUMNS = (
    Column("alone", ALONE, 0),
    Column("province", PROVINCE, MEASURED),
    Column("city", PROVINCE, MEASURED, is_city=True),
)


def main() -> None:
    """Build or take the two databases, and print a row for each page."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else TASKS
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    print(machine())
    with database(folder):
        databases = Databases()
        if databases.are_new:
            build(databases, tasks)
            _light_all(databases)
        _print_pages(databases)
        _print_figures(databases)
        databases.close()


# --- who asks --------------------------------------------------------------------------------------------------------
class Desk:
    """The accounts of one column, each with a signed-in client, and the records that its pages are about.

    All of it is asked of the database that is switched to.
    """

    def __init__(self, column: Column) -> None:
        from django.db import connection

        self.column = column
        with connection.cursor() as cursor:
            cursor.execute("SELECT division_id FROM benchmark.county WHERE number = %s", [column.county])
            self.division = cursor.fetchone()[0]
        self.clients: dict[str, Any] = {}

    def get(self, role: str, path: str, **query: object) -> str:
        response = self._client(role).get(path, query)
        assert response.status_code == 200, (role, path, query, response.status_code)
        return response.content.decode()

    def _client(self, role: str) -> Any:
        from django.test import Client

        if role not in self.clients:
            self.clients[role] = Client()
            self.clients[role].force_login(self.holder(role))
        return self.clients[role]

    def holder(self, role: str) -> Any:
        from sushui.organizations.models import Division, Tenure

        division = Division.objects.get(pk=self.division)
        seat = division.parent if self.column.is_city else division
        rows = Tenure.objects.filter(post__division=seat, post__grants__role=role).order_by("post_id")
        return rows.select_related("user")[0].user

    @cached_property
    def projects(self) -> list[int]:
        from sushui.projects.models import Project

        return list(Project.objects.filter(division_id=self.division).order_by("pk").values_list("pk", flat=True))


# --- pages -----------------------------------------------------------------------------------------------------------
# What is asked the n-th time.
Ask = Callable[[Desk, int], object]


@dataclass(frozen=True)
class Page:
    """A row of the table; ``of``: the names of the columns that it is measured for."""

    name: str
    ask: Ask
    of: tuple[str, ...] = ("alone", "province", "city")


def pages() -> Iterator[Page]:
    """Every row of the table."""
    from django.urls import reverse

    leader, office, handler = "county_leader", "supervision_office", "agency_handler"
    county = ("alone", "province")

    def page(name: str, route: str, role: str = leader, of: Sequence[str] = (), **query: object) -> Page:
        asked = {key: value if isinstance(value, tuple) else (value,) for key, value in query.items()}
        return Page(
            name,
            lambda desk, n: desk.get(role, reverse(route), **{key: each[n % len(each)] for key, each in asked.items()}),
            tuple(of) or ("alone", "province", "city"),
        )

    yield page("cockpit", "desk:cockpit")
    yield page("cockpit, by place", "desk:cockpit", grid="place")
    yield page("wall", "desk:wall")
    yield page("counties side by side", "desk:counties", of=("city",))
    yield page("money of a month", "desk:money")
    yield page("newly reported", "desk:reported")
    yield page("the day, leader", "desk:today")
    yield page("the day, office", "desk:today", office, county)
    yield page("ledger, by size", "projects:ledger")
    yield page("ledger, red", "projects:ledger", light="red", sort="light")
    yield page("ledger, rare text", "projects:ledger", text=RARE)
    yield page("ledger, common text", "projects:ledger", text=COMMON)
    yield page("ledger, by name", "projects:ledger", sort="name")
    yield Page("ledger, fifth page", _deep(reverse("projects:ledger")))
    yield page("board", "projects:board")
    yield page("Gantt rows", "projects:gantt-rows")
    yield page("map", "projects:map")
    yield Page("a project", _project)
    yield page("projects of an agency", "projects:own", handler, county)
    yield page("monthly reports", "projects:report-list", of=county)
    yield page("permits", "projects:all-permits")
    yield page("permits, over the limit", "projects:all-permits", over="1")
    yield page("permits of an agency", "projects:all-permits", handler, county)
    yield page("resources", "projects:resource-list")
    yield page("bottlenecks", "projects:bottlenecks")
    yield page("gates", "projects:gate-list")
    for route in ("search", "suggest"):
        yield page(f"{route}: two characters, rare", f"desk:{route}", q=RARE)
        yield page(f"{route}: two characters, common", f"desk:{route}", q=COMMON)
        yield page(f"{route}: initials", f"desk:{route}", q=INITIALS)
        yield page(f"{route}: a code", f"desk:{route}", q=tuple(f"2601-140826-89-01-{n:06}" for n in range(1, RUNS)))
    yield page("supervision register, in hand", "supervision:register")
    yield page("supervision register, red", "supervision:register", light="red")
    yield page("supervision register, common text", "supervision:register", scope="all", text=COMMON)
    yield page("supervision register, everything", "supervision:register", scope="all")
    yield Page("supervision register, fifth page", _deep(reverse("supervision:register")))
    yield page("red tasks", "supervision:red")
    yield page("orders", "supervision:orders")
    yield page("mine, handler", "supervision:mine", handler, county)
    yield page("liaison register", "liaison:register")
    yield page("liaisons that wait", "liaison:lapses")
    yield page("visits", "liaison:visits")


def _project(desk: Desk, number: int) -> str:
    from django.urls import reverse

    return desk.get("county_leader", reverse("projects:project", args=[desk.projects[number % len(desk.projects)]]))


def _deep(path: str) -> Ask:
    """The fifth stretch of a list."""
    cursors: dict[str, str] = {}

    def ask(desk: Desk, _number: int) -> str:
        name = desk.column.name
        while name not in cursors:
            cursor = ""
            for _ in range(4):
                shown = desk.get("county_leader", path, **({"after": cursor} if cursor else {}))
                cursor = CURSOR.findall(shown)[-1]
            cursors[name] = cursor
        return desk.get("county_leader", path, after=cursors[name])

    return ask


# --- measuring -------------------------------------------------------------------------------------------------------
def _print_pages(databases: Databases) -> None:
    desks = {column.name: _desk(databases, column) for column in COLUMNS}
    head = "".join(f"{name + ' p50':>14}{'p95':>8}{'queries':>9}" for name in desks)
    print(f"\nms{'':<38}{head}{'province/':>12}{'p95':>6}{'city/':>8}{'p95':>6}")
    above = []
    for page in pages():
        samples = _measured(databases, page, desks)
        print(_row(page, samples), flush=True)
        above += [page.name] if _ratios(samples, "province")[1] > BOUND else []
    print(f"\nabove {BOUND} for a county: {', '.join(above) or 'none'}")


def _desk(databases: Databases, column: Column) -> Desk:
    databases.switch(column.database)
    return Desk(column)


def _measured(databases: Databases, page: Page, desks: dict[str, Desk]) -> dict[str, Sample]:
    """Each column in turn, run by run, this way and that, after two asked to warm up."""
    asked = {name: desk for name, desk in desks.items() if name in page.of}
    taken: dict[str, list[float]] = {name: [] for name in asked}
    queries = {name: _queries(databases, desk, page.ask) for name, desk in asked.items()}
    gc.collect()
    gc.freeze()  # to go through all that is loaded takes 200 ms, which would fall now on one column, now on another
    for number in range(RUNS):
        for name, desk in sorted(asked.items(), reverse=number % 2 == 1):
            databases.switch(desk.column.database)
            start = time.perf_counter()
            page.ask(desk, number)
            taken[name].append((time.perf_counter() - start) * 1000)
    return {name: Sample(page.name, tuple(taken[name]), queries[name]) for name in asked}


def _queries(databases: Databases, desk: Desk, ask: Ask) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    databases.switch(desk.column.database)
    ask(desk, 0)
    with CaptureQueriesContext(connection) as queries:
        ask(desk, 0)
    return len(queries)


def _row(page: Page, samples: dict[str, Sample]) -> str:
    cells = "".join(_cells(samples.get(column.name)) for column in COLUMNS)
    county, city = (_ratios(samples, name) for name in ("province", "city"))
    said = f"{_said(county[0]):>12}{_said(county[1]):>6}{_said(city[0]):>8}{_said(city[1]):>6}"
    return f"{page.name:<40}{cells}{said}{' !' if county[1] > BOUND else ''}"


def _said(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio else ""


def _cells(sample: Sample | None) -> str:
    return f"{sample.p50:>14.1f}{sample.p95:>8.1f}{sample.queries:>9}" if sample else " " * 31


def _ratios(samples: dict[str, Sample], name: str) -> tuple[float, float]:
    """How many times p50 and p95 of the county alone; 0 where there is nothing to compare."""
    if not {name, "alone"} <= samples.keys():
        return 0, 0
    return samples[name].p50 / samples["alone"].p50, samples[name].p95 / samples["alone"].p95


# --- acts ------------------------------------------------------------------------------------------------------------
def _light_all(databases: Databases) -> None:
    """Read all lights for the first time: of one county alone, then of all."""
    from django.db import connection

    from sushui.projects.models import Project
    from sushui.projects.services import light_due

    for name in (ALONE, PROVINCE):
        databases.switch(name)
        count = Project.objects.filter(lit_on=None).count()
        start = time.perf_counter()
        light_due()
        taken = time.perf_counter() - start
        print(f"lights of {count:,} projects, {name}: {taken:.1f} s, {count / taken:,.0f} projects a second")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _print_figures(databases: Databases) -> None:
    """One workbook of last year's plan anew, 256 projects of twelve months; taken back afterwards."""
    from django.db import transaction

    from sushui.organizations.queries import viewer_for
    from sushui.projects.services import record_figures

    for column in COLUMNS[:2]:
        desk = _desk(databases, column)
        viewer = viewer_for(desk.holder("project_office"))
        figures = _workbook(desk)
        with transaction.atomic():
            start = time.perf_counter()
            done = record_figures(viewer, figures, origin="workbook.xlsx")
            taken = time.perf_counter() - start
            transaction.set_rollback(True)
        assert done.new + done.corrected == len(figures), done
        print(f"record_figures, {len(figures):,} figures, {column.name}: {taken:.2f} s")


def _workbook(desk: Desk) -> list[Any]:
    from datetime import date
    from decimal import Decimal

    from sushui.kernel import clock
    from sushui.projects.enums import FigureKind
    from sushui.projects.services import Figure

    months = [date(clock.today().year, month, 1) for month in range(1, 13)]
    amount, why = Decimal(1_234_567), "按文件更正"
    return [Figure(number, month, FigureKind.PLAN, amount, why) for number in desk.projects for month in months]


if __name__ == "__main__":
    main()
