"""Near misses: the smallest changes of facts with which an item would be granted, each proved by applying it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from .evaluating import Bounds, ItemResult, Status, Trace, evaluate, evaluate_item, known_after
from .facts import Facts, Value
from .interpreting import Known, truth_of
from .policy import Item, PolicySet
from .registry import FIRST_DAY, Field, Kind
from .tree import Contains, Member, Test
from .walking import fields_in, inside

MOST_WAYS = 64  # sets of atoms that are looked at


@dataclass(frozen=True)
class Change:
    """One fact that would have to be different. `gap`: by how many of the field's steps, None where it is no number.

    `to` of a code or a set: one of several that would do, the others in `others`.
    """

    field: str
    now: Value | None
    to: Value
    gap: int | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """Changes that together qualify, the atoms that they turn, and what would then be granted, in 分."""

    changes: tuple[Change, ...]
    atoms: tuple[str, ...]
    amount: Bounds


def near_misses(policies: PolicySet, facts: Facts, on: date, key: str) -> tuple[NearMiss, ...]:
    """Every way to qualify for an item from which nothing can be left out, the fewest and smallest changes first.

    Of an item that is refused. A change is the smallest one of its field for which all atoms hold that it is to turn;
    every way is applied, and kept if the item is granted then. What cannot be changed (`Field.is_changeable`), rows,
    and what other items came to stay as they are. Raises `KeyError`: the item is not in force.
    """
    evaluation = evaluate(policies, facts, on)
    result = evaluation.items[key]
    if result.status is not Status.NO:
        return ()
    known = known_after(policies.registry, facts, evaluation)
    ways = {_signature(way): way for atoms in _ways(result.trace) for way in [_way(result, atoms, known)] if way}
    found = [way for way in ways.values() if not any(_is_less(other, way) for other in ways.values())]
    return tuple(sorted(found, key=lambda way: (len(way.changes), _relative(way))))


def _signature(way: NearMiss) -> tuple[tuple[str, Value], ...]:
    return tuple((change.field, change.to) for change in way.changes)


def _is_less(one: NearMiss, other: NearMiss) -> bool:
    """Whether one way asks for nothing that the other one does not ask for, and for less."""
    if _signature(one) == _signature(other):
        return False
    asked = {change.field: change for change in other.changes}
    return all(change.field in asked and _is_within(change, asked[change.field]) for change in one.changes)


def _is_within(change: Change, other: Change) -> bool:
    if change.gap is None or other.gap is None:
        return change.to == other.to
    return change.gap * other.gap > 0 and abs(change.gap) <= abs(other.gap)


def _relative(way: NearMiss) -> float:
    return sum(_size(change) for change in way.changes)


def _size(change: Change) -> float:
    """A number's gap as a share of what it is; what is no number counts as all of it."""
    if change.gap is None or not isinstance(change.now, int):
        return 1.0
    return abs(change.gap) / max(abs(change.now), 1)


Turn = tuple[int, bool]  # an atom, and what it should come to


def _ways(trace: Trace) -> Iterator[tuple[Turn, ...]]:
    """Sets of atoms that, turned, turn the whole; smaller sets first, at most so many."""
    found = sorted(set(_turned(trace, True)), key=lambda way: (len(way), way))
    yield from found[:MOST_WAYS]


def _turned(trace: Trace, wanted: bool) -> list[tuple[Turn, ...]]:
    if trace.truth is wanted:
        return [()]
    if trace.number is not None:
        return [((trace.number, wanted),)]
    if trace.is_negation:
        return _turned(trace.parts[0], not wanted)
    needed = trace.needs if wanted else len(trace.parts) - trace.needs + 1
    return _some(trace.parts, needed, wanted)


def _some(parts: Sequence[Trace], needed: int, wanted: bool) -> list[tuple[Turn, ...]]:
    """Ways to turn at least so many parts: those that are as wanted already, and every choice of others."""
    missing = needed - sum(part.truth is wanted for part in parts)
    if missing <= 0:
        return [()]
    options = [_turned(part, wanted) for part in parts if part.truth is not wanted]
    chosen: list[list[tuple[Turn, ...]]] = [[()], *([] for _ in range(missing))]
    for ways in options:
        for count in range(missing, 0, -1):
            joined = [_joined(one, other) for one, other in product(chosen[count - 1], ways)]
            chosen[count] = [*chosen[count], *joined][: 4 * MOST_WAYS]
    return chosen[missing]


def _joined(one: tuple[Turn, ...], other: tuple[Turn, ...]) -> tuple[Turn, ...]:
    return tuple(sorted({*one, *other}))


def _way(result: ItemResult, turns: tuple[Turn, ...], known: Known) -> NearMiss | None:
    """Facts changed one after the other until all atoms are as wanted; None where that cannot be."""
    item, facts = result.item, known.facts
    for number, wanted in turns:
        changed = _turn(item, number, wanted, replace(known, facts=facts))
        if changed is None:
            return None
        facts = changed
    if not _is_granted(item, facts, known):
        return None
    facts = _smallest(item, facts, known)
    granted = evaluate_item(item, replace(known, facts=facts))
    changes = tuple(_changes(known, facts, item))
    keys = tuple(item.atoms[number].key for number, _ in turns)
    return NearMiss(changes, keys, granted.if_granted)


def _is_granted(item: Item, facts: Facts, known: Known) -> bool:
    inner = replace(known, facts=facts)
    return truth_of(item.root, replace(inner, atoms=[truth_of(atom.test, inner) for atom in item.atoms])) is True


def _smallest(item: Item, facts: Facts, known: Known) -> Facts:
    """Without changes that others make needless, and each number as near to what it is as the others let it be."""
    for key, to in facts.values.items():
        now = known.facts.values.get(key)
        if to == now or now is None:
            continue
        back = facts.having(key, now)
        if _is_granted(item, back, known):
            facts = back
        elif isinstance(to, int) and isinstance(now, int) and not isinstance(to, bool):
            facts = facts.having(key, _nearest(item, facts, key, (now, to), known))
    return facts


def _nearest(item: Item, facts: Facts, key: str, span: tuple[int, int], known: Known) -> int:
    """The value nearest to the first of two, the second of which qualifies, found by halving."""
    bad, good = span
    while abs(good - bad) > 1:
        middle = (good + bad) // 2
        if _is_granted(item, facts.having(key, middle), known):
            good = middle
        else:
            bad = middle
    return good


def _turn(item: Item, number: int, wanted: bool, known: Known) -> Facts | None:
    """The facts with one field changed so that an atom is as wanted, the least change of any one field."""
    test = item.atoms[number].test
    if truth_of(test, known) is wanted:
        return known.facts
    found = [(size, facts) for key in _movable(test, known) for size, facts in _moved(test, wanted, key, known)]
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _movable(test: Test, known: Known) -> Iterable[str]:
    fields = known.registry.fields
    return (key for key in fields_in(test) if key in fields and fields[key].is_changeable)


def _moved(test: Test, wanted: bool, key: str, known: Known) -> Iterator[tuple[float, Facts]]:
    """The least change of one field, and how great it is relatively."""
    found, now = known.registry.fields[key], known.facts.values.get(key)
    if found.kind.is_number and isinstance(now, int):
        for direction in (1, -1):
            to = _reach(test, wanted, key, found, now, direction, known)
            if to is not None:
                yield abs(to - now) / max(abs(now), 1), known.facts.having(key, to)
        return
    for value in _choices(test, key, found, now):
        facts = known.facts.having(key, value)
        if truth_of(test, replace(known, facts=facts)) is wanted:
            yield 1.0, facts
            return


def _reach(test: Test, wanted: bool, key: str, found: Field, now: int, direction: int, known: Known) -> int | None:
    """The nearest value of a number on one side for which the test is as wanted, by halving.

    Right where a test, once turned, stays so in that direction, as comparisons do; else what is found is still one for
    which it holds, and its neighbor is one for which it does not.
    """

    def holds(value: int) -> bool:
        return truth_of(test, replace(known, facts=known.facts.having(key, value))) is wanted

    far = _far(found, now, direction)
    step = 1
    while not holds(_clipped(now + direction * step, far, direction)):
        if _clipped(now + direction * step, far, direction) == far:
            return None
        step *= 2
    low, high = step // 2, abs(_clipped(now + direction * step, far, direction) - now)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(now + direction * middle) else (middle, high)
    return now + direction * high


def _far(found: Field, now: int, direction: int) -> int:
    if direction > 0:
        return max(found.greatest, now)
    least = FIRST_DAY if found.kind is Kind.DATE else -found.greatest if found.least is None else found.least
    return min(least, now)


def _clipped(value: int, far: int, direction: int) -> int:
    return min(value, far) if direction > 0 else max(value, far)


def _choices(test: Test, key: str, found: Field, now: Value | None) -> Iterator[Value]:
    """Other values that the test speaks of."""
    if found.kind is Kind.BOOLEAN:
        yield from (True, False)
    elif found.kind is Kind.CODE:
        yield from dict.fromkeys((*found.codes, *_codes(test, key)))
    elif found.kind is Kind.SET:
        has = now if isinstance(now, frozenset) else frozenset()
        for code in _codes(test, key):
            yield has | {code}
        yield has | set(_codes(test, key))
        yield has - set(_codes(test, key))


def _codes(test: Test, key: str) -> tuple[str, ...]:
    found = [each for each in inside(test) if isinstance(each, Member | Contains) and each.key == key]
    return tuple(code for each in found for code in each.codes)


def _changes(known: Known, facts: Facts, item: Item) -> Iterator[Change]:
    for key, to in facts.values.items():
        now = known.facts.values.get(key)
        if now != to:
            is_number = isinstance(to, int) and not isinstance(to, bool) and isinstance(now, int)
            gap = to - now if is_number and isinstance(to, int) and isinstance(now, int) else None
            yield Change(key, now, to, gap, _others(key, to, item))


def _others(key: str, to: Value, item: Item) -> tuple[str, ...]:
    codes = [code for atom in item.atoms for code in _codes(atom.test, key)]
    has = {to} if isinstance(to, str) else to if isinstance(to, frozenset) else set[str]()
    return tuple(dict.fromkeys(code for code in codes if code not in has))
