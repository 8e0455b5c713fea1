"""A database written to a file and read back: the way from the embedded PostgreSQL to a server, and home again."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import psycopg

from sushui.kernel.postgres_machine import PostgresError, wheel_programs


def dump(url: str, path: Path) -> None:
    """Write the database at ``url`` to ``path`` (pg_dump's own format), without owners and grants."""
    _check_run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={path}", f"--dbname={url}")


def restore(path: Path, url: str) -> None:
    """Fill the empty database at ``url`` from a dump: all of it or, on any error, nothing."""
    if tables(url):
        raise PostgresError("The database to be filled is not empty. Name an empty one: nothing was changed.")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.sql"
        _check_run("pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(path))
        _check_run(
            "psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
            f"--file={_for_older_servers(script)}", f"--dbname={url}",
        )  # fmt: skip


def tables(url: str) -> dict[str, int]:
    """The tables of the database at ``url`` and how many rows each has, counted."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        ).fetchall()
        return {name: _count(connection, name) for (name,) in rows}


def _count(connection: psycopg.Connection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() or (0,)
    return int(count)


def _for_older_servers(script: Path) -> Path:
    """The script without the one setting in its head that servers before PostgreSQL 17 do not know."""
    adapted = script.with_suffix(".adapted.sql")
    with script.open("rb") as source, adapted.open("wb") as target:
        for number, line in enumerate(source):
            if number > 40 or not line.startswith(b"SET transaction_timeout"):
                target.write(line)
    return adapted


def _check_run(program: str, *arguments: str) -> None:
    command = [str(wheel_programs() / program), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PostgresError(f"{program} failed. {done.stderr.strip()}")
