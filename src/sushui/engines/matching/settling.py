"""The second stage: what is paid of all that an enterprise is granted, under exclusions and shared caps.

Exactly the most that the ties allow: choices under exclusions are tried, and for each one the payments under shared
caps are a greatest flow. Where something is unknown the totals are bounds, since the most that may be paid never falls
when an amount, a cap or a grant grows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .errors import Refusal
from .evaluating import Bounds, Evaluation, ItemResult, Status, known_after
from .facts import Facts
from .flows import SINK, SOURCE, Flow
from .interpreting import Known, number_of
from .policy import PolicySet, Relation, RelationKind

ENDLESS = 10**18  # 分; stands for an amount without bound, in sums only


@dataclass(frozen=True)
class Reason:
    """Why less is paid than granted: `by` is the tie; `instead`: the items that are paid under it."""

    by: Relation
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Payment:
    """What is paid of one item, in 分; `high` None: without bound."""

    low: int
    high: int | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Settlement:
    """What is paid per item, and together."""

    payments: Mapping[str, Payment]
    total: Bounds


@dataclass(frozen=True)
class _Tie:
    relation: Relation
    items: frozenset[str]
    limit: int  # of a shared cap


@dataclass(frozen=True)
class _Best:
    total: int
    paid: Mapping[str, int]


def settle(policies: PolicySet, evaluation: Evaluation, facts: Facts) -> Settlement:
    """What is paid of what is granted. Raises `MatchingError`: CAPS_CROSS."""
    granted = {key: each for key, each in evaluation.items.items() if each.status is not Status.NO}
    known = known_after(policies.registry, facts, evaluation)
    payments: dict[str, Payment] = {}
    low = high = 0
    for keys, ties in _groups(granted, policies.relations_on(evaluation.on)):
        least, most = (_best(keys, ties, granted, known, is_high) for is_high in (False, True))
        low, high = low + least.total, high + most.total
        payments.update(_payments(keys, ties, granted, least, least == most))
    ordered = {key: payments[key] for key in granted}
    return Settlement(ordered, Bounds(low, None if high >= ENDLESS else high))


def _groups(granted: Mapping[str, ItemResult], ties: Sequence[Relation]) -> Iterator[tuple[list[str], list[Relation]]]:
    """Items that are tied to each other, directly or through others, with their ties."""
    left = dict.fromkeys(granted)
    while left:
        inside, bound = {next(iter(left))}, list[Relation]()
        while more := [tie for tie in ties if tie not in bound and inside & set(tie.items)]:
            bound += more
            inside |= {key for tie in more for key in tie.items if key in granted}
        keys = [key for key in granted if key in inside]
        for key in keys:
            left.pop(key, None)
        yield keys, bound


def _best(
    keys: Sequence[str], ties: Sequence[Relation], granted: Mapping[str, ItemResult], known: Known, is_high: bool
) -> _Best:
    amounts = {key: _amount(granted[key], is_high) for key in keys}
    amounts = {key: amount for key, amount in amounts.items() if amount}
    bound = [_Tie(tie, frozenset(tie.items) & amounts.keys(), _limit(tie, known, is_high)) for tie in ties]
    exclusive = [tie for tie in bound if tie.relation.kind is RelationKind.EXCLUSIVE]
    caps = [tie for tie in bound if tie.relation.kind is RelationKind.SHARED_CAP and tie.items]
    families = laminar_families(caps)
    best = _Best(0, {})
    for chosen in _choices(list(amounts), exclusive):
        if sum(amounts[key] for key in chosen) > best.total:
            found = _paid(chosen, amounts, families)
            best = found if found.total > best.total else best
    return best


def _amount(result: ItemResult, is_high: bool) -> int:
    if is_high:
        return ENDLESS if result.amount.high is None else result.amount.high
    return result.amount.low


def _limit(tie: Relation, known: Known, is_high: bool) -> int:
    if tie.limit is None:
        return 0
    limit = number_of(tie.limit, known)
    if is_high:
        return ENDLESS if limit.high is None else max(int(limit.high), 0)
    return 0 if limit.low is None else max(int(limit.low), 0)


def _choices(keys: list[str], ties: Sequence[_Tie]) -> Iterator[tuple[str, ...]]:
    """Every choice that keeps the exclusions and to which nothing can be added; earlier items first."""
    free = [key for key in keys if not any(key in tie.items for tie in ties)]
    bound = [key for key in keys if key not in set(free)]
    for chosen in _kept(bound, ties, ()):
        yield (*free, *chosen)


def _kept(keys: Sequence[str], ties: Sequence[_Tie], chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not keys:
        yield chosen
        return
    key, rest = keys[0], keys[1:]
    if _fits(key, ties, chosen):
        yield from _kept(rest, ties, (*chosen, key))
    if any(key in tie.items for tie in ties):
        yield from _kept(rest, ties, chosen)


def _fits(key: str, ties: Sequence[_Tie], chosen: tuple[str, ...]) -> bool:
    return all(sum(other in tie.items for other in chosen) < tie.relation.most for tie in ties if key in tie.items)


def laminar_families(caps: Sequence[_Tie]) -> tuple[list[_Tie], list[_Tie]]:
    """Shared caps in two families; within each, two caps share no item or one lies in the other.

    For such caps greatest flows are whole and exact. Raises `MatchingError`: CAPS_CROSS where two do not do.
    """
    families: tuple[list[_Tie], list[_Tie]] = ([], [])
    for cap in sorted(caps, key=lambda each: -len(each.items)):
        home = next((family for family in families if all(_nests(cap, other) for other in family)), None)
        if home is None:
            names = tuple(each.relation.key for each in caps)
            cap.relation.place.refuse(Refusal.CAPS_CROSS, caps=names)
        home.append(cap)
    return families


def _nests(first: _Tie, second: _Tie) -> bool:
    return not first.items & second.items or first.items <= second.items or second.items <= first.items


def _paid(chosen: Sequence[str], amounts: Mapping[str, int], families: tuple[list[_Tie], list[_Tie]]) -> _Best:
    flow = Flow()
    for family, end in zip(families, (SOURCE, SINK), strict=True):
        for number, cap in enumerate(family):
            above = _innermost(cap.items, family[:number])
            _arc(flow, (end, above.relation.key) if above else end, (end, cap.relation.key), cap.limit, end)
    total = 0
    for key in chosen:
        for family, end in zip(families, (SOURCE, SINK), strict=True):
            above = _innermost(frozenset({key}), family)
            _arc(flow, (end, above.relation.key) if above else end, (end, "item", key), amounts[key], end)
        flow.add((SOURCE, "item", key), (SINK, "item", key), amounts[key])
        total += flow.augment()
    return _Best(total, {key: flow.sent((SOURCE, "item", key), (SINK, "item", key)) for key in chosen})


def _arc(flow: Flow, outer: object, inner: object, most: int, end: str) -> None:
    flow.add(*((outer, inner) if end == SOURCE else (inner, outer)), most)


def _innermost(items: frozenset[str], family: Sequence[_Tie]) -> _Tie | None:
    """The smallest cap around some items; caps of a family stand in order of size, greatest first."""
    return next((cap for cap in reversed(family) if items <= cap.items), None)


def _payments(
    keys: Sequence[str], ties: Sequence[Relation], granted: Mapping[str, ItemResult], best: _Best, is_exact: bool
) -> Iterator[tuple[str, Payment]]:
    for key in keys:
        amount = granted[key].amount
        if not ties:
            yield key, Payment(amount.low, amount.high)
        elif not is_exact:
            yield key, Payment(0, amount.high)
        else:
            paid = best.paid.get(key, 0)
            yield key, Payment(paid, paid, _reasons(key, ties, best, amount.low - paid))


def _reasons(key: str, ties: Sequence[Relation], best: _Best, lost: int) -> tuple[Reason, ...]:
    if not lost:
        return ()
    wanted = RelationKind.SHARED_CAP if best.paid.get(key) else None
    found = [tie for tie in ties if key in tie.items and wanted in (None, tie.kind)]
    paid = {other for other, amount in best.paid.items() if amount and other != key}
    return tuple(Reason(tie, tuple(other for other in tie.items if other in paid)) for tie in found)
