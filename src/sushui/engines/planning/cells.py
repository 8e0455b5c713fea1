"""Runs of starts between which nothing but the start differs: the alphabet of the exact model.

A mode begun anywhere in a cell spans as many slots, is worth as much, lies in the same windows of the quotas that it
takes and has paid as much by the end of every period. So quotas, money and value are plain sums over cells, and only
the order of work in time is left to intervals.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .arrays import AT_END, AT_START, Amounts, Arrays, Ints


class Cell(NamedTuple):
    """Starts `first` to `last` of a mode, `span` slots from start to end. `paid`: [class of uses, period] so far."""

    mode: int
    first: int
    last: int
    span: int
    value: int
    paid: Amounts


class Money(NamedTuple):
    """Sources and uses that are alike are one class each; between two arrivals all slots are one period."""

    use_class: Ints  # [U]
    may_pay: NDArray[np.bool_]  # [class of sources, class of uses]
    period_end: Ints  # [K] the slot after the last of a period; the last period has no end
    arrived: Amounts  # [class of sources, K] that can be spent in a period


class Cells:
    """The cells of every mode; made once for a problem, whatever of it a model leaves free."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.money = _money(arrays)
        self._worked = np.zeros((len(arrays.is_working), arrays.is_working.shape[1] + 1), np.int64)
        np.cumsum(arrays.is_working, axis=1, out=self._worked[:, 1:])
        self._of_mode: dict[int, list[Cell]] = {}

    def of(self, mode: int) -> list[Cell]:
        """The cells of a mode, in order."""
        if mode not in self._of_mode:
            self._of_mode[mode] = self._cut(mode)
        return self._of_mode[mode]

    def of_start(self, mode: int, start: int) -> Cell:
        """The cell that a start lies in, cut down to it."""
        cell = next(each for each in self.of(mode) if each.first <= start <= each.last)
        return cell._replace(first=start, last=start)

    @cached_property
    def no_payment(self) -> Amounts:
        """[class of uses, period] of a mode that pays nothing."""
        return np.zeros((self.money.may_pay.shape[1], len(self.money.period_end)), np.int64)

    def _cut(self, mode: int) -> list[Cell]:
        arrays = self.arrays
        starts = np.flatnonzero(arrays.end[mode] >= 0)
        if not len(starts):
            return []
        spans, values = arrays.end[mode, starts] - starts, arrays.value[mode, starts]
        paid = self._paid(mode, starts)
        marks = np.searchsorted(self._window_edges(mode), starts, side="right")
        alike = np.stack([starts - np.arange(len(starts)), spans, values, marks])
        changes = (np.diff(alike, axis=1) != 0).any(axis=0)
        if paid is not None:
            changes |= (np.diff(paid, axis=0) != 0).any(axis=(1, 2))
        firsts = np.concatenate([[0], np.flatnonzero(changes) + 1])
        lasts = np.concatenate([firsts[1:], [len(starts)]]) - 1
        return [
            Cell(
                mode,
                int(starts[first]),
                int(starts[last]),
                int(spans[first]),
                int(values[first]),
                self.no_payment if paid is None else paid[first],
            )
            for first, last in zip(firsts, lasts, strict=True)
        ]

    def _window_edges(self, mode: int) -> Ints:
        arrays = self.arrays
        taken = arrays.take_factor[arrays.take_first[mode] : arrays.take_first[mode + 1]]
        edges = [
            edge
            for factor in taken
            for some in (arrays.window_start, arrays.window_end)
            for edge in some[arrays.window_first[factor] : arrays.window_first[factor + 1]]
        ]
        return np.unique(np.array(edges, np.int32))

    def _paid(self, mode: int, starts: NDArray[np.int64]) -> Amounts | None:
        """[start, class of uses, period] what a mode has paid by the end of each period; None: it pays nothing."""
        arrays, money = self.arrays, self.money
        pays = range(arrays.pay_first[mode], arrays.pay_first[mode + 1])
        if not pays:
            return None
        activity, duration = arrays.activity_of[mode], int(arrays.duration[mode])
        ends = arrays.end[mode, starts].astype(np.int64)[:, None]
        begun, closings = starts[:, None], money.period_end[None, :]
        worked = self._worked[activity]
        horizon = len(worked) - 1
        done = np.clip(worked[np.minimum(closings, horizon)] - worked[begun], 0, duration)
        paid = np.zeros((len(starts), *self.no_payment.shape), np.int64)
        for pay in pays:
            amount, use = int(arrays.pay_amount[pay]), money.use_class[arrays.pay_use[pay]]
            if arrays.pay_when[pay] == AT_START or duration == 0:
                paid[:, use] += amount * (begun < closings)
            elif arrays.pay_when[pay] == AT_END:
                paid[:, use] += amount * (ends <= closings)
            else:
                paid[:, use] += -(-done * amount // duration)
        return paid


def _money(arrays: Arrays) -> Money:
    if not arrays.may_pay.size:
        return _one_period(arrays)
    columns, use_class = np.unique(arrays.may_pay, axis=1, return_inverse=True)
    rows, source_class = np.unique(columns, axis=0, return_inverse=True)
    arrived = np.zeros((len(rows), arrays.arrived.shape[1]), np.int64)
    np.add.at(arrived, source_class.ravel(), arrays.arrived)
    begins = np.concatenate([[0], 1 + np.flatnonzero((np.diff(arrived, axis=1) != 0).any(axis=0))])
    ends = np.concatenate([begins[1:], [arrived.shape[1] + 1]])
    return Money(use_class.ravel().astype(np.int32), rows, ends.astype(np.int32), arrived[:, begins])


def _one_period(arrays: Arrays) -> Money:
    """Without sources nothing can be paid, without uses nothing need be."""
    uses = arrays.may_pay.shape[1]
    never = np.array([arrays.capacity.shape[1] + 1], np.int32)
    return Money(np.zeros(uses, np.int32), np.zeros((0, min(uses, 1)), np.bool_), never, np.zeros((0, 1), np.int64))


def runs(values: NDArray[np.generic]) -> list[tuple[int, int]]:
    """The runs of equal values, as (start, end)."""
    edges = [0, *(1 + np.flatnonzero(values[1:] != values[:-1])).tolist(), len(values)]
    return [(start, end) for start, end in pairwise(edges) if start < end]


def rests(is_working: NDArray[np.bool_], start: int, span: int) -> tuple[tuple[int, int], ...]:
    """The runs of slots without work between a start and an end, as (start, end)."""
    within = is_working[start : start + span]
    return tuple((start + first, start + end) for first, end in runs(within) if not within[first])
