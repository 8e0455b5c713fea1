"""Processes that we start, wait for and end. Nothing here needs Django."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn


class ProcessError(RuntimeError):
    """A process did not do what it was started for; the sentence says which and where to look."""


@dataclass(frozen=True)
class Child:
    """A process beside us and the file that its output goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def run_until_told(command: list[str]) -> int:
    """Run ``command`` until it ends or somebody wants us to leave; then it is told and waited for. Its exit code."""
    process = subprocess.Popen(command, start_new_session=True)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(process)


@contextmanager
def child(name: str, command: list[str], logs: Path) -> Iterator[Child]:
    """A process beside us, its output in ``<name>.log`` of the folder ``logs``; ended when we leave."""
    log = logs / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield Child(name, process, log)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes], patience_s: float = 20) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_address(wanted: str) -> str:
    """``wanted``, or the same host with the next port that nobody listens on."""
    host, _, port = wanted.rpartition(":")
    for candidate in range(int(port), int(port) + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
        return f"{host}:{candidate}"
    raise ProcessError(f"No port is free from {wanted} on. Choose another address.")


def wait_for(address: str, server: Child) -> None:
    """Wait until ``server`` answers a request, in whatever way; ProcessError if it ends before."""
    while server.process.poll() is None:
        connection = HTTPConnection(address, timeout=30)
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    _say_that_it_ended(server)


def watch(*children: Child) -> None:
    """Return when somebody wants to leave; ProcessError if one of ``children`` ends by itself."""
    try:
        while all(child.process.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    _say_that_it_ended(*(child for child in children if child.process.poll() is not None))


def _say_that_it_ended(child: Child, *_: Child) -> NoReturn:
    last_words = child.log.read_text(errors="replace")[-1500:]
    raise ProcessError(f"The {child.name} ended by itself. The end of {child.log}:\n{last_words}")
