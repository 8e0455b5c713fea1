"""What the benchmarks write straight into tables, held against the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
WRITTEN = re.compile(r"(?:INSERT INTO|COPY) (\w+) \(([^)]*)\)")
MODELS = {model._meta.db_table: model for model in apps.get_models()}
NEEDED = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL
    AND is_identity = 'NO' AND is_generated = 'NEVER'
"""


def _written() -> list[tuple[str, str, list[str]]]:
    """File, table and columns of every statement that fills a table of the house."""
    return [
        (path.name, table, [column.strip(' \n"') for column in columns.split(",")])
        for path in sorted(BENCHMARKS.glob("*.py"))
        for table, columns in WRITTEN.findall(path.read_text(encoding="utf-8"))
        if table in MODELS
    ]


def _columns(model: type[Model]) -> set[str]:
    return {field.column for field in model._meta.concrete_fields}


@pytest.mark.parametrize(("file", "table", "columns"), _written())
def test_an_insert_names_every_column_that_must_be_said_and_none_that_is_gone(
    db: None, file: str, table: str, columns: list[str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, [table])
        needed = {name for (name,) in cursor.fetchall()}

    assert needed - set(columns) == set()
    assert set(columns) - _columns(MODELS[table]) == set()


def test_the_files_that_fill_tables_are_all_read() -> None:
    files = {file for file, _table, _columns in _written()}

    assert files == {"enterprises.py", "looks.py", "province_rows.py", "province_topics.py", "search.py", "world.py"}
