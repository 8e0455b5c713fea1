"""The world of the province's benchmark, one tiny county of it, and every page that is measured there."""

from __future__ import annotations

import pytest
from django.db import connection

from benchmarks.province import COLUMNS, Desk, pages
from benchmarks.province_people import build_people
from benchmarks.province_rows import PROJECTS
from benchmarks.province_world import ALONE, FILLED, numbered_titles, write_rows
from sushui.projects.models import Project
from sushui.projects.services import light_due
from sushui.supervision.models import SupervisedTask

TASKS = 3_000


@pytest.fixture
def desk(db: None) -> Desk:
    build_people(1)
    with connection.cursor() as cursor:
        write_rows(cursor, TASKS, numbered_titles(500))
        cursor.execute("ANALYZE")
    return Desk(next(column for column in COLUMNS if column.database == ALONE))


def test_a_county_of_the_province_is_written_and_each_of_its_pages_can_be_asked(desk: Desk) -> None:
    light_due()

    for page in pages():
        if desk.column.name in page.of:
            page.ask(desk, 0)

    connection.check_constraints()
    assert SupervisedTask.objects.count() == TASKS
    assert Project.objects.exclude(lit_on=None).count() == PROJECTS
    assert _empty() == []


def _empty() -> list[str]:
    """Tables that the benchmark means to fill and did not."""
    with connection.cursor() as cursor:
        return [table for table in FILLED if not cursor.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()]
