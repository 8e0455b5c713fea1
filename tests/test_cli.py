"""The command line as a person meets it: run as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from sushui.kernel.postgres import EmbeddedPostgres

COMMANDS = ["demo", "serve", "worker", "tick", "migrate", "import", "export", "check", "move", "plan", "minutes"]


def sushui(*arguments: str, data: Path | None = None, **options: str) -> subprocess.CompletedProcess[str]:
    """Run `sushui` with the data folder ``data`` and other ``options`` in the environment."""
    ours = ("SUSHUI_", "DATABASE_", "DJANGO_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "200", "SUSHUI_DATA": str(data), **options}
    command = [sys.executable, "-m", "sushui.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Path]:
    """The data folder of a county with three tasks; the server is stopped."""
    server = EmbeddedPostgres(tmp_path / "county" / "postgres", durable=False)
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TABLE task AS SELECT generate_series(1, 3) AS id")
    server.stop()
    yield tmp_path / "county"
    server.destroy()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """Another server, running."""
    server = EmbeddedPostgres(tmp_path / "other" / "postgres", durable=False)
    server.start()
    yield server
    server.destroy()


def count_tasks(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM task").fetchone()


# --- help ------------------------------------------------------------------------------------------------------------


def test_help_loads_neither_django_nor_solvers() -> None:
    program = (
        "import sys, sushui.cli, typer.testing; "
        "result = typer.testing.CliRunner().invoke(sushui.cli.app, ['--help']); "
        "print(result.exit_code, sorted({'django', 'numba', 'ortools', 'sushui.engines'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "0 []\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(command: str) -> None:
    lines = sushui(command, "--help").stdout.splitlines()

    examples = [line.split()[:3] for line in lines if line.strip().startswith("Example:")]

    assert examples == [["Example:", "sushui", command]]


# --- refusals: one sentence, no traceback ----------------------------------------------------------------------------


def test_option_that_cannot_be_read_is_named() -> None:
    done = sushui("migrate", SUSHUI_WORKERS="many")

    assert (done.returncode, done.stderr) == (
        1,
        "sushui: SUSHUI_WORKERS cannot be read as number: "
        'Environment variable "SUSHUI_WORKERS" invalid: Not a valid integer.\n',
    )


def test_server_that_does_not_answer_is_said() -> None:
    done = sushui("migrate", DATABASE_URL="postgresql://sushui@127.0.0.1:1/sushui")

    assert (done.returncode, done.stderr.partition(":")[2].partition(":")[0]) == (
        1,
        " The database of DATABASE_URL cannot be reached",
    )


def test_data_folder_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    said = sushui("tick", data=tmp_path / "mistyped")

    assert (said.returncode, "There is no data folder" in said.stderr) == (1, True)
    assert not (tmp_path / "mistyped").exists()


def test_serve_of_a_database_never_migrated_is_refused(county: Path) -> None:
    done = sushui("serve", data=county)

    assert (done.returncode, done.stderr) == (
        1,
        "sushui: The database is of an older release. Run 'sushui migrate' first.\n",
    )


# --- move ------------------------------------------------------------------------------------------------------------


def test_move_to_a_server_carries_every_row(county: Path, other: EmbeddedPostgres) -> None:
    done = sushui("move", "--to", other.url, data=county)

    assert (done.returncode, done.stderr) == (0, "")
    assert count_tasks(other.url) == (3,)


def test_move_leaves_the_old_database_as_it_was(county: Path, other: EmbeddedPostgres) -> None:
    sushui("move", "--to", other.url, data=county)

    old = EmbeddedPostgres(county / "postgres", durable=False)
    assert count_tasks(old.start()) == (3,)
    old.stop()


def test_move_to_a_file_and_back_carries_every_row(county: Path, other: EmbeddedPostgres, tmp_path: Path) -> None:
    sushui("move", "--to", str(tmp_path / "county.dump"), data=county)

    done = sushui("move", "--from", str(tmp_path / "county.dump"), DATABASE_URL=other.url)

    assert (done.returncode, done.stderr) == (0, "")
    assert count_tasks(other.url) == (3,)


def test_move_to_a_database_that_holds_something_is_refused(county: Path, other: EmbeddedPostgres) -> None:
    sushui("move", "--to", other.url, data=county)

    done = sushui("move", "--to", other.url, data=county)

    assert (done.returncode, done.stderr) == (
        1,
        "sushui: The database to be filled is not empty. Name an empty one: nothing was changed.\n",
    )


def test_move_of_a_database_in_use_is_refused(county: Path, tmp_path: Path) -> None:
    running = EmbeddedPostgres(county / "postgres", durable=False)
    running.start()

    done = sushui("move", "--to", str(tmp_path / "county.dump"), data=county)
    running.stop()

    assert (done.returncode, done.stderr) == (
        1,
        "sushui: Sushui is running on this database. Stop it first, so that nothing is written meanwhile.\n",
    )


def test_move_nowhere_is_refused() -> None:
    done = sushui("move")

    assert (done.returncode, done.stderr) == (
        1,
        "sushui: Say where to: 'sushui move --to ADDRESS-OR-FILE' or 'sushui move --from FILE'.\n",
    )
