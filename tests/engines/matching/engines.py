"""Every engine with one shape: policies, registry, facts and a day in; a mapping per enterprise out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sushui.engines.matching.in_polars import Program
from sushui.engines.matching.in_python import Quick
from sushui.engines.matching.in_sql import DUCKDB, SPARK, query, schema_of
from sushui.engines.matching.tables import tables_of
from tests.engines.matching.comparing import OUTPUTS


def in_polars(policies, registry, facts, on):
    return Program(policies, on, OUTPUTS).run(tables_of(registry, facts)).to_dicts()


def in_python(policies, registry, facts, on):
    quick = Quick(policies, on, OUTPUTS)
    return [quick.run(each) for each in facts]


def in_duckdb(policies, registry, facts, on):
    with TemporaryDirectory() as folder, duckdb.connect() as database:
        schema = written(tables_of(registry, facts), Path(folder))
        for file in Path(folder).iterdir():
            database.execute(f"CREATE VIEW \"{file.stem}\" AS SELECT * FROM '{file}'")
        found = database.execute(query(policies, on, schema, DUCKDB, OUTPUTS) + ' ORDER BY "enterprise"')
        names = [each[0] for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def in_spark(policies, registry, facts, on):
    """Needs pyspark and a Java, which no lock installs."""
    builder = import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    session = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1").getOrCreate()
    with TemporaryDirectory() as folder:
        schema = written(tables_of(registry, facts), Path(folder))
        for file in Path(folder).iterdir():
            session.read.parquet(str(file)).createOrReplaceTempView(file.stem)
        rows = session.sql(query(policies, on, schema, SPARK, OUTPUTS) + " ORDER BY `enterprise`").collect()
    return [{name: whole(value) for name, value in row.asDict().items()} for row in rows]


def written(tables, folder):
    """Parquet files of the tables in a folder, and their schema."""
    for name, table in {"enterprises": tables.main, **tables.rows}.items():
        table.write_parquet(folder / f"{name}.parquet")
    return schema_of(tables, "enterprises", {key: key for key in tables.rows})


def whole(value):
    """Decimals of Spark as whole numbers."""
    return value if value is None or isinstance(value, bool) else int(value)


ENGINES = {"polars": in_polars, "python": in_python, "duckdb": in_duckdb, "spark": in_spark}
