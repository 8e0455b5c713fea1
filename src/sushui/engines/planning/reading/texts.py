"""A problem out of a text of JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn

from ..errors import PlanningError, Refusal
from .documents import PlanningFile, problem_of

LIMIT = 100 * 2**20


def read_json(text: str) -> PlanningFile:
    """The problem that a text describes. Numbers are taken as they are written, not as binary fractions.

    Raises `PlanningError`: NOT_JSON, TOO_LARGE_TEXT, KEY_TWICE, and what `problem_of` raises.
    """
    if len(text) > LIMIT:
        raise PlanningError(Refusal.TOO_LARGE_TEXT, limit=LIMIT)
    try:
        return problem_of(
            json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_each_once)
        )
    except json.JSONDecodeError as error:
        raise PlanningError(Refusal.NOT_JSON, line=error.lineno, column=error.colno) from error
    except (RecursionError, ValueError) as error:  # nested or numbered beyond all sense
        raise PlanningError(Refusal.NOT_JSON, line=0, column=0) from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise PlanningError(Refusal.KEY_TWICE, place="", key=twice)
    return fields
