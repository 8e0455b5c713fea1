"""A problem as it is stored: what a run was made from stays as it was, whatever the registers say later.

It is the document that `sushui plan` reads, so that a run can be looked at and solved again without the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sushui.engines.planning import Problem
from sushui.engines.planning.reading.documents import problem_of
from sushui.engines.planning.writing import document_of


def dumped(problem: Problem) -> dict[str, Any]:
    """The problem as JSON."""
    return document_of(problem)


def digest_of(stored: Mapping[str, Any]) -> str:
    """SHA-256 of a stored problem: two runs with one digest were made from the same."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def loaded(stored: Mapping[str, Any]) -> Problem:
    """The problem that was stored."""
    return problem_of(dict(stored)).problem
