"""One enterprise against every item in force: status, amount or bounds, masks, and the trace clause by clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import floor

from . import intervals
from .facts import Facts
from .interpreting import Known, number_of, truth_of
from .intervals import ANY, Exact, Interval, Truth
from .policy import Atom, Instalment, Item, PolicySet, Round, Rounding
from .registry import Registry
from .tree import AtLeast, AtomTest, Compare, Negation, Test
from .walking import fields_in, questions_in


class Status(StrEnum):
    """Whether an item is granted."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


STATUS: dict[Truth, Status] = {True: Status.YES, False: Status.NO, None: Status.UNKNOWN}


@dataclass(frozen=True)
class Bounds:
    """An amount in 分: not less than `low`, not more than `high`; `high` None: without bound."""

    low: int
    high: int | None

    @property
    def is_exact(self) -> bool:
        """Whether it is one amount."""
        return self.low == self.high


NO_MONEY = Bounds(0, 0)


@dataclass(frozen=True)
class AtomResult:
    """What one atom came to. `sides`: both sides of a comparison, in base units. `missing`: what is not known of it."""

    atom: Atom
    truth: Truth
    sides: tuple[Interval, Interval] | None
    missing: tuple[str, ...]

    @property
    def status(self) -> Status:
        """In words."""
        return STATUS[self.truth]


@dataclass(frozen=True)
class Trace:
    """The tree of conditions with what each part came to. `number`: of the atom, at a leaf. `needs`: of a gate."""

    truth: Truth
    number: int | None = None
    needs: int = 0
    is_negation: bool = False
    parts: tuple[Trace, ...] = ()


@dataclass(frozen=True)
class InstalmentResult:
    """One instalment: whether its own condition holds, what it comes to, and when it is due."""

    instalment: Instalment
    status: Status
    amount: Bounds
    due_on: date | None


@dataclass(frozen=True)
class ItemResult:
    """What one item means for one enterprise.

    `amount`: what it gets: nothing where it is not granted, from 0 where that is unknown. `if_granted`: the same as if
    it were. Bit n of `failed` and `unknown` stands for atom n: it does not hold; nobody knows. `blocking` and `open`:
    the atoms for which the item fails; those on which it still depends.
    """

    item: Item
    status: Status
    amount: Bounds
    if_granted: Bounds
    failed: int
    unknown: int
    atoms: tuple[AtomResult, ...]
    trace: Trace
    blocking: tuple[str, ...]
    open: tuple[str, ...]
    instalments: tuple[InstalmentResult, ...] = ()
    missing_for_amount: tuple[str, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """Every item in force on a day, by its key."""

    on: date
    items: Mapping[str, ItemResult]


def evaluate(policies: PolicySet, facts: Facts, on: date) -> Evaluation:
    """Match one enterprise with every item in force on a day: the reference of every other engine."""
    amounts: dict[str, Interval] = {}
    granted: dict[str, Truth] = {}
    known = Known(policies.registry, facts, on, amounts=amounts, granted=granted)  # which grow, item by item
    results: dict[str, ItemResult] = {}
    for item in policies.items(on):
        found = evaluate_item(item, known)
        results[item.key] = found
        amounts[item.key] = Interval(found.amount.low, found.amount.high)
        granted[item.key] = TRUTH[found.status]
    return Evaluation(on, results)


TRUTH: dict[Status, Truth] = {status: truth for truth, status in STATUS.items()}


def known_after(registry: Registry, facts: Facts, evaluation: Evaluation) -> Known:
    """What is known of an enterprise once every item was matched."""
    return Known(
        registry,
        facts,
        evaluation.on,
        amounts={key: Interval(each.amount.low, each.amount.high) for key, each in evaluation.items.items()},
        granted={key: TRUTH[each.status] for key, each in evaluation.items.items()},
    )


def evaluate_item(item: Item, known: Known) -> ItemResult:
    """Match with one item, given what is known and what the items that it needs came to."""
    truths = tuple(truth_of(atom.test, known) for atom in item.atoms)
    inner = replace(known, atoms=truths)
    trace = _trace(item.root, inner)
    if_granted = rounded(number_of(item.amount, inner), item.round)
    amount = granted_bounds(trace.truth, if_granted)
    blocking, open_atoms = _deciding(item, trace)
    return ItemResult(
        item=item,
        status=STATUS[trace.truth],
        amount=amount,
        if_granted=if_granted,
        failed=_mask(truths, False),
        unknown=_mask(truths, None),
        atoms=tuple(_atom_result(atom, truth, known) for atom, truth in zip(item.atoms, truths, strict=True)),
        trace=trace,
        blocking=blocking,
        open=open_atoms,
        instalments=tuple(_instalments(item, amount, inner)),
        missing_for_amount=() if if_granted.is_exact else _missing(fields_in(item.amount), known),
    )


def granted_bounds(truth: Truth, if_granted: Bounds) -> Bounds:
    """Nothing where it is refused, and from 0 where nobody knows."""
    if truth is None:
        return Bounds(0, if_granted.high)
    return if_granted if truth else NO_MONEY


def rounded(of: Interval, rule: Round) -> Bounds:
    """An amount that is never less than 0, in whole units of the rule."""
    low = 0 if of.low is None else _whole(max(of.low, 0), rule)
    return Bounds(low, None if of.high is None else _whole(max(of.high, 0), rule))


def _whole(value: Exact, rule: Round) -> int:
    units = Fraction(value) / rule.to
    if rule.mode is Rounding.HALF_UP:
        return floor(units + Fraction(1, 2)) * rule.to
    return (floor(units) if rule.mode is Rounding.DOWN else -floor(-units)) * rule.to


def _mask(truths: tuple[Truth, ...], wanted: Truth) -> int:
    return sum(1 << number for number, truth in enumerate(truths) if truth is wanted)


def _trace(node: Test, known: Known) -> Trace:
    if isinstance(node, AtomTest):
        return Trace(known.atoms[node.number], number=node.number)
    if isinstance(node, Negation):
        part = _trace(node.of, known)
        return Trace(intervals.opposite(part.truth), is_negation=True, parts=(part,))
    if isinstance(node, AtLeast):
        parts = tuple(_trace(each, known) for each in node.of)
        truth = intervals.at_least(node.count, (part.truth for part in parts))
        return Trace(truth, needs=node.count, parts=parts)
    return Trace(truth_of(node, known))


def _deciding(item: Item, trace: Trace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The atoms that make it fail, and those that keep it open, in the order of the text."""
    if trace.truth is True:
        return (), ()
    blocking = sorted(set(_leaves(trace, False, False)))
    still_open = sorted(set(_leaves(trace, None, False)) | set(_beside(trace)))
    return tuple(item.atoms[n].key for n in blocking), tuple(item.atoms[n].key for n in still_open)


def _leaves(trace: Trace, wanted: Truth, is_turned: bool) -> list[int]:
    """Atoms under parts that came to `wanted` (turned under a negation), all the way from the root."""
    truth = intervals.opposite(wanted) if is_turned else wanted
    if trace.truth is not truth:
        return []
    if trace.number is not None:
        return [trace.number]
    turned = is_turned != trace.is_negation
    return [number for part in trace.parts for number in _leaves(part, wanted, turned)]


def _beside(trace: Trace) -> list[int]:
    """Atoms that are unknown where all of several are asked for, one of which fails already."""
    if trace.is_negation or trace.needs != len(trace.parts):
        return []
    return [number for part in trace.parts for number in (_leaves(part, None, False) + _beside(part))]


def _atom_result(atom: Atom, truth: Truth, known: Known) -> AtomResult:
    sides = None
    if isinstance(atom.test, Compare):
        sides = (number_of(atom.test.first, known), number_of(atom.test.second, known))
    missing = () if truth is not None else (*_missing(fields_in(atom.test), known), *questions_in(atom.test))
    return AtomResult(atom, truth, sides, missing)


def _missing(fields: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """Fields that are not known; columns, where a row lacks them."""
    return tuple(key for key in fields if _is_missing(key, known.facts))


def _is_missing(key: str, facts: Facts) -> bool:
    rows, _, column = key.rpartition(".")
    if rows:
        return rows in facts.rows and any(column not in row for row in facts.rows[rows])
    return key not in facts.values and key not in facts.rows


def _instalments(item: Item, amount: Bounds, known: Known) -> list[InstalmentResult]:
    """Shares of the amount; the last one gets what rounding leaves."""
    results: list[InstalmentResult] = []
    before = NO_MONEY
    for instalment in item.instalments:
        is_last = instalment is item.instalments[-1]
        part = _rest(amount, before) if is_last else _share(amount, instalment.share)
        before = Bounds(before.low + part.low, _plus(before.high, part.high))
        truth = truth_of(instalment.test, known)
        due = ANY if instalment.due is None else number_of(instalment.due, known)
        due_on = date.fromordinal(int(due.low)) if due.is_point and due.low is not None else None
        results.append(InstalmentResult(instalment, STATUS[truth], granted_bounds(truth, part), due_on))
    return results


def _share(of: Bounds, share: Fraction) -> Bounds:
    return Bounds(floor(of.low * share), None if of.high is None else floor(of.high * share))


def _rest(of: Bounds, taken: Bounds) -> Bounds:
    return Bounds(of.low - taken.low, None if of.high is None or taken.high is None else of.high - taken.high)


def _plus(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def split_by_level(amount: int, levels: Mapping[str, Fraction]) -> dict[str, int]:
    """Who pays how much of an amount in 分: shares in whole 分, the first level bears what rounding leaves.

    Without shares the whole amount stands under "".
    """
    if not levels:
        return {"": amount}
    parts = {level: floor(amount * share) for level, share in levels.items()}
    first = next(iter(levels))
    parts[first] += amount - sum(parts.values())
    return parts
