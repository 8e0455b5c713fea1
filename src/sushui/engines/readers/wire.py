"""How the child process tells what it read: JSON, with what JSON cannot say tagged by its kind.

Nothing that comes back is ever executed or unpickled.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from .errors import ReadersError, Refusal
from .workbooks import Cell, Range, Sheet, Workbook

_FACTORIES: dict[str, Callable[..., Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "days": timedelta,
}


def encode_workbook(workbook: Workbook) -> bytes:
    """One line of JSON in UTF-8."""
    sheets = [
        {
            "name": sheet.name,
            "rows": sheet.rows,
            "merged": [(area.top, area.left, area.bottom, area.right) for area in sheet.merged],
            "hidden": sheet.hidden,
            "formulas": sheet.formulas,
        }
        for sheet in workbook.sheets
    ]
    return json.dumps({"sheets": sheets}, ensure_ascii=False, default=_tagged).encode()


def encode_refusal(error: ReadersError) -> bytes:
    """A refusal as one line of JSON."""
    return json.dumps({"refused": error.code, "params": error.params}, ensure_ascii=False).encode()


def decode(answer: bytes) -> Workbook:
    """The workbook told by the child; raises its refusal, or ValueError for an answer cut short."""
    told = json.loads(answer)
    if "refused" in told:
        raise ReadersError(Refusal(told["refused"]), **told["params"])
    return Workbook(tuple(_sheet(sheet) for sheet in told["sheets"]))


def storable_sheets(workbook: Workbook) -> list[dict[str, Any]]:
    """The sheets as JSON that a database takes: no NUL, no numbers that are none. `restore_sheet` is its opposite."""
    sheets: list[dict[str, Any]] = json.loads(encode_workbook(workbook))["sheets"]
    return [sheet | {"rows": [[_storable(cell) for cell in row] for row in sheet["rows"]]} for sheet in sheets]


def restore_sheet(stored: Mapping[str, Any]) -> Sheet:
    """A sheet that was stored by `storable_sheets`."""
    return _sheet(stored)


def _storable(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.replace("\x00", " ")
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _sheet(told: Mapping[str, Any]) -> Sheet:
    return Sheet(
        name=told["name"],
        rows=tuple(tuple(_cell(value) for value in row) for row in told["rows"]),
        merged=tuple(Range(*corners) for corners in told["merged"]),
        hidden=told["hidden"],
        formulas=tuple(told["formulas"]),
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        kind, *content = value
        return _FACTORIES[kind](*content)
    plain: Cell = value
    return plain


def _tagged(value: object) -> tuple[str | int, ...]:
    """The tagged form of a date or time; a datetime is also a date, so it is asked for first."""
    if isinstance(value, datetime):
        return "datetime", value.isoformat()
    if isinstance(value, date):
        return "date", value.isoformat()
    if isinstance(value, time):
        return "time", value.isoformat()
    if isinstance(value, timedelta):
        return "days", value.days, value.seconds, value.microseconds
    raise TypeError(type(value).__name__)
