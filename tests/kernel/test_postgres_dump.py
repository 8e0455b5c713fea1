"""A database written to a file and read back, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sushui.kernel.postgres import EmbeddedPostgres, PostgresError
from sushui.kernel.postgres_dump import dump, restore, tables


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    server.start()
    yield server
    server.destroy()


@pytest.fixture
def county(server: EmbeddedPostgres) -> Iterator[str]:
    """The address of a database with three tasks of one agency."""
    yield from _database(
        server,
        "county",
        "CREATE TABLE agency (id int PRIMARY KEY, name text)",
        "CREATE TABLE task (id int GENERATED ALWAYS AS IDENTITY, agency int REFERENCES agency, title text)",
        "INSERT INTO agency VALUES (1, '县发展和改革局')",
        "INSERT INTO task (agency, title) SELECT 1, '重点工作 ' || n FROM generate_series(1, 3) AS n",
    )


@pytest.fixture
def empty(server: EmbeddedPostgres) -> Iterator[str]:
    """The address of an empty database."""
    yield from _database(server, "target")


def _database(server: EmbeddedPostgres, name: str, *statements: str) -> Iterator[str]:
    run(server.url, f"CREATE DATABASE {name}")
    run(server.address_of(name), *statements)
    yield server.address_of(name)
    run(server.url, f"DROP DATABASE {name}")


def run(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def titles(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM task ORDER BY id")]


def test_tables_are_named_and_counted(county: str) -> None:
    assert tables(county) == {"public.agency": 1, "public.task": 3}


def test_tables_of_an_empty_database_are_none(empty: str) -> None:
    assert tables(empty) == {}


def test_restored_database_holds_the_same_rows(county: str, empty: str, tmp_path: Path) -> None:
    dump(county, tmp_path / "county.dump")

    restore(tmp_path / "county.dump", empty)

    assert tables(empty) == tables(county)
    assert titles(empty) == ["重点工作 1", "重点工作 2", "重点工作 3"]


def test_restored_database_goes_on_counting_where_the_old_one_stopped(county: str, empty: str, tmp_path: Path) -> None:
    dump(county, tmp_path / "county.dump")
    restore(tmp_path / "county.dump", empty)

    run(empty, "INSERT INTO task (agency, title) VALUES (1, '新任务')")

    assert titles(empty) == ["重点工作 1", "重点工作 2", "重点工作 3", "新任务"]


def test_database_that_holds_something_is_not_filled(county: str, tmp_path: Path) -> None:
    dump(county, tmp_path / "county.dump")

    with pytest.raises(PostgresError) as refusal:
        restore(tmp_path / "county.dump", county)

    assert str(refusal.value) == "The database to be filled is not empty. Name an empty one: nothing was changed."
    assert tables(county) == {"public.agency": 1, "public.task": 3}


def test_restore_that_fails_halfway_leaves_nothing(county: str, empty: str, tmp_path: Path) -> None:
    run(county, "CREATE FUNCTION mark() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    dump(county, tmp_path / "county.dump")
    run(empty, "CREATE FUNCTION mark() RETURNS int LANGUAGE sql AS 'SELECT 1'")  # not a table, and in the way

    with pytest.raises(PostgresError):
        restore(tmp_path / "county.dump", empty)

    assert tables(empty) == {}


def test_file_that_is_no_dump_is_refused(empty: str, tmp_path: Path) -> None:
    (tmp_path / "county.dump").write_text("not a dump")

    with pytest.raises(PostgresError, match="does not appear to be a valid archive"):
        restore(tmp_path / "county.dump", empty)
