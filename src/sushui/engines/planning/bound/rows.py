"""The conditions that projects share, as rows of `sum of what plans take <= limit`, each with a price.

Money: for every set of uses that no other source than those of a set of sources may pay, what is paid for them up to
a slot is at most what has arrived there. That follows from the flow of payments (it is Hall's condition for one slot),
and only slots before the next arrival matter. Lags between projects are left out: the bound stays one.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Amounts, Arrays, Ints
from ..compiled import compiled
from ..portfolio.best import Reals
from ..portfolio.needs import Needs, Prices, sum_up


class Rows(NamedTuple):
    """Rows stand in this order: renewables by slot, windows of consumables, money, requirements.

    `limit` and `scale` [N] are of all of them; a row is divided by its scale wherever rows are added up.
    """

    limit: Reals
    scale: Reals
    first_window: int
    first_money: int
    first_required: int
    renewables: int
    slots: int
    window_factor: Ints  # [W]
    window: Ints  # [W, 2] start, end
    money_slot: Ints  # [.] of each row of money
    money_uses: NDArray[np.bool_]  # [., U]
    required: Ints  # [., 2] project, the one it requires


def rows(arrays: Arrays) -> Rows:
    """The rows of a problem."""
    renewables, slots = arrays.capacity.shape
    money_slot, money_uses, money_limit = _money(arrays)
    windows = len(arrays.window_limit)
    required = [
        (project, int(arrays.required[at]))
        for project in range(len(arrays.is_mandatory))
        for at in range(arrays.required_first[project], arrays.required_first[project + 1])
    ]
    limits = [arrays.capacity.reshape(-1), arrays.window_limit, money_limit, np.zeros(len(required))]
    limit = np.concatenate(limits).astype(np.float64)
    first_money = renewables * slots + windows
    return Rows(
        limit,
        np.maximum(limit, 1.0),
        renewables * slots,
        first_money,
        first_money + len(money_slot),
        renewables,
        slots,
        np.repeat(np.arange(len(arrays.window_first) - 1), np.diff(arrays.window_first)).astype(np.int32),
        np.column_stack([arrays.window_start, arrays.window_end]).astype(np.int32),
        money_slot,
        money_uses,
        np.array(required, np.int32).reshape(-1, 2),
    )


def _money(arrays: Arrays) -> tuple[Ints, NDArray[np.bool_], Amounts]:
    """Slot, uses and limit of each row."""
    found: list[tuple[int, tuple[bool, ...], int]] = []
    slots = arrays.arrived.shape[1]
    for sources in _source_sets(arrays):
        uses = np.array([set(np.flatnonzero(column)) <= set(sources) for column in arrays.may_pay.T], np.bool_)
        arrived = arrays.arrived[list(sources)].sum(axis=0) if sources else np.zeros(slots, np.int64)
        if uses.any():
            before = [slot for slot in range(slots) if slot == slots - 1 or arrived[slot + 1] > arrived[slot]]
            found += [(slot, tuple(uses.tolist()), int(arrived[slot])) for slot in before]
    return (
        np.array([slot for slot, _, _ in found], np.int32),
        np.array([uses for _, uses, _ in found], np.bool_).reshape(len(found), arrays.may_pay.shape[1]),
        np.array([limit for _, _, limit in found], np.int64),
    )


def _source_sets(arrays: Arrays) -> list[tuple[int, ...]]:
    """Sets of sources, the smallest first, each with uses that no smaller one had."""
    payers = [frozenset(np.flatnonzero(column).tolist()) for column in arrays.may_pay.T]
    known: set[frozenset[int]] = set()
    sets = []
    for size in range(len(arrays.may_pay) + 1):
        for sources in combinations(range(len(arrays.may_pay)), size):
            uses = frozenset(use for use, payer in enumerate(payers) if payer <= set(sources))
            if uses and uses not in known:
                known.add(uses)
                sets.append(sources)
    return sets


def first_prices(arrays: Arrays, needs: Needs, least_take: Amounts, rows: Rows) -> Reals:
    """[N] a limit in all is worth 1, less where little of it is wanted; only rows over the whole time have a price."""
    price = np.zeros(len(rows.limit))
    wanted = np.zeros(rows.renewables)
    work = needs.use[:, 1] * np.repeat(needs.duration, np.diff(needs.use_first))
    np.add.at(wanted, needs.use[:, 0], work)
    offered = np.maximum(1, arrays.capacity.sum(axis=1))
    price[: rows.first_window] = np.repeat(np.minimum(1.0, (wanted / offered) ** 2) / offered, rows.slots)
    for window in np.flatnonzero(rows.window[:, 1] - rows.window[:, 0] > rows.slots).tolist():
        limit = max(1.0, rows.limit[rows.first_window + window])
        taken = least_take[:, rows.window_factor[window]].sum()
        price[rows.first_window + window] = min(1.0, taken / limit) / limit
    for money in np.flatnonzero(rows.money_slot == rows.slots - 1).tolist():
        price[rows.first_money + money] = 0.3 / max(1.0, rows.limit[rows.first_money + money])
    return price


@compiled
def reprice(
    row_price: Reals, rows: Rows, calendars: NDArray[np.bool_], price: Reals, prices: Prices, required: Reals
) -> None:
    """The prices of factors that follow from those of rows; `required` [P]: what being in the plan costs a project.

    `price` [R, H] is room to work in.
    """
    for factor in range(rows.renewables):
        price[factor] = row_price[factor * rows.slots : (factor + 1) * rows.slots]
    sum_up(calendars, price, prices.used)
    prices.taken[:] = 0.0
    for window in range(len(rows.window)):
        factor = rows.window_factor[window]
        for slot in range(rows.window[window, 0], rows.window[window, 1]):
            prices.taken[factor, slot] += row_price[rows.first_window + window]
    prices.paid[:] = 0.0
    for money in range(len(rows.money_slot)):
        of_row = row_price[rows.first_money + money]
        if of_row > 0.0:
            last = rows.slots if rows.money_slot[money] == rows.slots - 1 else rows.money_slot[money]
            for use in range(rows.money_uses.shape[1]):
                if rows.money_uses[money, use]:
                    prices.paid[use, : last + 1] += of_row
    sum_up(calendars, prices.paid, prices.spread)
    required[:] = 0.0
    for at in range(len(rows.required)):
        required[rows.required[at, 0]] += row_price[rows.first_required + at]
        required[rows.required[at, 1]] -= row_price[rows.first_required + at]
