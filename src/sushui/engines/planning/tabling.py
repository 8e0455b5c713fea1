"""A problem as the sheets of a workbook, which `reading.tables` reads back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from .problem import Problem
from .reading.measures import WHOLE, Measure
from .reading.vocabulary import COLUMNS
from .writing import document_of

Row = dict[str, object]


def tables_of(problem: Problem, money: Measure = WHOLE) -> dict[str, list[list[object]]]:
    """Every sheet with its heading and rows; cells are texts and numbers, days are texts."""
    document: Mapping[str, Any] = document_of(problem, money)
    rows = {
        "time": [_time(document)],
        "weights": [{"part": part, "weight": weight} for part, weight in document.get("weights", {}).items()],
        "calendars": _under(document.get("calendars", ()), "pauses", "calendar"),
        "factors": _without(document.get("factors", ()), "levels", "releases"),
        "sources": [
            row | {"pays_for": ", ".join(row["pays_for"])} if "pays_for" in row else row
            for row in _without(document.get("sources", ()), "arrivals")
        ],
        "releases": list(_releases(document)),
        "projects": [
            row | {"requires": ", ".join(row.get("requires", ()))}
            for row in _without(document.get("projects", ()), "activities", "earnings")
        ],
        **_activities(document.get("projects", ())),
        "lags": [_lag(lag) for lag in document.get("lags", ())],
        "groups": [
            {"group": number, "project": key}
            for number, group in enumerate(document.get("groups", ()), start=1)
            for key in group["projects"]
        ],
    }
    return {sheet: _sheet(columns, rows[sheet]) for sheet, columns in COLUMNS.items()}


def _sheet(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> list[list[object]]:
    return [list(columns), *([_cell(name, row.get(name)) for name in columns] for row in rows)]


def _cell(name: str, value: object) -> object:
    """Amounts are written as numbers, for a spreadsheet to sum up; their unit stands with the factor."""
    if name != "amount" or not isinstance(value, str):
        return value
    number = Decimal(value.split()[0])
    return int(number) if number == number.to_integral_value() else float(number)


def _time(document: Mapping[str, Any]) -> Row:
    money = document.get("money", {})
    return {
        **document["time"],
        "goal": document["goal"],
        "money_unit": money.get("unit"),
        "money_decimals": money.get("decimals"),
    }


def _releases(document: Mapping[str, Any]) -> Iterator[Row]:
    for owner in (*document.get("factors", ()), *document.get("sources", ())):
        for name in ("levels", "releases", "arrivals"):
            yield from ({"of": owner["key"], **row} for row in owner.get(name, ()))


def _activities(projects: Iterable[Mapping[str, Any]]) -> dict[str, list[Row]]:
    """The sheets about what happens in projects."""
    sheets: dict[str, list[Row]] = {name: [] for name in ("activities", "modes", "demands", "payments", "earnings")}
    for project in projects:
        of_project = {"project": project["key"]}
        sheets["earnings"].extend(of_project | earning for earning in project.get("earnings", ()))
        for activity in project.get("activities", ()):
            place = of_project | {"activity": activity["key"]}
            done = {f"done_{name}": value for name, value in activity.get("done", {}).items()}
            sheets["activities"].append(of_project | activity | done)
            sheets["earnings"].extend(place | earning for earning in activity.get("earnings", ()))
            for number, mode in enumerate(activity.get("modes", ()), start=1):
                numbered = place | {"mode": number}
                demands = mode.get("demands", {}).items()
                sheets["modes"].append(numbered | mode)
                sheets["demands"].extend(numbered | {"factor": key, "amount": amount} for key, amount in demands)
                sheets["payments"].extend(numbered | payment for payment in mode.get("payments", ()))
    return sheets


def _lag(lag: Mapping[str, Any]) -> Row:
    (before, first), (after, second) = lag["before"], lag["after"]
    return {
        **lag,
        "before_project": before,
        "before_activity": first,
        "after_project": after,
        "after_activity": second,
    }


def _under(owners: Iterable[Mapping[str, Any]], name: str, column: str) -> list[Row]:
    return [{column: owner["key"], **row} for owner in owners for row in owner.get(name, ())]


def _without(rows: Iterable[Mapping[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]
