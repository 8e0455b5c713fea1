"""Reading one mapping field by field: what is missing, unknown or not of its kind is refused with its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from .errors import NetworkError, Refusal
from .template import NOT_STATED, DayKind, Length, Limit, RunsFrom, Unit

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")

# No permit takes longer than twenty years: a greater number is a slip of the pen.
LONGEST = {Unit.DAY: 7300, Unit.MONTH: 240}
LONGEST_TEXT = 2000
LENGTH = ("length", "unit", "day_kind")


class Fields:
    """One mapping of a text; `place` says where it stands."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
            raise NetworkError(Refusal.NOT_A_MAPPING, place=place)
        self.values: Mapping[str, object] = value
        self.place = place

    def only(self, *names: str) -> Fields:
        """These fields and no others. Raises `NetworkError`: UNKNOWN_FIELD."""
        for name in self.values:
            if name not in names:
                raise NetworkError(Refusal.UNKNOWN_FIELD, place=self.at(name))
        return self

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if value is None:
            raise NetworkError(Refusal.MISSING, place=self.at(name))
        if not isinstance(value, str) or not (value.strip() or value == default) or len(value) > LONGEST_TEXT:
            raise self.bad(name)
        return value.strip()

    def source(self, name: str = "source") -> str:
        """A law and its article, a notice, or `NOT_STATED`; never left out. Raises `NetworkError`: WITHOUT_SOURCE."""
        if self.values.get(name) in (None, ""):
            raise NetworkError(Refusal.WITHOUT_SOURCE, place=self.at(name))
        return self.text(name)

    def number(self, name: str, least: int, most: int) -> int:
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(name) if name in self.values else NetworkError(Refusal.MISSING, place=self.at(name))
        if not least <= value <= most:
            raise NetworkError(Refusal.LENGTH_OUT_OF_RANGE, place=self.at(name), value=value)
        return value

    def word(self, name: str, words: type[Word], default: Word) -> Word:
        value = self.values.get(name, default)
        if not isinstance(value, str) or value not in set(words):
            raise self.bad(name)
        return words(value)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.values.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.bad(name)
        return tuple(value.strip() for value in values)

    def items(self, name: str) -> list[Fields]:
        values = self.values.get(name, [])
        if not isinstance(values, list):
            raise self.bad(name)
        return [Fields(value, f"{self.at(name)}.{index}") for index, value in enumerate(values, start=1)]

    def inner(self, name: str, read: Callable[[Fields], Read]) -> Read | None:
        """A mapping inside, read; None where it is left out or not stated."""
        value = self.values.get(name)
        return None if value is None or value == NOT_STATED else read(Fields(value, self.at(name)))

    def bad(self, name: str) -> NetworkError:
        return NetworkError(Refusal.BAD_VALUE, place=self.at(name), value=str(self.values.get(name))[:100])


def read_length(fields: Fields) -> Length:
    """A length; days say of which kind they are. Raises `NetworkError`."""
    fields.only(*LENGTH)
    return length_of(fields)


def length_of(fields: Fields) -> Length:
    """The length that stands among other fields."""
    if "unit" not in fields.values:
        raise NetworkError(Refusal.LENGTH_WITHOUT_UNIT, place=fields.place)
    unit = fields.word("unit", Unit, Unit.DAY)
    if unit is Unit.DAY and "day_kind" not in fields.values:
        raise NetworkError(Refusal.LENGTH_WITHOUT_DAY_KIND, place=fields.place)
    day_kind = DayKind.CALENDAR if unit is Unit.MONTH else fields.word("day_kind", DayKind, DayKind.WORKING)
    return Length(fields.number("length", 0, LONGEST[unit]), unit, day_kind)


def read_limit(fields: Fields) -> Limit:
    """A limit with its source, and the extension that the law gives. Raises `NetworkError`."""
    fields.only(*LENGTH, "source", "from", "extension")
    runs_from = fields.word("from", RunsFrom, RunsFrom.ACCEPTANCE)
    extension = fields.inner("extension", _read_extension)
    length, source = length_of(fields), fields.source()
    return Limit(length, source, runs_from, *extension) if extension else Limit(length, source, runs_from)


def _read_extension(fields: Fields) -> tuple[Length, str]:
    fields.only(*LENGTH, "source")
    return length_of(fields), fields.source()
