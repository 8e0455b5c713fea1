"""What is known of one enterprise, checked against the registry. What is not there is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .errors import MatchingError, Refusal
from .registry import FIRST_DAY, Field, Kind, Registry, quantity_of, read_date
from .texts import Node, truth
from .units import Quantity

# Numbers are whole steps of the field: money in 分, rates in millionths, dates as days since 0001-01-01.
Value = int | bool | str | frozenset[str]
Row = Mapping[str, Value]


@dataclass(frozen=True)
class Facts:
    """Known values by field; rows by field; answers of people to `policy.question`.

    A field that is missing is unknown; so is a column that is missing in a row. Rows that are missing are unknown, an
    empty tuple says that there are none.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    answers: Mapping[str, bool] = field(default_factory=dict)

    def having(self, key: str, value: Value) -> Facts:
        """The same with one value changed."""
        return Facts({**self.values, key: value}, self.rows, self.answers)


Given = int | Fraction | bool | str | date | Sequence[object] | frozenset[str] | None


def facts_of(registry: Registry, given: Mapping[str, object], answers: Mapping[str, bool] | None = None) -> Facts:
    """Facts from plain Python values: money in 分, rates and other numbers in the field's unit, dates, lists of rows.

    None is unknown. Raises `MatchingError`: UNKNOWN_FIELD, NOT_OF_KIND, OUT_OF_RANGE.
    """
    known = {key: value for key, value in given.items() if value is not None}
    fields = {key: _known(registry, key) for key in known}
    rows = {key: _rows(fields[key], value) for key, value in known.items() if fields[key].kind is Kind.ROWS}
    values = {key: value_of(fields[key], value) for key, value in known.items() if key not in rows}
    return Facts(values, rows, dict(answers or {}))


def _known(registry: Registry, key: str) -> Field:
    found = registry.fields.get(key)
    if found is None:
        raise MatchingError(Refusal.UNKNOWN_FIELD, field=key, similar=registry.similar(key))
    return found


def _rows(found: Field, given: object) -> tuple[Row, ...]:
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise _not_of_kind(found, given)
    return tuple(_row(found, each) for each in given)


def _row(found: Field, given: object) -> Row:
    if not isinstance(given, Mapping):
        raise _not_of_kind(found, given)
    for key in given:
        if key not in found.columns:
            raise MatchingError(Refusal.UNKNOWN_FIELD, field=f"{found.key}.{key}", similar=tuple(found.columns))
    return {key: value_of(found.columns[key], value) for key, value in given.items() if value is not None}


def _not_of_kind(found: Field, given: object) -> MatchingError:
    return MatchingError(Refusal.NOT_OF_KIND, field=found.key, kind=found.kind.value, value=str(given))


def value_of(found: Field, given: object) -> Value:
    """One value in the steps of its field. Raises `MatchingError`: NOT_OF_KIND, OUT_OF_RANGE."""
    if found.kind.is_number:
        steps = _steps(found, given)
        least = FIRST_DAY if found.kind is Kind.DATE else found.least
        if (least is not None and steps < least) or abs(steps) > found.greatest:
            raise MatchingError(Refusal.OUT_OF_RANGE, field=found.key, value=str(given))
        return steps
    if found.kind is Kind.BOOLEAN and isinstance(given, bool):
        return given
    if found.kind is Kind.CODE and isinstance(given, str):
        return given
    if found.kind is Kind.SET and isinstance(given, Iterable) and not isinstance(given, str):
        return frozenset(str(each) for each in given)
    raise _not_of_kind(found, given)


def _steps(found: Field, given: object) -> int:
    """Money comes in 分 and rates as fractions; both exactly."""
    if found.kind is Kind.DATE and isinstance(given, date):
        return given.toordinal()
    if isinstance(given, bool) or not isinstance(given, int | Fraction) or found.kind is Kind.DATE:
        raise _not_of_kind(found, given)
    scale = 1 if found.kind is Kind.MONEY else found.step
    steps = Fraction(given) / scale
    if steps.denominator != 1:
        raise _not_of_kind(found, given)
    return int(steps)


def read_facts(registry: Registry, node: Node) -> Facts:
    """Facts as an official writes them: `revenue: 2300万元`, `registered_on: 2021-03-01`, `loans: [...]`.

    `answers` holds what people said, by policy.question. A field whose value is 不详 or unknown is left out.
    Raises `MatchingError`: UNKNOWN_FIELD, NOT_OF_KIND, WRONG_UNIT, OUT_OF_RANGE.
    """
    written = dict(node.fields())
    answers = written.pop("answers", None)
    known = {key: each for key, each in written.items() if not _is_unknown(each)}
    given = {key: _given(_known_at(registry, key, each), each) for key, each in known.items()}
    said = {key: truth(each) for key, each in answers.fields().items() if not _is_unknown(each)} if answers else {}
    try:
        return facts_of(registry, given, said)
    except MatchingError as error:
        raise MatchingError(error.code, file=node.place.file, line=node.place.line, **error.params) from error


def _known_at(registry: Registry, key: str, node: Node) -> Field:
    found = registry.fields.get(key)
    if found is None:
        node.place.refuse(Refusal.UNKNOWN_FIELD, field=key, similar=registry.similar(key))
    return found


def _is_unknown(node: Node) -> bool:
    return node.is_text and node.value in ("", "unknown", "不详", "未知", "null", "~")


def _given(found: Field, node: Node) -> object:
    if found.kind is Kind.ROWS:
        return [_given_row(found, each) for each in node.items()]
    if found.kind is Kind.SET:
        return [each.text() for each in node.items()]
    if found.kind is Kind.CODE:
        return node.text()
    if found.kind is Kind.BOOLEAN:
        return truth(node)
    if found.kind is Kind.DATE:
        return read_date(node.text(), node.place)
    return _in_unit(found, quantity_of(node), node)


def _given_row(found: Field, node: Node) -> dict[str, object]:
    written = node.fields()
    for key, each in written.items():
        if key not in found.columns:
            each.place.refuse(Refusal.UNKNOWN_FIELD, field=f"{found.key}.{key}", similar=tuple(found.columns))
    return {key: _given(found.columns[key], each) for key, each in written.items() if not _is_unknown(each)}


def _in_unit(found: Field, quantity: Quantity, node: Node) -> Fraction:
    if quantity.dimension != found.dimension and not (quantity.is_plain and quantity.value == 0):
        node.place.refuse(Refusal.WRONG_UNIT, expression=node.text(), expected=found.unit or found.kind, found="")
    return quantity.value
