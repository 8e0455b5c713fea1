"""A problem out of plain tables, as a workbook has them: rows under a heading, keys that tie them together.

A row stands under what it belongs to: a demand under the mode of its activity of its project. Errors name the sheet and
the row as a spreadsheet counts it: `activities!5.by`. Sheets, columns and words may be in Chinese (`vocabulary`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence

from ..errors import PlanningError, Refusal
from .documents import FactorKind, PlanningFile, problem_of
from .fields import Placed
from .vocabulary import (
    COLUMNS,
    COLUMNS_IN_CHINESE,
    NEEDED_COLUMNS,
    NEEDED_SHEETS,
    NOTES,
    SHEETS_IN_CHINESE,
    WORD_COLUMNS,
    WORDS_IN_CHINESE,
)

Rows = Sequence[Sequence[object]]
_SEPARATORS = re.compile(r"[,，、;；]")


def read_tables(sheets: Mapping[str, Rows]) -> PlanningFile:
    """The problem that the sheets of a workbook describe; the first row with anything in it names the columns.

    Raises `PlanningError`: MISSING_SHEET, UNKNOWN_SHEET, MISSING_COLUMN, and what `problem_of` raises.
    """
    tables = {sheet: _table(sheet, rows) for sheet, rows in _known(sheets).items()}
    for sheet in NEEDED_SHEETS:
        if not tables.get(sheet):
            raise PlanningError(Refusal.MISSING_SHEET, sheet=sheet)
    for row in tables["time"][1:]:
        raise PlanningError(Refusal.BAD_VALUE, place=row.place, value="", expected="one row")
    return problem_of(_Document(tables).fields())


def _known(sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for written, rows in sheets.items():
        name = written.strip().lower()
        sheet = SHEETS_IN_CHINESE.get(name, name)
        if sheet in COLUMNS:
            found[sheet] = rows
        elif not name.startswith(NOTES) and any(_is_said(cell) for row in rows for cell in row):
            raise PlanningError(Refusal.UNKNOWN_SHEET, sheet=written, known=tuple(COLUMNS))
    return found


def _is_said(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def _table(sheet: str, rows: Rows) -> list[Placed]:
    """The rows under the heading, by the columns' names; empty cells and rows are left out."""
    filled = [(number, row) for number, row in enumerate(rows, start=1) if any(map(_is_said, row))]
    if not filled:
        return []
    (heading, names), *body = filled
    columns = [_column(sheet, heading, name) for name in names]
    for column in NEEDED_COLUMNS[sheet]:
        if column not in columns:
            raise PlanningError(Refusal.MISSING_COLUMN, sheet=sheet, column=column)
    return [Placed(_cells(columns, row), f"{sheet}!{number}") for number, row in body]


def _column(sheet: str, heading: int, cell: object) -> str:
    name = str(cell).strip().lower() if _is_said(cell) else ""
    column = COLUMNS_IN_CHINESE.get(name, name)
    if column and column not in COLUMNS[sheet]:
        raise PlanningError(Refusal.UNKNOWN_FIELD, place=f"{sheet}!{heading}.{cell}", known=COLUMNS[sheet])
    return column


def _cells(columns: Iterable[str], row: Sequence[object]) -> dict[str, object]:
    found = {name: cell for name, cell in zip(columns, row, strict=False) if name and _is_said(cell)}
    return {name: _word(cell) if name in WORD_COLUMNS else _cell(cell) for name, cell in found.items()}


def _word(cell: object) -> object:
    return WORDS_IN_CHINESE.get(str(cell).strip().lower(), _cell(cell))


def _cell(cell: object) -> object:
    return cell.strip() if isinstance(cell, str) else cell


class _Document:
    """The tables of a workbook, put into each other by their keys."""

    def __init__(self, tables: Mapping[str, list[Placed]]) -> None:
        self._tables = {sheet: tables.get(sheet, []) for sheet in COLUMNS}
        self._groups = {sheet: _grouped(sheet, rows) for sheet, rows in self._tables.items()}
        self._modes = _numbered(self._tables["modes"])
        self._refuse_strangers()

    def fields(self) -> Placed:
        """What `problem_of` reads."""
        tables, time = self._tables, self._tables["time"][0]
        return Placed(
            {
                "time": _only(time, "first_day", "slot", "slots"),
                "goal": time.get("goal"),
                "money": Placed({"unit": time.get("money_unit"), "decimals": time.get("money_decimals")}, time.place),
                "weights": {str(row.get("part")): row.get("weight") for row in tables["weights"]},
                "calendars": [
                    Placed({"key": key, "pauses": [_without(row, "calendar") for row in rows]}, rows[0].place)
                    for (key,), rows in self._groups["calendars"].items()
                ],
                "factors": [self._factor(row) for row in tables["factors"]],
                "sources": [self._source(row) for row in tables["sources"]],
                "projects": [self._project(row) for row in tables["projects"]],
                "lags": [_lag(row) for row in tables["lags"]],
                "groups": [
                    Placed({"projects": [_text(row, "project") for row in rows]}, rows[0].place)
                    for rows in self._groups["groups"].values()
                ],
            },
            "",
        )

    def _refuse_strangers(self) -> None:
        """Whatever hangs on something that is not there would be lost."""
        keys = {
            sheet: {_text(row, "key") for row in self._tables[sheet]} for sheet in ("factors", "sources", "projects")
        }
        activities = {(_text(row, "project"), _text(row, "key")) for row in self._tables["activities"]}
        for row in self._tables["releases"]:
            _known_key(row, "factor", _text(row, "of"), keys["factors"] | keys["sources"])
        for sheet in ("activities", "modes", "demands", "payments", "earnings", "groups"):
            for row in self._tables[sheet]:
                _known_key(row, "project", _text(row, "project"), keys["projects"])
                if "activity" in row:
                    _known_key(row, "activity", (_text(row, "project"), _text(row, "activity")), activities)
        for sheet in ("demands", "payments"):
            for key, rows in self._groups[sheet].items():
                _known_key(rows[0], "mode", key[-1], [key[-1]] if key in self._modes else [])

    # --- factors

    def _factor(self, row: Placed) -> Placed:
        supply = "levels" if row.get("kind") == FactorKind.RENEWABLE else "releases"
        return Placed({**row, supply: self._supplies(row)}, row.place)

    def _source(self, row: Placed) -> Placed:
        uses = {"pays_for": _listed(row["pays_for"])} if "pays_for" in row else {}
        return Placed({**row, **uses, "arrivals": self._supplies(row)}, row.place)

    def _supplies(self, row: Placed) -> list[Placed]:
        return [_without(each, "of") for each in self._groups["releases"].get((_text(row, "key"),), [])]

    # --- projects

    def _project(self, row: Placed) -> Placed:
        key = _text(row, "key")
        return Placed(
            {
                **row,
                "requires": _listed(row.get("requires", "")),
                "earnings": [_without(each, "project") for each in self._groups["earnings"].get((key, ""), [])],
                "activities": [self._activity(each) for each in self._groups["activities"].get((key,), [])],
            },
            row.place,
        )

    def _activity(self, row: Placed) -> Placed:
        key = (_text(row, "project"), _text(row, "key"))
        done = _only(row, "done_from", "done_mode")
        return Placed(
            {
                **_without(row, "project", "done_from", "done_mode"),
                "done": Placed({name[5:]: cell for name, cell in done.items()}, row.place) if done else None,
                "modes": [self._mode(mode, key, number) for number, mode in self._modes_of(key)],
                "earnings": [_without(each, "project", "activity") for each in self._groups["earnings"].get(key, [])],
            },
            row.place,
        )

    def _modes_of(self, key: tuple[str, str]) -> Iterator[tuple[str, Placed]]:
        for number, row in enumerate(self._groups["modes"].get(key, []), start=1):
            yield str(number), row

    def _mode(self, row: Placed, key: tuple[str, str], number: str) -> Placed:
        demands, payments = (self._groups[sheet].get((*key, number), []) for sheet in ("demands", "payments"))
        return Placed(
            {
                **_without(row, "project", "activity", "mode"),
                "demands": [_without(each, "project", "activity", "mode") for each in demands],
                "payments": [_without(each, "project", "activity", "mode") for each in payments],
            },
            row.place,
        )


# What the rows of a sheet are grouped by; a mode that is not named is the first one.
_GROUPED_BY: Mapping[str, tuple[str, ...]] = {
    "calendars": ("calendar",),
    "releases": ("of",),
    "activities": ("project",),
    "modes": ("project", "activity"),
    "demands": ("project", "activity", "mode"),
    "payments": ("project", "activity", "mode"),
    "earnings": ("project", "activity"),
    "groups": ("group",),
}


def _grouped(sheet: str, rows: Sequence[Placed]) -> dict[tuple[str, ...], list[Placed]]:
    groups: dict[tuple[str, ...], list[Placed]] = {}
    for row in rows:
        key = tuple(_text(row, name) or ("1" if name == "mode" else "") for name in _GROUPED_BY.get(sheet, ()))
        groups.setdefault(key, []).append(row)
    return groups


def _numbered(rows: Sequence[Placed]) -> set[tuple[str, ...]]:
    """(project, activity, mode) of each mode; those of an activity are numbered as they stand, from 1."""
    counted: Counter[tuple[str, str]] = Counter()
    numbers: set[tuple[str, ...]] = set()
    for row in rows:
        key = (_text(row, "project"), _text(row, "activity"))
        counted[key] += 1
        number = str(counted[key])
        if _text(row, "mode") not in ("", number):
            raise PlanningError(Refusal.BAD_VALUE, place=f"{row.place}.mode", value=_text(row, "mode"), expected=number)
        numbers.add((*key, number))
    return numbers


def _known_key(row: Placed, kind: str, key: Hashable, keys: Container[Hashable]) -> None:
    if key not in keys:
        raise PlanningError(Refusal.UNKNOWN_NAME, place=row.place, kind=kind, key=key)


def _lag(row: Placed) -> Placed:
    ends = {name: [_text(row, f"{name}_project"), _text(row, f"{name}_activity")] for name in ("before", "after")}
    return Placed({**_only(row, "least", "most", "counted_from"), **ends}, row.place)


def _text(row: Placed, column: str) -> str:
    return str(row.get(column, ""))


def _listed(cell: object) -> list[str]:
    """The keys in a cell, between commas or semicolons."""
    return [key.strip() for key in _SEPARATORS.split(str(cell)) if key.strip()]


def _only(row: Placed, *columns: str) -> Placed:
    return Placed({name: row[name] for name in columns if name in row}, row.place)


def _without(row: Placed, *columns: str) -> Placed:
    return Placed({name: cell for name, cell in row.items() if name not in columns}, row.place)
