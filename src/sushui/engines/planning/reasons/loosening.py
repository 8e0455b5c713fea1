"""More of a factor: of one level, one release, one arrival, or of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from ..problem import Problem


class Piece(NamedTuple):
    """Where there could be more: the level, release or arrival number `part` of a factor or source; None: of each."""

    factor: str
    part: int | None = None


Holder = Renewable | Consumable | MoneySource


def pieces(problem: Problem, factor: str) -> tuple[Piece, ...]:
    """The single pieces of a factor or source."""
    return tuple(Piece(factor, index) for index in range(len(_parts(_holder(problem, factor)))))


def start_of(problem: Problem, piece: Piece) -> int:
    """The slot from which a piece can be had; of all of a factor, the first one."""
    return _parts(_holder(problem, piece.factor))[piece.part or 0].start


def amount_of(problem: Problem, piece: Piece) -> int:
    """How much there is of a piece; of all of a factor: its highest level, or its sum."""
    holder = _holder(problem, piece.factor)
    amounts = [part.amount for part in _parts(holder)]
    if piece.part is not None:
        return amounts[piece.part]
    return max(amounts, default=0) if isinstance(holder, Renewable) else sum(amounts)


def loosened(problem: Problem, more: Mapping[Piece, int]) -> Problem:
    """The problem with so much more of each piece. Less, where an amount is below 0, but never below nothing."""

    def grown(holder: Holder) -> list[int]:
        everywhere = more.get(Piece(holder.key), 0)
        parts = enumerate(_parts(holder))
        return [max(0, part.amount + everywhere + more.get(Piece(holder.key, index), 0)) for index, part in parts]

    def renewable(factor: Renewable) -> Renewable:
        rows = zip(factor.levels, grown(factor), strict=True)
        return replace(factor, levels=tuple(replace(level, amount=amount) for level, amount in rows))

    def consumable(factor: Consumable) -> Consumable:
        rows = zip(factor.releases, grown(factor), strict=True)
        return replace(factor, releases=tuple(replace(release, amount=amount) for release, amount in rows))

    def source(money: MoneySource) -> MoneySource:
        rows = zip(money.arrivals, grown(money), strict=True)
        return replace(money, arrivals=tuple(replace(arrival, amount=amount) for arrival, amount in rows))

    return replace(
        problem,
        renewables=tuple(map(renewable, problem.renewables)),
        consumables=tuple(map(consumable, problem.consumables)),
        sources=tuple(map(source, problem.sources)),
    )


def _parts(holder: Holder) -> Sequence[Level | Release | Arrival]:
    match holder:
        case Renewable():
            return holder.levels
        case Consumable():
            return holder.releases
        case MoneySource():
            return holder.arrivals


def _holder(problem: Problem, key: str) -> Holder:
    holders: tuple[Holder, ...] = (*problem.renewables, *problem.consumables, *problem.sources)
    return next(holder for holder in holders if holder.key == key)
