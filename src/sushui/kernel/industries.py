"""Industries of GB/T 4754-2017: what a code names, and what lies under it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (one letter), division (2 digits), group (3) or class (4) of the standard."""

    code: str
    section: str
    name: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@cache
def industries() -> dict[str, Industry]:
    """Every industry by its code, in the order of the standard."""
    text = resources.files("sushui.kernel").joinpath("data/industries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: Industry(row["code"], row["section"], row["name"]) for row in rows}


def industry(code: str) -> Industry | None:
    """The industry with this code; None when the standard has none."""
    return industries().get(code.strip().upper())


def lineage(code: str) -> list[Industry]:
    """The industry and those that hold it, section first: A, 01, 011, 0111; empty when the standard has none."""
    found = industry(code)
    if found is None:
        return []
    digits = "" if found.code == found.section else found.code
    return [industries()[each] for each in (found.section, *(digits[:end] for end in range(2, len(digits) + 1)))]
