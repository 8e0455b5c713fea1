"""Serial schedule generation: each activity in a given order as early, or as late, as what already lies there lets it.

Source: Kolisch (1996), Serial and parallel resource-constrained project scheduling methods revisited, European Journal
of Operational Research 90. A second pass from right to left and a third from left to right make no schedule longer:
Valls, Ballestin and Quintanilla (2005), Justification and RCPSP, European Journal of Operational Research 165.
"""

from __future__ import annotations

from ..arrays import Amounts, Ints
from ..compiled import compiled
from .net import Net


@compiled
def to_left(net: Net, order: Ints, modes: Ints, start: Ints, end: Ints, left: Amounts) -> int:
    """Everything as early as it can be, in that order; the last end, or -1 if something cannot end in time.

    `start`, `end` [A] are filled; `left` [H, R] is what the renewables have left then.
    """
    left[:] = net.capacity
    last = 0
    horizon = net.capacity.shape[0]
    for activity in order:
        mode = net.mode_first[activity] + modes[activity]
        earliest = 0
        for index in range(net.into_first[activity], net.into_first[activity + 1]):
            lag = net.into[index]
            origin = start[net.before[lag]] if net.from_start[lag] else end[net.before[lag]]
            earliest = max(earliest, origin + net.least[lag])
        at = earliest
        checked = at  # what lies before is known to have enough, back to `at`
        while True:
            while at <= horizon and net.end[mode, at] < 0:
                at += 1
            if at > horizon:
                return -1
            clash = -1
            slot = net.end[mode, at] - 1
            low = max(at, checked)
            while slot >= low:
                if net.is_plain or net.is_working[activity, slot]:
                    for use in range(net.use_first[mode], net.use_first[mode + 1]):
                        if left[slot, net.use_factor[use]] < net.use_amount[use]:
                            clash = slot
                            break
                    if clash >= 0:
                        break
                slot -= 1
            if clash < 0:
                break
            checked = max(checked, net.end[mode, at])
            at = clash + 1
        start[activity] = at
        end[activity] = net.end[mode, at]
        last = max(last, end[activity])
        for slot in range(at, end[activity]):
            if net.is_plain or net.is_working[activity, slot]:
                for use in range(net.use_first[mode], net.use_first[mode + 1]):
                    left[slot, net.use_factor[use]] -= net.use_amount[use]
    return last


@compiled
def to_right(net: Net, order: Ints, modes: Ints, latest: int, start: Ints, end: Ints, left: Amounts) -> int:
    """Everything as late as it can be before `latest`, from the end of the order on; the first start, or -1."""
    left[:] = net.capacity
    first = latest
    for index in range(len(order) - 1, -1, -1):
        activity = order[index]
        mode = net.mode_first[activity] + modes[activity]
        by, at_most = latest, latest
        for position in range(net.out_first[activity], net.out_first[activity + 1]):
            lag = net.out[position]
            bound = start[net.after[lag]] - net.least[lag]
            if net.from_start[lag]:
                at_most = min(at_most, bound)
            else:
                by = min(by, bound)
        if by < 0:
            return -1
        at = min(net.begin[mode, by], at_most)
        checked = latest  # what lies from here on, up to the end of the activity, is known to have enough
        while True:
            while at >= 0 and net.end[mode, at] < 0:
                at -= 1
            if at < 0:
                return -1
            clash = -1
            slot = at
            high = min(net.end[mode, at], checked)
            while slot < high:
                if net.is_plain or net.is_working[activity, slot]:
                    for use in range(net.use_first[mode], net.use_first[mode + 1]):
                        if left[slot, net.use_factor[use]] < net.use_amount[use]:
                            clash = slot
                            break
                    if clash >= 0:
                        break
                slot += 1
            if clash < 0:
                break
            checked = min(checked, at)
            at = min(net.begin[mode, clash], at - 1)
        start[activity] = at
        end[activity] = net.end[mode, at]
        first = min(first, at)
        for slot in range(at, end[activity]):
            if net.is_plain or net.is_working[activity, slot]:
                for use in range(net.use_first[mode], net.use_first[mode + 1]):
                    left[slot, net.use_factor[use]] -= net.use_amount[use]
    return first
