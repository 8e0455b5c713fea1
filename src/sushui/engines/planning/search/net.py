"""What the search for the earliest end reads: a problem of renewables and least lags as flat arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..arrays import NEVER, Amounts, Arrays, Flags, Ints
from ..compiled import compiled


class Net(NamedTuple):
    """`A` activities, `M` modes, `R` renewables, `H` slots; ragged lists with the first index of each."""

    mode_first: Ints  # [A + 1]
    duration: Ints  # [M]
    end: Ints  # [M, H + 1] of the mode begun at a slot; -1: not allowed
    begin: Ints  # [M, H + 1] the last start that ends at a slot or before; -1: none
    is_working: Flags  # [A, H]
    capacity: Amounts  # [H, R]
    use_first: Ints  # [M + 1]
    use_factor: Ints
    use_amount: Amounts
    order: Ints  # [A] every activity after all it waits for
    into_first: Ints  # [A + 1]
    into: Ints  # lags
    out_first: Ints  # [A + 1]
    out: Ints  # lags
    before: Ints  # [L]
    after: Ints  # [L]
    least: Ints  # [L]
    from_start: Flags  # [L]
    is_by_end: bool  # lags from ends only: whatever waits ends later than what it waits for
    is_plain: bool  # also no pauses, one capacity, no releases and deadlines: a schedule can be moved as a whole


def can_search(arrays: Arrays) -> bool:
    """Whether the search understands all of a problem: everything in it, only renewables, only waiting."""
    return bool(
        arrays.is_mandatory.all()
        and not len(arrays.take_factor)
        and not len(arrays.pay_amount)
        and not len(arrays.group)
        and (arrays.lag_most == NEVER).all()
        and (arrays.lag_least >= 0).all()
        and (arrays.end >= 0).any(axis=1).all()
    )


def net_of(arrays: Arrays) -> Net:
    """The net of a problem that `can_search` lets pass."""
    is_paused = not arrays.is_working.all()
    is_level = bool((arrays.capacity == arrays.capacity[:, :1]).all())
    is_by_end = not arrays.lag_from_start.any()
    horizon = arrays.capacity.shape[1]
    slots = np.arange(horizon + 1)
    is_open = bool(((arrays.end >= 0) == (slots[None, :] + arrays.duration[:, None] <= horizon)).all())
    return Net(
        arrays.mode_first,
        arrays.duration,
        arrays.end,
        _begins(arrays.end),
        arrays.is_working,
        np.ascontiguousarray(arrays.capacity.T),
        arrays.use_first,
        arrays.use_factor,
        arrays.use_amount,
        arrays.order,
        arrays.into_first,
        arrays.into,
        arrays.out_first,
        arrays.out,
        arrays.lag_before,
        arrays.lag_after,
        arrays.lag_least,
        arrays.lag_from_start,
        is_by_end,
        is_by_end and is_level and is_open and not is_paused,
    )


def shortened(net: Net, horizon: int) -> Net:
    """The net with less time: no schedule that ends by the new horizon is lost, and there is less to look at."""
    end = net.end[:, : horizon + 1].copy()
    end[end > horizon] = -1
    return net._replace(
        end=end,
        begin=np.ascontiguousarray(net.begin[:, : horizon + 1]),
        is_working=np.ascontiguousarray(net.is_working[:, :horizon]),
        capacity=net.capacity[:horizon].copy(),
    )


def _begins(end: Ints) -> Ints:
    """[M, H + 1] the last start of a mode that ends at a slot or before it."""
    begin = np.full_like(end, -1)
    modes, starts = np.nonzero(end >= 0)
    np.maximum.at(begin, (modes, end[modes, starts]), starts.astype(np.int32))
    return np.maximum.accumulate(begin, axis=1)


@compiled
def tails_of(net: Net) -> Ints:
    """[A] the least slots from each activity's start to the end of all, by what waits for it."""
    tails = np.zeros(len(net.order), np.int32)
    for index in range(len(net.order) - 1, -1, -1):
        activity = net.order[index]
        least = net.duration[net.mode_first[activity]]
        for mode in range(net.mode_first[activity], net.mode_first[activity + 1]):
            least = min(least, net.duration[mode])
        tails[activity] = least
        for position in range(net.out_first[activity], net.out_first[activity + 1]):
            lag = net.out[position]
            begun = net.least[lag] if net.from_start[lag] else least + net.least[lag]
            tails[activity] = max(tails[activity], begun + tails[net.after[lag]])
    return tails
