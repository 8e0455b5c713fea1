"""A province and, beside it in a database of its own, one county alone: the same rows a county, on one server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from benchmarks import province_rows as rows
from benchmarks.province_people import build_people
from benchmarks.province_topics import write_topics
from benchmarks.search import titles

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

ALONE, PROVINCE = "alone", "province"
Title = tuple[int, str, str]
COUNTIES = 117
DIFFERENT = 100_000
FILLED = [
    "kernel_subject",
    "projects_project",
    "projects_projectmonth",
    "projects_monthlyfigure",
    "projects_yearplan",
    "projects_projectfunding",
    "projects_milestone",
    "projects_bottleneck",
    "projects_fundsreceived",
    "projects_fundspaid",
    "projects_stagechange",
    "projects_lightturn",
    "projects_monthlyreport",
    "projects_monthlyreportversion",
    "projects_permitplan",
    "projects_permitstep",
    "projects_resourceneed",
    "projects_resourcecommitment",
    "kernel_auditline",
    "liaison_liaison",
    "liaison_visit",
    "liaison_finding",
    "supervision_supervisedtask",
    "supervision_taskpart",
    "supervision_taskclock",
    "notices_notice",
]
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY (%s)
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexname::regclass)
"""
COUNTERS = """
SELECT setval(pg_get_serial_sequence(name, 'id'), (SELECT max(id) FROM benchmark.project))
FROM unnest(ARRAY['kernel_subject', 'projects_project']) AS name
"""


class Databases:
    """The databases of the benchmark's server; the house's connection is the one that was switched to last."""

    def __init__(self) -> None:
        from django.db import connections

        first = connections["default"]
        self._all = {name: first.copy() for name in (ALONE, PROVINCE)}
        for name, wrapper in self._all.items():
            wrapper.settings_dict = {**first.settings_dict, "NAME": name}
        with first.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            there = {name for (name,) in cursor.fetchall()}
            template = first.settings_dict["NAME"]
        first.close()
        self.are_new = PROVINCE not in there
        if self.are_new:
            with self._all[ALONE]._nodb_cursor() as cursor:
                for name in self._all:
                    cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        self._migrate()

    def _migrate(self) -> None:
        """Bring databases that were kept up to today's tables."""
        from django.core.management import call_command

        for name in self._all:
            self.switch(name)
            call_command("migrate", verbosity=0)

    def switch(self, name: str) -> None:
        """Ask this database from now on."""
        from django.db import connections

        connections["default"] = self._all[name]

    def close(self) -> None:
        for wrapper in self._all.values():
            wrapper.close()


def build(databases: Databases, tasks: int) -> None:
    """Fill both databases, with so many tasks in the whole province."""
    a_county, words = round(tasks / COUNTIES), numbered_titles(DIFFERENT)
    for name, counties in ((ALONE, 1), (PROVINCE, COUNTIES)):
        databases.switch(name)
        start = time.perf_counter()
        build_people(counties)
        _fill(a_county, words)
        print(f"{name}: {counties * a_county:,} tasks written in {time.perf_counter() - start:.0f} s")


def _fill(tasks: int, words: list[Title]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys are right by the way they are made
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET work_mem = '256MB'")
        with _indexes_afterwards(cursor):
            write_rows(cursor, tasks, words)
        for name in ("session_replication_role", "synchronous_commit", "maintenance_work_mem", "work_mem"):
            cursor.execute(f"RESET {name}")
        cursor.execute("VACUUM ANALYZE")


def write_rows(cursor: CursorWrapper, tasks: int, words: list[Title]) -> None:
    """Every row of every county in `benchmark.county`, with so many tasks each."""
    cursor.execute(rows.BASE)
    _write_titles(cursor, words)
    for statement in (rows.SPINE, rows.SUBJECTS, rows.PROJECT_ROWS, rows.MONTHS, rows.PROJECT_FACTS):
        cursor.execute(statement)
    cursor.execute(COUNTERS)
    write_topics(cursor)
    cursor.execute(rows.LIAISONS)
    _write_tasks(cursor, tasks)


def numbered_titles(count: int) -> list[Title]:
    """Titles with what a search stores of each."""
    from sushui.kernel.search import vector_text

    return [(number, title, vector_text(title, "重点工作清单")) for number, title in enumerate(titles(count))]


def _write_titles(cursor: CursorWrapper, words: list[Title]) -> None:
    with cursor.copy("COPY benchmark.title FROM STDIN") as copied:
        for row in words:
            copied.write_row(row)
    cursor.execute("ANALYZE benchmark.title")


def _write_tasks(cursor: CursorWrapper, tasks: int) -> None:
    orders = -(-tasks // rows.ORDER)
    said: dict[str, Any] = {"orders": orders, "projects": rows.PROJECTS}
    cursor.execute(rows.ORDERS.substitute(said))
    cursor.execute("ANALYZE supervision_supervisionorder")
    for order in range(1, orders + 1):
        count = min(rows.ORDER, tasks - (order - 1) * rows.ORDER)
        cursor.execute(rows.TASKS.substitute(said, order=order, count=count))
    cursor.execute("ANALYZE supervision_supervisedtask")
    for statement in (rows.PARTS, rows.CLOCKS, rows.STORY, rows.FINDINGS, rows.NOTICES):
        cursor.execute(statement)


@contextmanager
def _indexes_afterwards(cursor: CursorWrapper) -> Iterator[None]:
    """Drop the indexes of the tables that are filled, and build them again at the end: minutes instead of an hour."""
    cursor.execute(INDEXES, [FILLED])
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, statement in found:
        cursor.execute(statement)
