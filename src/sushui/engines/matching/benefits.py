"""Benefits read: every form that policies write becomes one number in 分."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from .errors import Refusal
from .expressions import read, read_money, read_number, read_test
from .registry import Field
from .texts import Node
from .tree import (
    NOTHING,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Constant,
    Either,
    Extreme,
    Number,
    OverRows,
    Test,
    Whole,
)
from .tree import Always as Everything
from .typing import Scope, Shape, Typed, common_dimension, constant_of, number, times
from .units import MONEY, SHARE, named

FORMS = (
    *("amount", "rate", "tiers", "marginal", "steps", "per_head", "lookup", "each"),
    *("greatest", "least", "sum", "up_to", "first"),
)
BESIDE = ("when", "base", "over", "cite", "otherwise", "note")


def read_benefit(node: Node, scope: Scope) -> Number:
    """The amount that a benefit says, in 分; a text alone is an expression.

    Raises `MatchingError`: a code of a text, an expression or a policy.
    """
    scope = replace(scope, place=node.place)
    if node.is_text:
        return number(read_money(node.text(), scope), scope)
    node.fields(*FORMS, *BESIDE)
    form = node.one_of(*FORMS)
    found = READERS[form](node.need(form), node, scope)
    if "when" not in node.fields():
        return found
    when = node.need("when")
    return Either(read_test(when.text(), replace(scope, place=when.place)), found, NOTHING)


def _amount(written: Node, around: Node, scope: Scope) -> Number:
    return read_benefit(written, scope)


def _rate(written: Node, around: Node, scope: Scope) -> Number:
    base = _typed(around.need("base"), scope)
    if "over" in around.fields():
        base = _above(base, _typed(around.need("over"), scope), scope)
    return _share_of(written, base, scope)


def _share_of(written: Node, base: Typed, scope: Scope) -> Number:
    """A rate of a base. Raises `MatchingError`: RATE_WITHOUT_PERCENT, WRONG_UNIT."""
    rate = _typed(written, scope)
    inner = replace(scope, place=written.place, written=written.text())
    value = constant_of(rate)
    if rate.is_plain and value is not None and value > 1:
        inner.refuse(Refusal.RATE_WITHOUT_PERCENT, value=written.text())
    product = times("*", replace(rate, is_plain=False), base, inner)
    if product.dimension != MONEY:
        inner.refuse(Refusal.WRONG_UNIT, expression=inner.written, expected="元", found=named(product.dimension))
    return number(product, inner)


def _typed(node: Node, scope: Scope) -> Typed:
    return read_number(node.text(), replace(scope, place=node.place))


def _above(first: Typed, second: Typed, scope: Scope) -> Typed:
    dimension = common_dimension(first, second, scope)
    difference = Arithmetic("-", number(first, scope), number(second, scope))
    return Typed(Shape.NUMBER, Extreme(False, (difference, NOTHING)), dimension)


@dataclass(frozen=True)
class _Band:
    """From one bound to another; `has_low`, `has_high`: whether the bounds belong to it. None: no bound."""

    node: Node
    low: Fraction | None
    high: Fraction | None
    has_low: bool
    has_high: bool


LOWS, HIGHS = (("from", True), ("above", False)), (("below", False), ("to", True))


def _bands(written: Node, on: Typed, scope: Scope, names: Sequence[str], is_sharp: bool = True) -> list[_Band]:
    bands = [_band(node, on, scope, names) for node in written.some()]
    for before, after in pairwise(bands):
        _check_border(before, after, is_sharp)
    return bands


def _band(node: Node, on: Typed, scope: Scope, names: Sequence[str]) -> _Band:
    node.fields("from", "above", "below", "to", *names)
    low = next(((name, has) for name, has in LOWS if name in node.fields()), ("", True))
    high = next(((name, has) for name, has in HIGHS if name in node.fields()), ("", True))
    bounds = [_bound(node.need(name), on, scope) if name else None for name, _ in (low, high)]
    return _Band(node, bounds[0], bounds[1], low[1], high[1])


def _bound(node: Node, on: Typed, scope: Scope) -> Fraction:
    found = _typed(node, scope)
    inner = replace(scope, place=node.place, written=node.text())
    common_dimension(on, found, inner)
    value = constant_of(found)
    _refuse_bare_share(on, found, inner)
    if value is None:
        inner.refuse(Refusal.WRONG_KIND, expression=inner.written, expected="constant", found="number")
    return value


def _refuse_bare_share(on: Typed, bound: Typed, scope: Scope) -> None:
    """A share is never compared with a plain 10. Raises `MatchingError`: RATE_WITHOUT_PERCENT."""
    value = constant_of(bound)
    if on.dimension == SHARE and not on.is_plain and bound.is_plain and value is not None and value > 1:
        scope.refuse(Refusal.RATE_WITHOUT_PERCENT, value=scope.written)


def _check_border(before: _Band, after: _Band, is_sharp: bool) -> None:
    """`is_sharp`: the border itself must lie in one band only. Raises `MatchingError`: BANDS_GAP, BANDS_OVERLAP."""
    high, low = before.high, after.low
    shown = {"above": "" if high is None else str(high), "below": "" if low is None else str(low)}
    if high is None or low is None or high > low or (is_sharp and high == low and before.has_high and after.has_low):
        after.node.place.refuse(Refusal.BANDS_OVERLAP, **shown)
    if high < low or (is_sharp and not (before.has_high or after.has_low)):
        after.node.place.refuse(Refusal.BANDS_GAP, **shown)


def _inside(band: _Band, on: Number) -> Test:
    """Bands follow each other and are tried in order, so the upper bound decides; the first has a lower one too."""
    if band.high is None:
        return Everything()
    sign = Comparison.LESS_OR_EQUAL if band.has_high else Comparison.LESS
    return Compare(sign, on, Constant(band.high))


def _tiers(written: Node, around: Node, scope: Scope) -> Number:
    written.fields("on", "bands")
    on = _typed(written.need("on"), scope)
    bands = _bands(written.need("bands"), on, scope, (*FORMS, *BESIDE))
    found: Number = NOTHING
    for band in reversed(bands):
        found = Either(_inside(band, number(on, scope)), _of_band(band, on, scope), found)
    first = bands[0]
    if first.low is None:
        return found
    sign = Comparison.LESS if first.has_low else Comparison.LESS_OR_EQUAL
    return Either(Compare(sign, number(on, scope), Constant(first.low)), NOTHING, found)


def _of_band(band: _Band, on: Typed, scope: Scope) -> Number:
    """A benefit; a rate without a base is of what the tiers are read on."""
    fields = band.node.fields()
    if "rate" in fields and "base" not in fields:
        return _share_of(fields["rate"], on, scope)
    inner = {name: node for name, node in fields.items() if name not in ("from", "above", "below", "to")}
    return read_benefit(Node(band.node.place, inner), scope)


def _marginal(written: Node, around: Node, scope: Scope) -> Number:
    written.fields("on", "bands")
    on = _typed(written.need("on"), scope)
    parts = [_slice(band, on, scope) for band in _bands(written.need("bands"), on, scope, ("rate", "cite"), False)]
    return _total(parts)


def _slice(band: _Band, on: Typed, scope: Scope) -> Number:
    low = band.low or Fraction(0)
    reached = number(on, scope) if band.high is None else Extreme(True, (number(on, scope), Constant(band.high)))
    part = Extreme(False, (Arithmetic("-", reached, Constant(low)), NOTHING))
    return _share_of(band.node.need("rate"), Typed(Shape.NUMBER, part, on.dimension), scope)


def _total(parts: Sequence[Number]) -> Number:
    found = parts[0]
    for part in parts[1:]:
        found = Arithmetic("+", found, part)
    return found


def _steps(written: Node, around: Node, scope: Scope) -> Number:
    written.fields("on", "each", "amount", "from")
    on, each = _typed(written.need("on"), scope), _typed(written.need("each"), scope)
    counted = _above(on, _typed(written.need("from"), scope), scope) if "from" in written.fields() else on
    inner = replace(scope, place=written.need("each").place, written=written.need("each").text())
    common_dimension(on, each, inner)
    _refuse_bare_share(on, each, inner)
    times_full = Whole(Arithmetic("/", number(counted, scope), number(each, scope)))
    return Arithmetic("*", times_full, read_benefit(written.need("amount"), scope))


def _per_head(written: Node, around: Node, scope: Scope) -> Number:
    parts = []
    for item in written.some():
        item.fields("count", "amount", "cite")
        inner = replace(scope, place=item.place, written=item.words("amount"))
        product = times("*", _typed(item.need("count"), scope), _typed(item.need("amount"), scope), inner)
        if product.dimension != MONEY:
            inner.refuse(Refusal.WRONG_UNIT, expression=inner.written, expected="元", found=named(product.dimension))
        parts.append(number(product, inner))
    return _total(parts)


def _lookup(written: Node, around: Node, scope: Scope) -> Number:
    written.fields("on", "table", "otherwise")
    on = read(written.words("on"), replace(scope, place=written.need("on").place))
    if not isinstance(on.node, Field) or on.shape is not Shape.CODE:
        written.place.refuse(Refusal.WRONG_KIND, expression=written.words("on"), expected="code", found=on.shape.value)
    found = written.maybe("otherwise", lambda node: read_benefit(node, scope)) or NOTHING
    for codes, node in reversed(written.need("table").fields().items()):
        found = Either(_member(on, codes, node, scope), read_benefit(node, scope), found)
    return found


def _member(on: Typed, codes: str, node: Node, scope: Scope) -> Test:
    quoted = "{" + codes + "}"
    rows = scope.row if on.rows else None
    key = on.node.key if isinstance(on.node, Field) else ""
    return read_test(f"{key} in {quoted}", replace(scope, row=rows, place=node.place))


def _each(written: Node, around: Node, scope: Scope) -> Number:
    written.fields("rows", "where", "benefit", "only_greatest")
    rows = scope.registry.fields.get(written.words("rows"))
    if rows is None or not rows.columns:
        written.need("rows").place.refuse(
            Refusal.UNKNOWN_FIELD, field=written.words("rows"), similar=scope.registry.similar(written.words("rows"))
        )
    inner = replace(scope, row=rows)
    where = written.maybe("where", lambda node: read_test(node.text(), replace(inner, place=node.place)))
    value = read_benefit(written.need("benefit"), inner)
    return OverRows(rows.key, value, where or Everything(), written.flag("only_greatest", False))


def _greatest(written: Node, around: Node, scope: Scope) -> Number:
    return Extreme(False, tuple(read_benefit(item, scope) for item in written.some()))


def _least(written: Node, around: Node, scope: Scope) -> Number:
    return Extreme(True, tuple(read_benefit(item, scope) for item in written.some()))


def _sum(written: Node, around: Node, scope: Scope) -> Number:
    return _total([read_benefit(item, scope) for item in written.some()])


def _up_to(written: Node, around: Node, scope: Scope) -> Number:
    return Between(NOTHING, read_benefit(written, scope))


def _first(written: Node, around: Node, scope: Scope) -> Number:
    """The first of several whose `when` holds."""
    found = around.maybe("otherwise", lambda node: read_benefit(node, scope)) or NOTHING
    for item in reversed(written.some()):
        when = item.need("when")
        rest = Node(item.place, {name: node for name, node in item.fields().items() if name != "when"})
        question = read_test(when.text(), replace(scope, place=when.place))
        found = Either(question, read_benefit(rest, scope), found)
    return found


READERS: dict[str, Callable[[Node, Node, Scope], Number]] = {
    "amount": _amount,
    "rate": _rate,
    "tiers": _tiers,
    "marginal": _marginal,
    "steps": _steps,
    "per_head": _per_head,
    "lookup": _lookup,
    "each": _each,
    "greatest": _greatest,
    "least": _least,
    "sum": _sum,
    "up_to": _up_to,
    "first": _first,
}
