"""A plan in the making, and what it leaves of every factor: activities are placed into that, and taken out.

Money: every payment is kept with the sources that pay it, the most restricted first. What a source can still give at a
slot is the least of what it has left then and later (`spare`); so a payment that `spare` covers leaves every other one
covered, and what is taken out frees what it took.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import AT_END, AT_START, Amounts, Arrays, Ints
from ..compiled import compiled
from .needs import Needs


class State(NamedTuple):
    """Everything that changes with the plan."""

    start: Ints  # [A] -1: not placed
    mode: Ints  # [A] of all modes
    end: Ints  # [A]
    is_in: NDArray[np.bool_]  # [P]
    rest: Amounts  # [R, H] capacity that is left
    window_rest: Amounts  # [W]
    begin_rest: Amounts  # [Q, H + 1] what something that begins at a slot may take: the least of its windows
    spent: Amounts  # [U, S, H]
    balance: Amounts  # [S, H] arrived and not spent up to a slot
    spare: Amounts  # [S, H]
    pool: Amounts  # [U, H] `spare` of all sources that may pay a use


class Limits(NamedTuple):
    """What stays the same."""

    calendars: NDArray[np.bool_]
    window_first: Ints
    window: Ints  # [W, 2]
    arrived: Amounts  # [S, H]
    may_pay: NDArray[np.bool_]  # [S, U]
    sources: Ints  # the most restricted first
    lag: Ints  # [L, 5] as in `shape.Shape`, of all lags
    into_first: Ints
    into: Ints
    out_first: Ints
    out: Ints


def limits(arrays: Arrays, calendars: NDArray[np.bool_]) -> Limits:
    """Of a problem."""
    columns = (arrays.lag_before, arrays.lag_after, arrays.lag_least, arrays.lag_most, arrays.lag_from_start)
    return Limits(
        calendars,
        arrays.window_first,
        np.column_stack([arrays.window_start, arrays.window_end]).astype(np.int32),
        arrays.arrived,
        arrays.may_pay,
        np.argsort(arrays.may_pay.sum(axis=1), kind="stable").astype(np.int32),
        np.column_stack(columns).astype(np.int32),
        arrays.into_first,
        arrays.into,
        arrays.out_first,
        arrays.out,
    )


def nothing_placed(arrays: Arrays) -> State:
    """An empty plan."""
    activities, slots = len(arrays.project_of), arrays.is_working.shape[1]
    sources, uses = arrays.may_pay.shape
    made = State(
        np.full(activities, -1, np.int32),
        np.full(activities, -1, np.int32),
        np.full(activities, -1, np.int32),
        np.zeros(len(arrays.is_mandatory), np.bool_),
        arrays.capacity.copy(),
        arrays.window_limit.copy(),
        np.zeros((len(arrays.window_first) - 1, slots + 1), np.int64),
        np.zeros((uses, sources, slots), np.int64),
        arrays.arrived.copy(),
        np.zeros((sources, slots), np.int64),
        np.zeros((uses, slots), np.int64),
    )
    at = limits(arrays, arrays.is_working[:1])
    for factor in range(len(made.begin_rest)):
        recount_windows(at, made, factor)
    recount_money(at, made)
    return made


@compiled
def copy(source: State, target: State) -> None:
    """Make a state equal to another."""
    target.start[:], target.mode[:], target.end[:], target.is_in[:] = (
        source.start,
        source.mode,
        source.end,
        source.is_in,
    )
    target.rest[:], target.window_rest[:], target.begin_rest[:] = source.rest, source.window_rest, source.begin_rest
    target.spent[:], target.balance[:] = source.spent, source.balance
    target.spare[:], target.pool[:] = source.spare, source.pool


# --- one activity ----------------------------------------------------------------------------------------------------
@compiled
def place(needs: Needs, limits: Limits, state: State, activity: int, mode: int, start: int, end: int) -> bool:
    """Place an activity that keeps its lags, if every factor suffices; whether it was placed."""
    calendar = limits.calendars[needs.calendar[mode]]
    for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
        for slot in range(start, end):
            if calendar[slot] and state.rest[needs.use[at, 0], slot] < needs.use[at, 1]:
                return False
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        if state.begin_rest[needs.take[at, 0], start] < needs.take[at, 1]:
            return False
    for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
        if not is_covered(needs, calendar, state.pool, at, mode, start, end):
            _pay(needs, limits, state, calendar, needs.pay_first[mode], at, mode, start, end, -1)
            return False
        _pay(needs, limits, state, calendar, at, at + 1, mode, start, end, 1)
    _hold(needs, limits, state, calendar, mode, start, end, 1)
    state.start[activity], state.mode[activity], state.end[activity] = start, mode, end
    return True


@compiled
def take_out(needs: Needs, limits: Limits, state: State, activity: int) -> None:
    """Undo `place`."""
    mode, start, end = state.mode[activity], state.start[activity], state.end[activity]
    calendar = limits.calendars[needs.calendar[mode]]
    _pay(needs, limits, state, calendar, needs.pay_first[mode], needs.pay_first[mode + 1], mode, start, end, -1)
    _hold(needs, limits, state, calendar, mode, start, end, -1)
    state.start[activity] = state.mode[activity] = state.end[activity] = -1


@compiled
def _hold(
    needs: Needs, limits: Limits, state: State, calendar: NDArray[np.bool_], mode: int, start: int, end: int, sign: int
) -> None:
    """Take (or give back: -1) renewables and consumables."""
    for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
        for slot in range(start, end):
            if calendar[slot]:
                state.rest[needs.use[at, 0], slot] -= sign * needs.use[at, 1]
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        factor = needs.take[at, 0]
        for window in range(limits.window_first[factor], limits.window_first[factor + 1]):
            if limits.window[window, 0] <= start < limits.window[window, 1]:
                state.window_rest[window] -= sign * needs.take[at, 1]
        recount_windows(limits, state, factor)


@compiled
def recount_windows(limits: Limits, state: State, factor: int) -> None:
    """What may be taken of a consumable at each slot."""
    state.begin_rest[factor, :] = 0 if limits.window_first[factor] == limits.window_first[factor + 1] else 1 << 60
    for window in range(limits.window_first[factor], limits.window_first[factor + 1]):
        for slot in range(limits.window[window, 0], min(limits.window[window, 1], state.begin_rest.shape[1])):
            state.begin_rest[factor, slot] = min(state.begin_rest[factor, slot], state.window_rest[window])


# --- money -----------------------------------------------------------------------------------------------------------
@compiled
def is_covered(
    needs: Needs, calendar: NDArray[np.bool_], pool: Amounts, at: int, mode: int, start: int, end: int
) -> bool:
    """Whether what can still be given to a use covers a payment, slot after slot."""
    of_use, amount, when = pool[needs.pay[at, 0]], needs.pay[at, 1], needs.pay[at, 2]
    last, duration = len(calendar) - 1, needs.duration[mode]
    if when == AT_START or duration == 0:
        return bool(of_use[min(start, last)] >= amount)
    if when == AT_END or of_use[end - 1] < amount:
        return bool(of_use[end - 1] >= amount)
    if of_use[start] >= amount:
        return True
    done = 0
    for slot in range(start, end):
        if calendar[slot]:
            done += 1
            if of_use[slot] < (done * amount + duration - 1) // duration:
                return False
    return True


@compiled
def _pay(
    needs: Needs,
    limits: Limits,
    state: State,
    calendar: NDArray[np.bool_],
    first: int,
    last: int,
    mode: int,
    start: int,
    end: int,
    sign: int,
) -> None:
    """Pay (or take back: -1) the payments from `first` up to, not including, `last`."""
    duration, beyond = needs.duration[mode], len(calendar) - 1
    for at in range(first, last):
        use, amount, when = needs.pay[at, 0], needs.pay[at, 1], needs.pay[at, 2]
        if when == AT_START or duration == 0:
            _shift(limits, state, use, min(start, beyond), sign * amount)
        elif when == AT_END:
            _shift(limits, state, use, end - 1, sign * amount)
        else:
            paid = done = 0
            for slot in range(start, end):
                if calendar[slot]:
                    done += 1
                    due = (done * amount + duration - 1) // duration
                    _shift(limits, state, use, slot, sign * (due - paid))
                    paid = due
    if last > first:
        _pool(limits, state)


@compiled
def _shift(limits: Limits, state: State, use: int, slot: int, amount: int) -> None:
    """Spend an amount from the most restricted source that has it, or give it back (< 0) to the least restricted."""
    for place in range(len(limits.sources)):
        source = limits.sources[place if amount > 0 else len(limits.sources) - 1 - place]
        if limits.may_pay[source, use] and amount != 0:
            part = (
                min(amount, state.spare[source, slot]) if amount > 0 else max(amount, -state.spent[use, source, slot])
            )
            if part != 0:
                amount -= part
                state.spent[use, source, slot] += part
                state.balance[source, slot:] -= part
                _spare(state, source)


@compiled
def _spare(state: State, source: int) -> None:
    least = state.balance[source, -1]
    for slot in range(state.balance.shape[1] - 1, -1, -1):
        least = min(least, state.balance[source, slot])
        state.spare[source, slot] = least


@compiled
def _pool(limits: Limits, state: State) -> None:
    state.pool[:] = 0
    for source in range(len(limits.sources)):
        for use in range(len(state.pool)):
            if limits.may_pay[source, use]:
                state.pool[use] += state.spare[source]


@compiled
def recount_money(limits: Limits, state: State) -> None:
    """Share the payments out anew in the order of time, if that covers them all; otherwise leave them as they are."""
    sources, slots = state.balance.shape
    spent, had = np.zeros_like(state.spent), np.zeros(sources, np.int64)
    for slot in range(slots):
        had += limits.arrived[:, slot]
        if slot > 0:
            had -= limits.arrived[:, slot - 1]
        for use in range(len(state.pool)):
            due = np.sum(state.spent[use, :, slot])
            for place in range(sources):
                source = limits.sources[place]
                if due > 0 and limits.may_pay[source, use]:
                    spent[use, source, slot] = min(due, had[source])
                    had[source] -= spent[use, source, slot]
                    due -= spent[use, source, slot]
            if due > 0:
                return
    state.spent[:] = spent
    for source in range(sources):
        total = 0
        for slot in range(slots):
            total += int(np.sum(spent[:, source, slot]))
            state.balance[source, slot] = limits.arrived[source, slot] - total
        _spare(state, source)
    _pool(limits, state)
