"""Processes that are started, waited for and ended, with small real ones."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from sushui.kernel.processes import Child, ProcessError, child, free_address, run_until_told, wait_for, watch

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
FAILURE = [sys.executable, "-c", "print('no such room'); raise SystemExit(3)"]


def ended(child: Child) -> Child:
    child.process.wait()
    return child


def test_child_writes_to_its_log(tmp_path: Path) -> None:
    with child("server", [sys.executable, "-c", "print('begun')"], tmp_path / "logs") as server:
        ended(server)

    assert (tmp_path / "logs" / "server.log").read_text() == "begun\n"


def test_child_is_ended_when_we_leave(tmp_path: Path) -> None:
    with child("server", SLEEPER, tmp_path) as server:
        running = server.process.poll()

    assert (running, server.process.poll()) == (None, -15)


def test_child_is_ended_when_something_goes_wrong(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), child("server", SLEEPER, tmp_path) as server:
        raise RuntimeError

    assert server.process.poll() == -15


def test_watch_says_which_child_ended_and_its_last_words(tmp_path: Path) -> None:
    with child("server", SLEEPER, tmp_path) as server, child("worker", FAILURE, tmp_path) as worker:
        with pytest.raises(ProcessError) as refusal:
            watch(server, ended(worker))

        assert str(refusal.value) == (
            f"The worker ended by itself. The end of {tmp_path / 'worker.log'}:\nno such room\n"
        )


def test_wait_for_returns_when_the_server_answers(tmp_path: Path) -> None:
    address = free_address("127.0.0.1:18600")
    command = [sys.executable, "-m", "http.server", address.rpartition(":")[2], "--bind", "127.0.0.1"]

    with child("server", command, tmp_path) as server:
        wait_for(address, server)

        assert server.process.poll() is None


def test_wait_for_says_that_the_server_ended(tmp_path: Path) -> None:
    with child("server", FAILURE, tmp_path) as server, pytest.raises(ProcessError):
        wait_for("127.0.0.1:1", server)


def test_free_address_is_the_one_wanted() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert free_address(f"127.0.0.1:{port}") == f"127.0.0.1:{port}"


def test_free_address_passes_over_a_port_in_use() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 18700))
        other.listen()

        assert free_address("127.0.0.1:18700") == "127.0.0.1:18701"


def test_run_until_told_gives_the_exit_code() -> None:
    assert run_until_told(FAILURE) == 3
