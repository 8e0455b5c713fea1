from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.planning import Pause, SlotKind, TimeLine, Working

NEW_YEAR = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("kind", "slot", "day"),
    [
        (SlotKind.DAY, 31, date(2026, 2, 1)),
        (SlotKind.WEEK, 2, date(2026, 1, 15)),
        (SlotKind.MONTH, 14, date(2027, 3, 1)),
    ],
)
def test_a_slot_begins_on_its_day(kind: SlotKind, slot: int, day: date) -> None:
    line = TimeLine(40, NEW_YEAR, kind)

    assert line.day_of(slot) == day
    assert line.slot_of(day) == slot


@given(st.sampled_from(SlotKind), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_day_lies_in_its_slot(kind: SlotKind, day: date) -> None:
    line = TimeLine(2_000, NEW_YEAR, kind)

    slot = line.slot_of(day)

    assert slot is not None
    begins, ends = line.day_of(slot), line.day_of(slot + 1)
    assert begins is not None
    assert ends is not None
    assert begins <= day < ends


def test_bare_slots_have_no_days() -> None:
    line = TimeLine(10)

    assert line.day_of(3) is None
    assert line.slot_of(NEW_YEAR) is None


def test_work_stands_still_in_a_pause() -> None:
    working = Working([Pause(3, 5)], horizon=8)

    assert working.end(2, 2) == 6
    assert working.worked(2, 2) == (2, 5)


@pytest.mark.parametrize(("start", "duration"), [(3, 1), (7, 2), (-1, 1), (8, 1), (9, 0)])
def test_work_begins_at_a_working_slot_and_ends_within_the_horizon(start: int, duration: int) -> None:
    assert Working([Pause(3, 5)], horizon=8).end(start, duration) is None


def test_work_of_no_duration_ends_where_it_begins() -> None:
    assert Working([Pause(3, 5)], horizon=8).end(4, 0) == 4
    assert Working([Pause(3, 5)], horizon=8).end(8, 0) == 8


@given(st.sets(st.integers(0, 11)), st.integers(0, 11), st.integers(1, 12))
def test_work_takes_as_many_working_slots_as_it_lasts(resting: set[int], start: int, duration: int) -> None:
    working = Working([Pause(slot, slot + 1) for slot in resting], horizon=12)
    open_slots = [slot for slot in range(start, 12) if slot not in resting]

    end = working.end(start, duration)

    if start in resting or len(open_slots) < duration:
        assert end is None
    else:
        assert end == open_slots[duration - 1] + 1
        assert working.worked(start, duration) == tuple(open_slots[:duration])
