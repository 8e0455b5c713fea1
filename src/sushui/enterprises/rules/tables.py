"""The thresholds of the package, each row with the day from which it counts (`data/README.md`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources


@cache
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table of the package as texts."""
    text = resources.files("sushui.enterprises").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def in_force(name: str, key: str, value: str, on: date) -> Iterator[Mapping[str, str]]:
    """The rows whose column ``key`` says ``value``, of the newest day on or before ``on``; none before the first."""
    fitting = [row for row in rows_of(name) if row[key] == value and row["from_on"] <= on.isoformat()]
    newest = max((row["from_on"] for row in fitting), default="")
    return (row for row in fitting if row["from_on"] == newest)
