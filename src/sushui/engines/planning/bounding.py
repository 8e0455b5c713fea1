"""A bound on the earliest end that needs no search: the longest way, and the work between long heads and long tails."""

from __future__ import annotations

import numpy as np

from .arrays import Amounts, Arrays, Ints


def least_end(arrays: Arrays) -> int:
    """No plan with everything in it ends before this slot. It may be beyond the horizon: then there is none."""
    if not len(arrays.order):
        return 0
    durations = np.minimum.reduceat(arrays.duration, arrays.mode_first[:-1])
    heads = _heads(arrays, durations)
    tails = _tails(arrays, durations)
    longest = int((heads + durations + tails).max())
    return max([longest, *(_by_work(arrays, each, heads, tails) for each in range(len(arrays.capacity)))])


def _heads(arrays: Arrays, durations: Ints) -> Amounts:
    """[A] the earliest starts, without calendars."""
    heads = np.zeros(len(durations), np.int64)
    for activity in arrays.order:
        for lag in arrays.into[arrays.into_first[activity] : arrays.into_first[activity + 1]]:
            before = arrays.lag_before[lag]
            origin = heads[before] + (0 if arrays.lag_from_start[lag] else durations[before])
            heads[activity] = max(heads[activity], origin + arrays.lag_least[lag])
        some = slice(arrays.mode_first[activity], arrays.mode_first[activity + 1])
        starts = np.flatnonzero((arrays.end[some] >= 0).any(axis=0))
        heads[activity] = max(heads[activity], starts[0] if len(starts) else 0)
    return heads


def _tails(arrays: Arrays, durations: Ints) -> Amounts:
    """[A] the least slots from the ends to the end of all."""
    tails = np.zeros(len(durations), np.int64)
    for activity in arrays.order[::-1]:
        for lag in arrays.out[arrays.out_first[activity] : arrays.out_first[activity + 1]]:
            after = arrays.lag_after[lag]
            waited = arrays.lag_least[lag] - (durations[activity] if arrays.lag_from_start[lag] else 0)
            tails[activity] = max(tails[activity], waited + durations[after] + tails[after])
    return tails


def _by_work(arrays: Arrays, renewable: int, heads: Amounts, tails: Amounts) -> int:
    """What begins after a head and has a tail to come needs slots enough for its work; the best pair of both."""
    work = _least_work(arrays, renewable)
    users, most = np.flatnonzero(work), int(arrays.capacity[renewable].max(initial=0))
    if not len(users) or not most:
        return 0
    work, heads, tails = work[users], heads[users], tails[users]
    best = 0
    for head in np.unique(heads):
        late = heads >= head
        by_tail = np.argsort(-tails[late], kind="stable")
        sums = np.cumsum(work[late][by_tail])
        best = max(best, int((head - (-sums // most) + tails[late][by_tail]).max()))
    return best


def _least_work(arrays: Arrays, renewable: int) -> Amounts:
    """[A] amount times slots, in the mode that takes the least."""
    work = np.zeros(len(arrays.duration), np.int64)
    for mode in range(len(work)):
        some = slice(arrays.use_first[mode], arrays.use_first[mode + 1])
        work[mode] = arrays.duration[mode] * arrays.use_amount[some][arrays.use_factor[some] == renewable].sum()
    return np.minimum.reduceat(work, arrays.mode_first[:-1])
