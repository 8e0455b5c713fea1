"""What counties write in tables of projects, as the room's data say it: ``data/tables.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


def headings(section: str) -> Mapping[str, list[str]]:
    """What people write for each thing of a section: ledger, funding, portfolio, figures, levels, sectors, units ..."""
    return dict(_tables()[section])


def word_list(name: str) -> tuple[str, ...]:
    """A plain list: ``nothing``, ``months``."""
    return tuple(_tables()[name])


def pattern(name: str) -> re.Pattern[str]:
    """How people write something, as a regular expression over folded text without blanks."""
    return re.compile(_tables()["patterns"][name])


@cache
def _tables() -> dict[str, Any]:
    text = resources.files("sushui.projects").joinpath("data/tables.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
