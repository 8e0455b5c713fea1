"""Dated settings: what the sources leave open, each with a default, a sentence, and a value by division and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sushui.kernel import clock
from sushui.kernel.models import DatedSetting


@dataclass(frozen=True)
class SettingDefinition:
    """A setting that exists: its key, default (JSON), what it means (a msgid) and where the default comes from."""

    key: str
    default: Any
    sentence: str
    source: str = "not stated"


_definitions: dict[str, SettingDefinition] = {}
_lineages: list[Callable[[int], Sequence[int]]] = []


def register_setting(definition: SettingDefinition) -> None:
    _definitions[definition.key] = definition


def definitions() -> list[SettingDefinition]:
    """Every registered setting, by key."""
    return [_definitions[key] for key in sorted(_definitions)]


def register_lineage(lineage: Callable[[int], Sequence[int]]) -> None:
    """``lineage`` gives a division and those above it, nearest first; the room of divisions tells it."""
    _lineages[:] = [lineage]


def setting(key: str, division_id: int | None, on: date | None = None) -> Any:
    """The value in force on the day (default: today) for the division or the nearest above it, else the default.

    Raises:
        KeyError: nobody registered ``key``.
    """
    return _values([key], division_id, on)[key]


def settings_of(prefix: str, division_id: int | None, on: date | None = None) -> dict[str, Any]:
    """All settings whose key begins with ``prefix.``, keys without the prefix, in one query."""
    keys = [key for key in _definitions if key.startswith(f"{prefix}.")]
    return {key.removeprefix(f"{prefix}."): value for key, value in _values(keys, division_id, on).items()}


def _values(keys: list[str], division_id: int | None, on: date | None) -> dict[str, Any]:
    lineage = list(_lineages[0](division_id)) if division_id and _lineages else []
    rows = DatedSetting.objects.filter(key__in=keys, division_id__in=lineage, valid_from_on__lte=on or clock.today())
    found: dict[str, Any] = {key: _definitions[key].default for key in keys}
    # Farthest division first, oldest first: what is written last is the nearest and newest.
    for row in sorted(rows, key=lambda row: (-lineage.index(row.division_id), row.valid_from_on)):
        found[row.key] = row.value
    return found
