"""What can be known of an enterprise: fields with kind, unit, source, freshness and owner; and dated parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction

from .errors import Refusal
from .texts import Node, Place, parse
from .units import DATE, MONEY, SHARE, Dimension, Quantity, UnknownUnit, base_unit, read_quantity

# No enterprise has more: what is greater is a slip of the pen, and products of it would not fit 128 bits. In steps.
GREATEST = {"money": 10**14, "integer": 10**10, "rate": 10**8, "date": date(2999, 12, 31).toordinal()}
FIRST_DAY = date(1900, 1, 1).toordinal()  # what is earlier is a slip of the pen
GREATEST_OF_UNIT = {"天": 10**5, "日": 10**5, "月": 10**5, "个月": 10**5, "年": 10**4, "人": 10**8}
RATE_DECIMALS = 6  # a rate is kept in millionths, 9.05% as 90500


class Kind(StrEnum):
    """What a field holds."""

    INTEGER = "integer"
    MONEY = "money"
    RATE = "rate"
    DATE = "date"
    BOOLEAN = "boolean"
    CODE = "code"
    SET = "set"
    ROWS = "rows"

    @property
    def is_number(self) -> bool:
        """Whether it is counted with; dates are days counted from 0001-01-01."""
        return self in (Kind.INTEGER, Kind.MONEY, Kind.RATE, Kind.DATE)


@dataclass(frozen=True)
class Field:
    """One thing that may be known.

    `name`: its Chinese name. `unit`: of an integer, and of rows (笔, 人). `decimals`: digits after the point that an
    integer field keeps (33.5亩 with one is 335). `may_be_negative`: otherwise 0 is the least it can be, also where it
    is missing. `codes`: the only ones there are; none: any. `columns`: of rows. `is_changeable`: whether an enterprise
    can do something about it (the day of its registration is what it is).
    """

    key: str
    name: str
    kind: Kind
    unit: str = ""
    decimals: int = 0
    source: str = ""
    owner: str = ""
    freshness: str = ""
    may_be_missing: bool = True
    may_be_negative: bool = False
    is_changeable: bool = True
    codes: tuple[str, ...] = ()
    columns: Mapping[str, Field] = field(default_factory=dict, hash=False)

    @property
    def dimension(self) -> Dimension:
        """Of a number; of one row where it holds rows."""
        if self.kind is Kind.MONEY:
            return MONEY
        if self.kind is Kind.DATE:
            return DATE
        return ((base_unit(self.unit)[0], 1),) if self.unit and self.kind is not Kind.RATE else SHARE

    @property
    def step(self) -> Fraction:
        """The smallest difference that the field can hold, in base units."""
        if self.kind is Kind.RATE:
            return Fraction(1, 10**RATE_DECIMALS)
        scale = base_unit(self.unit)[1] if self.unit and self.kind is Kind.INTEGER else Fraction(1)
        return scale / Fraction(10**self.decimals)

    @property
    def least(self) -> int | None:
        """The least it can be, in steps; of a date nothing is said."""
        return None if self.may_be_negative or self.kind is Kind.DATE else 0

    @property
    def greatest(self) -> int:
        """The greatest that facts may say, in steps."""
        return (
            GREATEST_OF_UNIT.get(self.unit, GREATEST[self.kind]) if self.kind is Kind.INTEGER else GREATEST[self.kind]
        )


@dataclass(frozen=True)
class Parameter:
    """A figure that changes with time and is written in no policy: the LPR, a minimum wage, a threshold of statistics.

    `values`: from which day which value, in order.
    """

    key: str
    name: str
    dimension: Dimension
    values: tuple[tuple[date, Fraction], ...]
    source: str = ""

    def on(self, day: date) -> Fraction | None:
        """The value on a day; None before the first one is known."""
        known = [value for since, value in self.values if since <= day]
        return known[-1] if known else None


@dataclass(frozen=True)
class Registry:
    """Every field, dated parameter and list of codes that a clause may name."""

    fields: Mapping[str, Field]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def similar(self, name: str) -> tuple[str, ...]:
        """Names that are written nearly so."""
        return tuple(get_close_matches(name, [*self.fields, *self.parameters, *self.lists], 3))


FIELD_WORDS = (
    *("field", "name", "kind", "unit", "decimals", "source", "owner", "freshness", "codes", "columns"),
    *("may_be_missing", "may_be_negative", "changeable"),
)
PARAMETER_WORDS = ("parameter", "name", "values", "source")


def load_registry(text: str, file: str = "", parameters: str = "", parameters_file: str = "") -> Registry:
    """Read the fields (`fields`, `lists`) and, from a text of their own, the dated parameters.

    Raises `MatchingError`: a code of a text or a registry.
    """
    root = parse(text, file)
    root.fields("fields", "lists", "parameters")
    dated = parse(parameters, parameters_file) if parameters else root
    dated.fields("fields", "lists", "parameters")
    lists = root.fields().get("lists")
    return Registry(
        fields=_fields(root, "fields"),
        parameters={each.key: each for each in dated.list_of("parameters", _parameter)},
        lists={name: codes_of(node) for name, node in lists.fields().items()} if lists else {},
    )


def codes_of(node: Node) -> tuple[str, ...]:
    """A list of codes."""
    return tuple(item.text() for item in node.items())


def _fields(node: Node, name: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for item in node.need(name).items():
        read = _field(item)
        if read.key in found:
            item.place.refuse(Refusal.TWO_FIELDS_ONE_NAME, field=read.key)
        found[read.key] = read
    return found


def _field(node: Node) -> Field:
    node.fields(*FIELD_WORDS)
    kind = _kind(node.need("kind"))
    if (kind is Kind.ROWS) != ("columns" in node.fields()):
        node.place.refuse(Refusal.NO_COLUMNS, field=node.words("field"))
    return Field(
        key=node.words("field"),
        name=node.words("name"),
        kind=kind,
        unit=_unit(node),
        decimals=node.maybe("decimals", lambda each: each.whole(0, 6)) or 0,
        source=node.words("source", ""),
        owner=node.words("owner", ""),
        freshness=node.words("freshness", ""),
        may_be_missing=node.flag("may_be_missing", True),
        may_be_negative=node.flag("may_be_negative", False),
        is_changeable=node.flag("changeable", kind is not Kind.DATE),
        codes=node.maybe("codes", codes_of) or (),
        columns=_fields(node, "columns") if kind is Kind.ROWS else {},
    )


def _kind(node: Node) -> Kind:
    if node.text() not in tuple(Kind):
        node.place.refuse(Refusal.BAD_VALUE, place=node.place.path, value=node.text())
    return Kind(node.text())


def _unit(node: Node) -> str:
    unit = node.words("unit", "")
    try:
        return unit if not unit or base_unit(unit) else ""
    except UnknownUnit:
        node.need("unit").place.refuse(Refusal.UNKNOWN_UNIT, unit=unit)


def _parameter(node: Node) -> Parameter:
    node.fields(*PARAMETER_WORDS)
    written = node.need("values").fields()
    values = [(read_date(day, each.place), quantity_of(each)) for day, each in written.items()]
    if not values:
        node.place.refuse(Refusal.MISSING, place=node.place.path)
    return Parameter(
        key=node.words("parameter"),
        name=node.words("name"),
        dimension=values[0][1].dimension,
        values=tuple(sorted((day, quantity.value) for day, quantity in values)),
        source=node.words("source", ""),
    )


def read_date(text: str, place: Place) -> date:
    """2024-02-29. Raises `MatchingError`: BAD_VALUE."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        place.refuse(Refusal.BAD_VALUE, place=place.path, value=text)


def quantity_of(node: Node) -> Quantity:
    """One quantity. Raises `MatchingError`: UNKNOWN_UNIT, BAD_VALUE."""
    try:
        found = read_quantity(node.text())
    except UnknownUnit as unknown:
        node.place.refuse(Refusal.UNKNOWN_UNIT, unit=str(unknown))
    if found is None:
        node.place.refuse(Refusal.BAD_VALUE, place=node.place.path, value=node.text())
    return found
