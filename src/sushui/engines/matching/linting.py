"""What is odd about policies that can be read: findings as codes and facts, for whoever drafts them to look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from .evaluating import rounded
from .facts import Facts
from .interpreting import Known, number_of, truth_of
from .policy import Item, Policy, PolicySet, RelationKind, Version
from .registry import Registry
from .texts import Place
from .tree import (
    AtLeast,
    AtomTest,
    Compare,
    Comparison,
    Constant,
    FieldNumber,
    Member,
    Number,
    Test,
)
from .walking import fields_in, inside


class Oddity(StrEnum):
    """Kinds of findings. In brackets: the facts."""

    CONTRADICTION = "contradiction"  # (atoms, field) no value satisfies all that is asked for
    SUBSUMED = "subsumed"  # (atom, by) holds wherever the other one does
    ALWAYS_TRUE = "always_true"  # (atom)
    CLIFF = "cliff"  # (field, at, before, after) one step more of a field and the amount falls
    SAME_TWICE = "same_twice"  # (items, fields) items of two policies, without a tie, pay for the same field
    NOT_IN_TEXT = "not_in_text"  # (cite)
    AMBIGUITY = "ambiguity"  # (atom) two readings and nobody decided
    NEVER_PAYS = "never_pays"  # (item) at most 0


@dataclass(frozen=True)
class Finding:
    """One finding, with the item and the place that it is about."""

    code: Oddity
    item: str
    place: Place
    params: dict[str, object] = field(default_factory=dict)


def lint(policies: PolicySet, on: date) -> tuple[Finding, ...]:
    """Everything odd about what is in force on a day, in the order of the texts."""
    found: list[Finding] = []
    for policy in policies.policies:
        version = policy.version(on)
        if version is not None:
            found += _of_version(policies.registry, policy, version, on)
    return (*found, *_same_twice(policies, on))


def _of_version(registry: Registry, policy: Policy, version: Version, on: date) -> Iterator[Finding]:
    for item in version.items:
        for check in CHECKS:
            yield from check(item, registry, on)
        if version.text:
            yield from _not_in_text(item, version.text)


def _limits(item: Item, root: Test) -> Iterator[tuple[int, Compare]]:
    """Atoms that must hold and compare a field with a constant."""
    for number in _required(root):
        test = item.atoms[number].test
        is_plain = isinstance(test, Compare) and isinstance(test.first, FieldNumber)
        if is_plain and isinstance(test, Compare) and isinstance(test.second, Constant):
            yield number, test


def _required(root: Test) -> Iterator[int]:
    """Numbers of atoms without which nothing is granted."""
    if isinstance(root, AtomTest):
        yield root.number
    if isinstance(root, AtLeast) and root.count == len(root.of):
        for part in root.of:
            yield from _required(part)


Bounds = tuple[Fraction | None, bool, Fraction | None, bool]  # low and whether it is in, high and whether it is in
ANYTHING: Bounds = (None, True, None, True)
TO_BOUNDS: dict[Comparison, Callable[[Fraction], Bounds]] = {
    Comparison.LESS: lambda value: (None, True, value, False),
    Comparison.LESS_OR_EQUAL: lambda value: (None, True, value, True),
    Comparison.MORE: lambda value: (value, False, None, True),
    Comparison.MORE_OR_EQUAL: lambda value: (value, True, None, True),
    Comparison.EQUAL: lambda value: (value, True, value, True),
    Comparison.UNEQUAL: lambda value: ANYTHING,
}


def _bounds(test: Compare) -> Bounds:
    return TO_BOUNDS[test.sign](test.second.value) if isinstance(test.second, Constant) else ANYTHING


def _are_apart(first: Bounds, second: Bounds) -> bool:
    for (_, _, high, has_high), (low, has_low, _, _) in ((first, second), (second, first)):
        if high is not None and low is not None and (high < low or (high == low and not (has_high and has_low))):
            return True
    return False


def _is_inside(inner: Bounds, outer: Bounds) -> bool:
    low, has_low, high, has_high = inner
    outer_low, outer_has_low, outer_high, outer_has_high = outer
    is_low = outer_low is None or (low is not None and (low, not has_low) >= (outer_low, not outer_has_low))
    is_high = outer_high is None or (high is not None and (high, has_high) <= (outer_high, outer_has_high))
    return is_low and is_high


def _contradictions(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    for (one, first), (other, second) in combinations(_limits(item, item.root), 2):
        if first.first != second.first:
            continue
        atoms = (item.atoms[one].key, item.atoms[other].key)
        if _are_apart(_bounds(first), _bounds(second)):
            fields = fields_in(first)
            yield Finding(Oddity.CONTRADICTION, item.key, item.atoms[other].place, {"atoms": atoms, "field": fields[0]})
        elif _is_inside(_bounds(first), _bounds(second)):
            yield Finding(Oddity.SUBSUMED, item.key, item.atoms[other].place, {"atom": atoms[1], "by": atoms[0]})
        elif _is_inside(_bounds(second), _bounds(first)):
            yield Finding(Oddity.SUBSUMED, item.key, item.atoms[one].place, {"atom": atoms[0], "by": atoms[1]})


def _codes_apart(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    members = [(number, item.atoms[number].test) for number in _required(item.root)]
    codes = [(number, test) for number, test in members if isinstance(test, Member) and not test.prefixes]
    for (one, first), (other, second) in combinations(codes, 2):
        if first.key == second.key and not set(first.codes) & set(second.codes):
            atoms = (item.atoms[one].key, item.atoms[other].key)
            yield Finding(Oddity.CONTRADICTION, item.key, item.atoms[other].place, {"atoms": atoms, "field": first.key})


def _always_true(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    """What holds when nothing is known holds always."""
    known = Known(registry, Facts(), on)
    for atom in item.atoms:
        if fields_in(atom.test) and truth_of(atom.test, known) is True:
            yield Finding(Oddity.ALWAYS_TRUE, item.key, atom.place, {"atom": atom.key})


def _ambiguities(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    for atom in item.atoms:
        if atom.kind == "ambiguous":
            yield Finding(Oddity.AMBIGUITY, item.key, atom.place, {"atom": atom.key})


def _never_pays(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    amount = number_of(item.amount, Known(registry, Facts(), on))
    if amount.high is not None and amount.high <= 0 and not item.needs:
        yield Finding(Oddity.NEVER_PAYS, item.key, item.place, {"item": item.key})


def _cliffs(item: Item, registry: Registry, on: date) -> Iterator[Finding]:
    """Where a field that the amount is read on passes a written bound and the amount falls."""
    seen = set()
    for test in inside(item.amount):
        if not isinstance(test, Compare) or not isinstance(test.first, FieldNumber) or test.first.rows:
            continue
        if isinstance(test.second, Constant) and (test.first.key, test.second.value) not in seen:
            seen.add((test.first.key, test.second.value))
            yield from _cliff(item, test.first.key, test.second.value, registry, on)


def _cliff(item: Item, key: str, at: Fraction, registry: Registry, on: date) -> Iterator[Finding]:
    steps = at / registry.fields[key].step
    if steps.denominator != 1:
        return
    amounts = [_amount(item.amount, key, int(steps) + shift, registry, on, item) for shift in (-1, 0, 1)]
    for before, after in ((amounts[0], amounts[1]), (amounts[1], amounts[2])):
        if before is not None and after is not None and after < before:
            params: dict[str, object] = {"field": key, "at": int(steps), "before": before, "after": after}
            yield Finding(Oddity.CLIFF, item.key, item.place, params)
            return


def _amount(node: Number, key: str, value: int, registry: Registry, on: date, item: Item) -> int | None:
    """The amount if it depends on this field alone, else None."""
    if value < 0:
        return None
    known = replace(Known(registry, Facts({key: value}), on), atoms=[None] * len(item.atoms))
    amount = rounded(number_of(node, known), item.round)
    return amount.low if amount.is_exact else None


def _not_in_text(item: Item, text: str) -> Iterator[Finding]:
    plain = _plain(text)
    cites = [(atom.cite, atom.place) for atom in item.atoms]
    cites += [(cap.cite, item.place) for cap in item.caps] + [(item.cite, item.place)]
    cites += [(each.cite, item.place) for each in item.instalments]
    for cite, place in dict.fromkeys(cites):
        if _plain(cite) not in plain:
            yield Finding(Oddity.NOT_IN_TEXT, item.key, place, {"cite": cite})


def _plain(text: str) -> str:
    """Without blanks and marks, which quotations leave out."""
    return re.sub(r"[\s，。；：、,.;:（）()“”\"《》—\-]+", "", text)


def _same_twice(policies: PolicySet, on: date) -> Iterator[Finding]:
    """Items of two policies that pay for the same field of money, without a tie between them."""
    tied = {
        frozenset(pair) for tie in policies.relations_on(on) for pair in combinations(tie.items, 2)
        if tie.kind in (RelationKind.EXCLUSIVE, RelationKind.SHARED_CAP)
    }  # fmt: skip
    for one, other in combinations(policies.items(on), 2):
        if one.key.split(".")[0] == other.key.split(".")[0] or frozenset((one.key, other.key)) in tied:
            continue
        second = _paid_for(other, policies.registry)
        same = dict.fromkeys(key for key in _paid_for(one, policies.registry) if key in second)
        if same and not _exclude(one, other):
            params: dict[str, object] = {"items": (one.key, other.key), "fields": tuple(same)}
            yield Finding(Oddity.SAME_TWICE, other.key, other.place, params)


def _paid_for(item: Item, registry: Registry) -> Sequence[str]:
    """Fields of money, or columns of money in rows, that the benefit is a part of."""
    found = []
    for each in inside(item.benefit):
        if isinstance(each, FieldNumber):
            fields = registry.fields[each.rows].columns if each.rows else registry.fields
            if fields[each.key].kind == "money":
                found.append(f"{each.rows}.{each.key}".lstrip("."))
    return found


def _exclude(one: Item, other: Item) -> bool:
    """Whether conditions on one field keep the two apart."""
    return any(
        first.first == second.first and _are_apart(_bounds(first), _bounds(second))
        for _, first in _limits(one, one.root)
        for _, second in _limits(other, other.root)
    )


CHECKS: Sequence[Callable[[Item, Registry, date], Iterator[Finding]]] = (
    _contradictions,
    _codes_apart,
    _always_true,
    _ambiguities,
    _never_pays,
    _cliffs,
)
