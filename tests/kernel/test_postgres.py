"""The embedded PostgreSQL, started and stopped for real; as root both ways of root are tried, and an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from sushui.kernel.postgres import EmbeddedPostgres, PostgresError
from sushui.kernel.postgres_machine import ACCOUNT, HOME, everybody_may_enter, wheel_programs

IS_ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not IS_ROOT, reason="what happens for root")


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server that nobody has started yet, in a folder that only we may enter."""
    server = EmbeddedPostgres(tmp_path / "postgres", durable=False)
    yield server
    server.destroy()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A running server for the tests that only look."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("running"), durable=False)
    server.start()
    yield server
    server.destroy()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="sushui-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question.encode())
        return answer.fetchone()[0] if answer.description else None


def birth(url: str) -> object:
    """When this very server process began: the same answer means the same process."""
    return ask(url, "SELECT pg_postmaster_start_time()")


def process_number(url: str) -> int:
    return int(str(ask(url, "SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)")))


def start_in_another_process(server: EmbeddedPostgres, then: str = "") -> subprocess.Popen[str]:
    """Start the server from a process of its own, which prints the server's birth and then does ``then``."""
    program = f"""
import os, sys, psycopg
from pathlib import Path
from sushui.kernel.postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path({str(server.folder)!r}), durable=False)
print(psycopg.connect(server.start()).execute("SELECT pg_postmaster_start_time()").fetchone()[0], flush=True)
{then}
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)


def as_nobody(act: Callable[[], None]) -> int:
    """Do ``act`` in a child process of the account `nobody` and give its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(pwd.getpwnam("nobody").pw_gid)
            os.setuid(pwd.getpwnam("nobody").pw_uid)
            act()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# --- start, stop, start again ----------------------------------------------------------------------------------------


def test_start_gives_the_address_of_a_database_that_answers(running: EmbeddedPostgres) -> None:
    url = running.start()

    assert url == running.url
    assert ask(url, "SELECT current_database()") == "sushui"


def test_start_of_a_running_server_finds_it(running: EmbeddedPostgres) -> None:
    first = birth(running.start())

    assert birth(running.start()) == first


def test_rows_outlive_a_restart(postgres: EmbeddedPostgres) -> None:
    ask(postgres.start(), "CREATE TABLE county AS SELECT '闻喜县' AS name")
    postgres.stop()

    assert ask(postgres.start(), "SELECT name FROM county") == "闻喜县"


def test_stopped_server_answers_nobody(postgres: EmbeddedPostgres) -> None:
    url = postgres.start()

    postgres.stop()

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_stop_of_a_server_never_started_does_nothing(postgres: EmbeddedPostgres) -> None:
    assert postgres.stop() is True


def test_server_listens_on_no_network(running: EmbeddedPostgres) -> None:
    assert ask(running.start(), "SHOW listen_addresses") == ""


def test_only_the_owner_enters_the_folder_of_the_socket(running: EmbeddedPostgres) -> None:
    assert running.sockets.stat().st_mode & 0o777 == 0o700


def test_letters_are_understood_without_the_tables_of_the_system(running: EmbeddedPostgres) -> None:
    assert ask(running.start(), "SELECT lower('ÄÉ涑水')") == "äé涑水"


def test_folder_with_blanks_quotes_and_chinese_works(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "it's 涑水 data", durable=False)

    assert ask(server.start(), "SELECT 1") == 1
    assert server.destroy() is True


def test_durable_server_never_trades_safety_for_speed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)

    assert ask(server.start(), "SHOW fsync") == "on"
    assert server.destroy() is True


# --- several processes -----------------------------------------------------------------------------------------------


def test_first_to_leave_lets_the_server_run(postgres: EmbeddedPostgres) -> None:
    other = EmbeddedPostgres(postgres.folder, durable=False)
    postgres.start()
    other.start()

    assert postgres.stop() is False
    assert ask(other.url, "SELECT 1") == 1
    assert other.stop() is True


def test_concurrent_starts_share_one_server(postgres: EmbeddedPostgres) -> None:
    starters = [start_in_another_process(postgres, then="sys.stdin.read()") for _ in range(3)]

    births = {starter.communicate()[0] for starter in starters}

    assert len(births) == 1
    assert [starter.returncode for starter in starters] == [0, 0, 0]


def test_others_are_noticed(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    alone = postgres.is_used_by_others()
    other = EmbeddedPostgres(postgres.folder, durable=False)
    other.start()

    together = postgres.is_used_by_others()
    other.stop()

    assert (alone, together) == (False, True)


def test_destroy_spares_a_server_in_use(postgres: EmbeddedPostgres) -> None:
    other = EmbeddedPostgres(postgres.folder, durable=False)
    other.start()

    assert postgres.destroy() is False
    assert ask(other.url, "SELECT 1") == 1
    other.stop()


def test_destroy_leaves_nothing(postgres: EmbeddedPostgres) -> None:
    data = Path(str(ask(postgres.start(), "SHOW data_directory")))

    assert postgres.destroy() is True
    assert [path for path in (data, postgres.sockets, postgres.folder) if path.exists()] == []


# --- after an accident -----------------------------------------------------------------------------------------------


def test_server_left_by_a_killed_process_is_picked_up(postgres: EmbeddedPostgres) -> None:
    starter = start_in_another_process(postgres, then="os.kill(os.getpid(), 9)")
    left_running = starter.communicate()[0].strip()

    url = postgres.start()

    assert starter.returncode == -signal.SIGKILL
    assert str(birth(url)) == left_running
    assert postgres.stop() is True


def test_committed_rows_outlive_a_killed_server(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path)
    ask(server.start(), "CREATE TABLE task AS SELECT 7 AS number")
    os.kill(process_number(server.url), signal.SIGKILL)

    assert ask(server.start(), "SELECT number FROM task") == 7
    assert server.destroy() is True


def test_number_file_that_names_a_stranger_is_not_believed(postgres: EmbeddedPostgres) -> None:
    data = Path(str(ask(postgres.start(), "SHOW data_directory")))
    postgres.stop()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")

    assert ask(postgres.start(), "SELECT 1") == 1


def test_server_whose_socket_was_swept_away_is_started_anew(postgres: EmbeddedPostgres) -> None:
    postgres.start()
    shutil.rmtree(postgres.sockets)

    assert ask(postgres.start(), "SELECT 1") == 1


def test_half_made_cluster_is_made_again(postgres: EmbeddedPostgres) -> None:
    half_made = postgres.folder / "cluster.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")

    assert ask(postgres.start(), "SELECT 1") == 1


# --- refusals --------------------------------------------------------------------------------------------------------


def test_data_of_another_major_version_are_refused_with_the_way_out(postgres: EmbeddedPostgres) -> None:
    data = Path(str(ask(postgres.start(), "SHOW data_directory")))
    postgres.stop()
    (data / "PG_VERSION").write_text("17\n")

    with pytest.raises(PostgresError) as refusal:
        postgres.start()

    assert str(refusal.value) == (
        f"The database in {data} was written by PostgreSQL 17; this release carries PostgreSQL 18, which cannot read "
        "it. With the release that wrote it run 'sushui move --to county.dump', then with this one and an empty "
        "SUSHUI_DATA 'sushui move --from county.dump'."
    )


@root_only
def test_data_of_another_account_are_refused(postgres: EmbeddedPostgres) -> None:
    data = Path(str(ask(postgres.start(), "SHOW data_directory")))
    postgres.stop()
    os.chown(data, pwd.getpwnam("nobody").pw_uid, -1)

    with pytest.raises(PostgresError) as refusal:
        postgres.start()

    assert str(refusal.value) == (
        f"The database in {data} belongs to the account nobody, but would now be run by {ACCOUNT}. "
        "Start Sushui as it was started before, or choose another SUSHUI_DATA."
    )


@root_only
def test_socket_folder_put_there_by_somebody_else_is_refused(postgres: EmbeddedPostgres) -> None:
    postgres.sockets.mkdir(parents=True)
    os.chown(postgres.sockets, pwd.getpwnam("nobody").pw_uid, -1)

    with pytest.raises(PostgresError) as refusal:
        postgres.start()

    assert str(refusal.value) == f"{postgres.sockets} belongs to somebody else. Remove it, then start again."


# --- root, and an ordinary user --------------------------------------------------------------------------------------


@root_only
def test_root_never_changes_the_mode_of_a_folder_that_was_there(postgres: EmbeddedPostgres, tmp_path: Path) -> None:
    there = (tmp_path, *tmp_path.parents, *wheel_programs().parents)
    before = [(path, path.stat().st_mode, path.stat().st_uid) for path in there]

    postgres.start()

    assert [(path, path.stat().st_mode, path.stat().st_uid) for path in there] == before


@root_only
def test_data_that_the_account_could_not_reach_lie_elsewhere(postgres: EmbeddedPostgres) -> None:
    data = Path(str(ask(postgres.start(), "SHOW data_directory")))

    assert everybody_may_enter(postgres.folder) is False
    assert data.parent == HOME / "clusters"
    assert (postgres.folder / "cluster.path").read_text() == f"{data}\n"


@root_only
def test_data_that_the_account_can_reach_lie_in_place(open_folder: Path) -> None:
    server = EmbeddedPostgres(open_folder / "postgres", durable=False)

    data = Path(str(ask(server.start(), "SHOW data_directory")))

    assert data == open_folder / "postgres" / "cluster"
    assert pwd.getpwuid(data.stat().st_uid).pw_name == ACCOUNT
    assert server.destroy() is True


@root_only
def test_data_that_the_account_can_no_longer_reach_are_refused(open_folder: Path) -> None:
    server = EmbeddedPostgres(open_folder / "postgres", durable=False)
    server.start()
    server.stop()
    open_folder.chmod(0o700)

    with pytest.raises(PostgresError) as refusal:
        EmbeddedPostgres(open_folder / "postgres", durable=False).start()

    assert str(refusal.value) == (
        f"The account {ACCOUNT} that runs the database for root can no longer enter {open_folder / 'postgres'}. "
        "Let others enter the folders above it (chmod o+x), or move it to where they may."
    )


@root_only
@pytest.mark.skipif(not everybody_may_enter(wheel_programs()), reason="the wheel lies where only root may read")
@pytest.mark.parametrize("name", ["postgres", "a-very-long-name-" * 6], ids=["short path", "long path"])
def test_ordinary_user_runs_it_in_place(open_folder: Path, name: str) -> None:
    open_folder.chmod(0o777)

    def act() -> None:
        server = EmbeddedPostgres(open_folder / name, durable=False)
        assert ask(server.start(), "SHOW data_directory") == str(open_folder / name / "cluster")
        assert server.destroy() is True

    assert as_nobody(act) == 0
