"""A log line is one JSON object, whoever writes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

OURS = "structlog.get_logger('sushui.x').warning('逾期', task=7)"
OTHERS = "logging.getLogger('library').warning('逾期 %s', 7, extra={'task': 7})"
CHATTY = "logging.getLogger('axes.apps').info('begin')"


def lines_of(statement: str) -> list[dict[str, object]]:
    """What ``statement`` writes to stderr, without the times."""
    program = (
        "import logging, logging.config, structlog; from sushui.config.logs import logging_settings; "
        f"logging.config.dictConfig(logging_settings('INFO')); {statement}"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    return [{key: value for key, value in line.items() if key != "timestamp"} for line in lines]


@pytest.mark.parametrize(
    ("statement", "event", "logger"),
    [(OURS, "逾期", "sushui.x"), (OTHERS, "逾期 7", "library")],
    ids=["our line", "a library's line"],
)
def test_line_is_one_object(statement: str, event: str, logger: str) -> None:
    assert lines_of(statement) == [{"event": event, "logger": logger, "level": "warning", "task": 7}]


def test_what_is_said_at_every_start_is_left_out() -> None:
    assert lines_of(CHATTY) == []
