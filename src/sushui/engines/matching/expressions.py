"""Expressions read and typed in one pass: `growth(revenue, revenue_last_year) >= 10% and scale in {small, micro}`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from .errors import Refusal
from .registry import Field
from .tokens import Token, tokens
from .tree import (
    Always,
    AmountOf,
    AtLeast,
    Between,
    Compare,
    Comparison,
    Constant,
    Contains,
    Dated,
    Either,
    Extreme,
    GrantedBy,
    Member,
    MonthsBetween,
    Negation,
    OverRows,
    Test,
    Today,
    Whole,
    YearStart,
)
from .typing import Scope, Shape, Typed, added, common_dimension, compared, constant_of, field_of, number, test, times
from .units import DATE, MONEY, MONTHS, Quantity, named

ONE = Constant(Fraction(1))


def read(text: str, scope: Scope) -> Typed:
    """What an expression is. Raises `MatchingError`: a code of an expression, with the file and line of the scope."""
    parser = _Parser(text, replace(scope, written=text))
    found = parser.either_of()
    if parser.token.kind != "end":
        parser.fail()
    return found


def read_number(text: str, scope: Scope) -> Typed:
    """A number. Raises `MatchingError` as `read`, and WRONG_KIND."""
    found = read(text, scope)
    number(found, replace(scope, written=text))
    return found


def read_money(text: str, scope: Scope) -> Typed:
    """An amount of money, or a plain 0. Raises `MatchingError` as `read`, and WRONG_UNIT."""
    found = read_number(text, scope)
    common_dimension(Typed(Shape.NUMBER, ONE, MONEY), found, replace(scope, written=text))
    return found


def read_test(text: str, scope: Scope) -> Test:
    """A test. Raises `MatchingError` as `read`, and WRONG_KIND."""
    return test(read(text, scope), replace(scope, written=text))


class _Parser:
    """Down by precedence: or, and, not, comparison, sum, product, sign, piece."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.scope = scope
        self.tokens = tokens(text, scope.place)
        self.at = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def fail(self) -> None:
        """Refuse the token at hand."""
        token = self.token
        found = token.written or "end"
        self.scope.refuse(Refusal.NOT_AN_EXPRESSION, expression=self.scope.written, at=token.at + 1, found=found)

    def takes(self, *written: str) -> str:
        """The token at hand if it is one of these, which is then passed; "" if not."""
        token = self.token
        if token.kind in ("name", "sign") and token.written in written:
            self.at += 1
            return token.written
        return ""

    def expect(self, written: str) -> None:
        if not self.takes(written):
            self.fail()

    def either_of(self) -> Typed:
        return self._joined("or", self.all_of)

    def all_of(self) -> Typed:
        return self._joined("and", self.negated)

    def _joined(self, word: str, below: Callable[[], Typed]) -> Typed:
        found = [below()]
        while self.takes(word):
            found.append(below())
        if len(found) == 1:
            return found[0]
        tests = tuple(test(each, self.scope) for each in found)
        return Typed(Shape.TEST, AtLeast(1 if word == "or" else len(tests), tests))

    def negated(self) -> Typed:
        if self.takes("not"):
            return Typed(Shape.TEST, Negation(test(self.negated(), self.scope)))
        return self.comparison()

    def comparison(self) -> Typed:
        first = self.sum()
        if sign := self.takes("<", "<=", ">", ">=", "=", "!="):
            return self._compared(sign, first)
        if self.takes("in"):
            return Typed(Shape.TEST, self._member(first))
        if self.token.written == "not" and self.tokens[self.at + 1].written == "in":
            self.at += 2
            return Typed(Shape.TEST, Negation(self._member(first)))
        if self.takes("contains"):
            needs_all = self.takes("any", "all") == "all"
            return Typed(Shape.TEST, self._contains(first, needs_all))
        return first

    def _compared(self, sign: str, first: Typed) -> Typed:
        if first.shape is Shape.CODE and sign in ("=", "!="):
            member = self._member(first)
            return Typed(Shape.TEST, member if sign == "=" else Negation(member))
        second = self.sum()
        if first.shape is Shape.TEST and second.shape is Shape.TEST and sign in ("=", "!="):
            return self._same_truth(sign, first, second)
        return compared(sign, first, second, self.scope)

    def _same_truth(self, sign: str, first: Typed, second: Typed) -> Typed:
        one, other = test(first, self.scope), test(second, self.scope)
        same = AtLeast(1, (AtLeast(2, (one, other)), AtLeast(2, (Negation(one), Negation(other)))))
        return Typed(Shape.TEST, same if sign == "=" else Negation(same))

    def _member(self, first: Typed) -> Test:
        found = self._field(first, Shape.CODE)
        codes = self._codes(found)
        prefixes = tuple(sorted({code[:-1] for code in codes if code.endswith("*")}))
        return Member(found.key, tuple(sorted({c for c in codes if not c.endswith("*")})), prefixes, first.rows)

    def _contains(self, first: Typed, needs_all: bool) -> Test:
        found = self._field(first, Shape.SET)
        return Contains(found.key, tuple(sorted(set(self._codes(found)))), needs_all, first.rows)

    def _field(self, typed: Typed, shape: Shape) -> Field:
        if typed.shape is not shape or not isinstance(typed.node, Field):
            expected, found = shape.value, typed.shape.value
            self.scope.refuse(Refusal.WRONG_KIND, expression=self.scope.written, expected=expected, found=found)
        return typed.node

    def _codes(self, field: Field) -> tuple[str, ...]:
        token = self.token
        self.at += 1
        if token.kind == "name" and token.written in {**self.scope.registry.lists, **self.scope.lists}:
            return {**self.scope.registry.lists, **self.scope.lists}[token.written]
        if token.kind == "name" and not field.codes:
            self.scope.refuse(Refusal.UNKNOWN_LIST, name=token.written)
        if token.kind not in ("set", "text", "name"):
            self.at -= 1
            self.fail()
        codes = token.value if isinstance(token.value, tuple) else (str(token.value or token.written),)
        for code in codes:
            if field.codes and not code.endswith("*") and code not in field.codes:
                self.scope.refuse(Refusal.UNKNOWN_CODE, field=field.key, given=code, allowed=field.codes)
        return codes

    def sum(self) -> Typed:
        found = self.product()
        while sign := self.takes("+", "-"):
            found = added(sign, found, self.product(), self.scope)
        return found

    def product(self) -> Typed:
        found = self.signed()
        while sign := self.takes("*", "/"):
            found = times(sign, found, self.signed(), self.scope)
        return found

    def signed(self) -> Typed:
        if self.takes("-"):
            below = self.signed()
            zero = Typed(Shape.NUMBER, Constant(Fraction(0)), below.dimension, is_plain=True)
            return added("-", zero, below, self.scope)
        return self.piece()

    def piece(self) -> Typed:
        token = self.token
        self.at += 1
        if isinstance(token.value, Quantity):
            value = token.value
            return Typed(Shape.NUMBER, Constant(value.value), value.dimension, value.is_plain)
        if isinstance(token.value, date):
            return Typed(Shape.NUMBER, Constant(Fraction(token.value.toordinal())), DATE)
        if token.kind == "sign" and token.written == "(":
            found = self.either_of()
            self.expect(")")
            return found
        if token.kind != "name":
            self.at -= 1
            self.fail()
        return self.call(token.written) if self.takes("(") else self.name(token.written)

    def name(self, name: str) -> Typed:
        scope, registry = self.scope, self.scope.registry
        if scope.row and name in scope.row.columns:
            return field_of(scope.row.columns[name], scope.row.key)
        if name in scope.named:
            return scope.named[name]
        if name in registry.fields:
            return field_of(registry.fields[name])
        if name in registry.parameters:
            return Typed(Shape.NUMBER, Dated(name), registry.parameters[name].dimension)
        if name == "today":
            return Typed(Shape.NUMBER, Today(), DATE)
        if name in ("true", "false"):
            return Typed(Shape.TEST, Always() if name == "true" else Negation(Always()))
        scope.refuse(Refusal.UNKNOWN_FIELD, field=name, similar=registry.similar(name))

    def call(self, name: str) -> Typed:
        if name in ROWS_FUNCTIONS:
            return self.over_rows(name)
        if name in ("amount", "granted"):
            return self.other_item(name)
        arguments = [self.either_of()]
        while self.takes(","):
            arguments.append(self.either_of())
        self.expect(")")
        if name not in FUNCTIONS:
            allowed = (*FUNCTIONS, *ROWS_FUNCTIONS, "amount", "granted")
            self.scope.refuse(Refusal.UNKNOWN_FUNCTION, name=name, allowed=allowed)
        least, most, function = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            self.fail()
        return function(arguments, self.scope)

    def other_item(self, name: str) -> Typed:
        token = self.token
        self.at += 1
        self.expect(")")
        item = token.written if "." in token.written else f"{self.scope.policy}.{token.written}"
        return Typed(Shape.NUMBER, AmountOf(item), MONEY) if name == "amount" else Typed(Shape.TEST, GrantedBy(item))

    def over_rows(self, name: str) -> Typed:
        rows = self._field(self.name(self.token.written), Shape.ROWS)
        self.at += 1
        outer, self.scope = self.scope, replace(self.scope, row=rows)
        value = self.sum() if self.takes(":", ",") else Typed(Shape.NUMBER, ONE, rows.dimension)
        where = test(self.either_of(), self.scope) if self.takes("where") else Always()
        self.expect(")")
        counted = number(value, self.scope)
        self.scope = outer
        return ROWS_FUNCTIONS[name](OverRows(rows.key, counted, where), value)


def _summed(over: OverRows, value: Typed) -> Typed:
    return Typed(Shape.NUMBER, over, value.dimension)


def _greatest(over: OverRows, value: Typed) -> Typed:
    return Typed(Shape.NUMBER, replace(over, is_greatest=True), value.dimension)


def _some(over: OverRows, value: Typed) -> Typed:
    return Typed(Shape.TEST, Compare(Comparison.MORE_OR_EQUAL, replace(over, value=ONE), ONE))


def _every(over: OverRows, value: Typed) -> Typed:
    none = replace(over, value=ONE, where=Negation(over.where))
    return Typed(Shape.TEST, Compare(Comparison.EQUAL, none, Constant(Fraction(0))))


ROWS_FUNCTIONS: dict[str, Callable[[OverRows, Typed], Typed]] = {
    "count": _summed,
    "sum": _summed,
    "greatest": _greatest,
    "any": _some,
    "every": _every,
}


def _extreme(is_least: bool) -> Callable[[list[Typed], Scope], Typed]:
    def build(arguments: list[Typed], scope: Scope) -> Typed:
        dimension = arguments[0].dimension
        for other in arguments[1:]:
            dimension = common_dimension(replace(arguments[0], dimension=dimension), other, scope)
        return Typed(Shape.NUMBER, Extreme(is_least, tuple(number(each, scope) for each in arguments)), dimension)

    return build


def _whole(is_up: bool) -> Callable[[list[Typed], Scope], Typed]:
    def build(arguments: list[Typed], scope: Scope) -> Typed:
        return Typed(Shape.NUMBER, Whole(number(arguments[0], scope), is_up), arguments[0].dimension)

    return build


def _growth(arguments: list[Typed], scope: Scope) -> Typed:
    now, before = arguments
    return times("/", added("-", now, before, scope), before, scope)


def _above(arguments: list[Typed], scope: Scope) -> Typed:
    difference = added("-", arguments[0], arguments[1], scope)
    zero = Typed(Shape.NUMBER, Constant(Fraction(0)), is_plain=True)
    return _extreme(False)([difference, zero], scope)


def _either(arguments: list[Typed], scope: Scope) -> Typed:
    question, then, otherwise = arguments
    dimension = common_dimension(then, otherwise, scope)
    return Typed(Shape.NUMBER, Either(test(question, scope), number(then, scope), number(otherwise, scope)), dimension)


def _up_to(arguments: list[Typed], scope: Scope) -> Typed:
    return _between([Typed(Shape.NUMBER, Constant(Fraction(0)), is_plain=True), arguments[0]], scope)


def _between(arguments: list[Typed], scope: Scope) -> Typed:
    dimension = common_dimension(arguments[0], arguments[1], scope)
    return Typed(Shape.NUMBER, Between(number(arguments[0], scope), number(arguments[1], scope)), dimension)


def _dates(arguments: list[Typed], scope: Scope) -> None:
    for each in arguments:
        if each.dimension != DATE:
            expected, found = named(DATE), named(each.dimension)
            scope.refuse(Refusal.WRONG_UNIT, expression=scope.written, expected=expected, found=found)


def _months(arguments: list[Typed], scope: Scope) -> Typed:
    _dates(arguments, scope)
    return Typed(Shape.NUMBER, MonthsBetween(number(arguments[0], scope), number(arguments[1], scope)), MONTHS)


def _days(arguments: list[Typed], scope: Scope) -> Typed:
    return added("-", arguments[1], arguments[0], scope)


def _year_start(arguments: list[Typed], scope: Scope) -> Typed:
    _dates(arguments[:1], scope)
    years = constant_of(arguments[1]) if len(arguments) > 1 else Fraction(0)
    return Typed(Shape.NUMBER, YearStart(number(arguments[0], scope), int(years or 0)), DATE)


def _at(arguments: list[Typed], scope: Scope) -> Typed:
    dated, day = arguments
    _dates([day], scope)
    if not isinstance(dated.node, Dated):
        scope.refuse(Refusal.WRONG_KIND, expression=scope.written, expected="parameter", found=dated.shape.value)
    return replace(dated, node=Dated(dated.node.key, number(day, scope)))


def _per(arguments: list[Typed], scope: Scope) -> Typed:
    """steps(x, each): how often `each` is full in `x`."""
    return _whole(False)([times("/", arguments[0], arguments[1], scope)], scope)


FUNCTIONS: dict[str, tuple[int, int, Callable[[list[Typed], Scope], Typed]]] = {
    "min": (2, 20, _extreme(True)),
    "max": (2, 20, _extreme(False)),
    "floor": (1, 1, _whole(False)),
    "ceil": (1, 1, _whole(True)),
    "steps": (2, 2, _per),
    "growth": (2, 2, _growth),
    "above": (2, 2, _above),
    "if": (3, 3, _either),
    "up_to": (1, 1, _up_to),
    "between": (2, 2, _between),
    "months_between": (2, 2, _months),
    "days_between": (2, 2, _days),
    "year_start": (1, 2, _year_start),
    "at": (2, 2, _at),
}
