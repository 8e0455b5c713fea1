"""Read a workbook that a stranger sent: judge the envelope here, open it in a child process with little to break."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from .envelope import refuse_other_files
from .errors import ReadersError, Refusal
from .wire import decode
from .workbooks import Limits, Workbook

DEFAULT_LIMITS = Limits()
_SOURCE_FOLDER = Path(__file__).resolve().parents[3]
_KEPT_ENVIRONMENT = ("LANG", "LD_LIBRARY_PATH", "PATH", "PYTHONHOME", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV")
_OUT_OF_TIME = frozenset(
    -number for name in ("SIGXCPU", "SIGKILL") if (number := getattr(signal, name, None)) is not None
)


def read_workbook(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Workbook:
    """All sheets of an .xlsx file, as the last person to save it saw them.

    Raises ReadersError with one of the `Refusal` codes. Never more than ``limits`` allow is unpacked, and never here.
    The child is started afresh, not forked, so this is safe in a server with threads.
    """
    refuse_other_files(data, limits)
    request = json.dumps(asdict(limits)).encode() + b"\n" + data
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "sushui.engines.readers.child"],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(os.environ),
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadersError(Refusal.TOOK_TOO_LONG, limit=limits.wall_seconds) from error
    return _understand(ended, limits)


def _understand(ended: subprocess.CompletedProcess[bytes], limits: Limits) -> Workbook:
    if ended.returncode in _OUT_OF_TIME:
        raise ReadersError(Refusal.TOOK_TOO_LONG, limit=limits.cpu_seconds)
    if ended.returncode != 0:
        raise ReadersError(Refusal.BROKEN, part="")
    return decode(ended.stdout)


def bare_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """No keys or passwords for a process that opens what strangers send; only what Python needs to start."""
    kept = {name: environment[name] for name in _KEPT_ENVIRONMENT if name in environment}
    paths = [str(_SOURCE_FOLDER), environment.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in paths if path), "PYTHONDONTWRITEBYTECODE": "1"}
