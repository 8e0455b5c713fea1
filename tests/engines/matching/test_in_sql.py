"""DuckDB and PostgreSQL say what the interpreter says."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from django.db import connection

from sushui.engines.matching.in_sql import DUCKDB, POSTGRESQL, Schema, query, schema_of
from sushui.engines.matching.packaged import load_library
from sushui.engines.matching.tables import tables_of
from tests.engines.matching.comparing import OUTPUTS, differences, reference
from tests.engines.matching.engines import in_duckdb
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, REG, policies, policy_text

LIBRARY = load_library()


@pytest.mark.parametrize("seed", range(5))
def test_random_policies_come_to_the_same_in_duckdb(seed):
    found = policies(random_policy(seed))
    facts = [random_facts(1000 * seed + number) for number in range(30)]

    assert differences(reference(found, facts, ON), in_duckdb(found, REG, facts, ON)) == []


def test_the_library_comes_to_the_same_in_duckdb():
    day = max(case.on for case in LIBRARY.cases)
    facts = [case.facts for case in LIBRARY.cases if case.on == day]

    found = in_duckdb(LIBRARY.policies, LIBRARY.policies.registry, facts, day)

    assert differences(reference(LIBRARY.policies, facts, day), found) == []


def test_dates_may_be_dates():
    text = policy_text("[{test: registered_on + 1年 = 2025-02-28, cite: c}]")
    schema = Schema("enterprises", frozenset({"registered_on"}), has_dates=True)

    with duckdb.connect() as database:
        database.execute("CREATE TABLE enterprises AS SELECT 1 AS enterprise, DATE '2024-02-29' AS registered_on")
        found = database.execute(query(policies(text), ON, schema, DUCKDB, ["status"])).fetchall()

    assert found == [(1, True)]


POSTGRESQL_TYPES = {pl.Int64: "bigint", pl.Boolean: "boolean", pl.String: "text", pl.List(pl.String): "text[]"}


def in_postgresql(policy_set, registry, facts, on):
    """What PostgreSQL says of some facts."""
    tables = tables_of(registry, facts)
    with connection.cursor() as cursor:
        for name, table in {"enterprises": tables.main, **tables.rows}.items():
            columns = ", ".join(f'"{key}" {POSTGRESQL_TYPES[kind]}' for key, kind in table.schema.items())
            cursor.execute(f'CREATE TEMPORARY TABLE "m_{name}" ({columns})')
            places = ", ".join(["%s"] * table.width)
            cursor.executemany(f'INSERT INTO "m_{name}" VALUES ({places})', table.rows())
        schema = schema_of(tables, "m_enterprises", {key: f"m_{key}" for key in tables.rows})
        cursor.execute(query(policy_set, on, schema, POSTGRESQL, OUTPUTS) + ' ORDER BY "enterprise"')
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_random_policies_come_to_the_same_in_postgresql(seed):
    found = policies(random_policy(seed))
    facts = [random_facts(1000 * seed + number) for number in range(30)]

    assert differences(reference(found, facts, ON), in_postgresql(found, REG, facts, ON)) == []
