"""The fields of what was written, asked for by name: whatever is missing, unknown or not to be read is named with its
place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from ..errors import PlanningError, Refusal
from ..timeline import TimeLine
from .measures import WHOLE, Measure

Word = TypeVar("Word", bound=StrEnum)
_MISSING = object()


class Placed(dict[str, object]):
    """Fields that know where they stand: a row of a sheet. What is nested in a file is named by its path instead."""

    def __init__(self, fields: Mapping[str, object], place: str) -> None:
        super().__init__(fields)
        self.place = place


class Fields:
    """What a mapping holds. Every field that may be there is asked for; `end` refuses what nobody asked for."""

    def __init__(self, value: object, place: str, timeline: TimeLine | None = None) -> None:
        self.place = value.place if isinstance(value, Placed) else place
        if not isinstance(value, Mapping):
            raise self._bad("", value, "fields")
        self._value: Mapping[str, object] = value
        self._asked: set[str] = set()
        self._timeline = timeline

    def end(self) -> None:
        """Refuse a field that nobody asked for: it would be lost, and its author not know."""
        for name in self._value:
            if name not in self._asked:
                raise PlanningError(Refusal.UNKNOWN_FIELD, place=self.at(name), known=tuple(sorted(self._asked)))

    def at(self, name: object) -> str:
        """The place of a field."""
        return f"{self.place}.{name}".strip(".")

    def has(self, name: str) -> bool:
        """Whether something stands in a field."""
        self._asked.add(name)
        return self._value.get(name) not in (None, "")

    # --- single values

    def text(self, name: str, default: str | None = None) -> str:
        """A text; a number is one too, since a spreadsheet makes numbers of keys such as 1."""
        value = self._get(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self._bad(name, value, "text")
        return str(value)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number."""
        return WHOLE.read(self._get(name, default), self.at(name))

    def amount(self, name: str, measure: Measure) -> int:
        """An amount in a measure's smallest parts."""
        return measure.read(self._get(name), self.at(name))

    def flag(self, name: str) -> bool:
        """True or false; false where nothing stands."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            raise self._bad(name, value, "true or false")
        return value

    def word(self, name: str, words: type[Word], default: Word | None = None) -> Word:
        """One of an enumeration's words."""
        value = self._get(name, default)
        try:
            return words(str(value))
        except ValueError:
            raise self._bad(name, value, " | ".join(words)) from None

    def day(self, name: str) -> date | None:
        """A day, or None where nothing stands."""
        return _day(self._get(name)) or self._refuse_day(name) if self.has(name) else None

    def slot(self, name: str, default: int | None = None) -> int:
        """The slot that holds a day, or a slot's number."""
        value = self._get(name, default)
        day = _day(value)
        if day is None:
            if isinstance(value, bool) or not isinstance(value, int):
                raise self._bad(name, value, "day or number of a slot")
            return value
        slot = self._timeline.slot_of(day) if self._timeline else None
        if slot is None:
            raise PlanningError(Refusal.WITHOUT_FIRST_DAY, place=self.at(name), value=day)
        return slot

    def slot_after(self, name: str) -> int:
        """The slot after the one that holds a day: what lasts until a day lasts to the end of its slot."""
        return self.slot(name) + 1

    # --- several values

    def names(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where nothing stands."""
        value = self._get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self._bad(name, value, "list of texts")
        for each in value:
            if not isinstance(each, str):
                raise self._bad(name, each, "text")
        return tuple(value)

    def is_listed(self, name: str) -> bool:
        """Whether a list stands in a field."""
        return self.has(name) and isinstance(self._value[name], list | tuple)

    def listed(self, name: str) -> list[Fields]:
        """A list of mappings, each named by its key or its number; empty where nothing stands."""
        value = self._get(name, ())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self._bad(name, value, "list")
        return [
            Fields(each, self.at(f"{name}.{_name(each, number)}"), self._timeline) for number, each in enumerate(value)
        ]

    def nested(self, name: str) -> Fields:
        """A mapping; an empty one where nothing stands."""
        return Fields(self._get(name, {}), self.at(name), self._timeline)

    def every(self) -> list[str]:
        """The names of all fields, where any may stand."""
        self._asked.update(self._value)
        return list(self._value)

    def timed(self, timeline: TimeLine) -> Fields:
        """The same fields, with slots counted along a time line."""
        self._timeline = timeline
        return self

    def _get(self, name: str, default: object = None) -> object:
        self._asked.add(name)
        value = self._value.get(name)
        if value is None or value == "":
            value = default
        if value is None:
            raise PlanningError(Refusal.MISSING, place=self.at(name))
        return value

    def _bad(self, name: str, value: object, expected: str) -> PlanningError:
        return PlanningError(Refusal.BAD_VALUE, place=self.at(name), value=str(value)[:80], expected=expected)

    def _refuse_day(self, name: str) -> date:
        raise self._bad(name, self._value.get(name), "day")


def _name(value: object, number: int) -> object:
    key = value.get("key") if isinstance(value, Mapping) else None
    return key if isinstance(key, str) else number


def _day(value: object) -> date | None:
    """A day as ISO 8601 writes it, or a cell that holds one."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None
