from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.planning import (
    Activity,
    Consumable,
    Demand,
    Done,
    IfLate,
    Lag,
    Mode,
    Part,
    Pause,
    Placement,
    Plan,
    Problem,
    Project,
    Ref,
    Release,
    SinceFinished,
    TimeLine,
    WhenFinishedBy,
    WhileWorked,
    WorkCalendar,
)
from sushui.engines.planning.arrays import Compiled, compile_problem, windows

HORIZON = 8
FROST = WorkCalendar("frost", (Pause(2, 4),))
ROAD = Ref("plant", "road")
WORKS = Ref("plant", "works")


def compiled(*activities: Activity, lags: tuple[Lag, ...] = ()) -> Compiled:
    project = Project("plant", activities)
    weights = {Part.INVESTMENT: 1, Part.TAX: 3, Part.LATENESS: 1}
    problem = Problem(TimeLine(HORIZON), (project,), lags=lags, calendars=(FROST,), weights=weights)
    return compile_problem(problem)


def ends(activity: Activity) -> list[int]:
    return compiled(activity).arrays.end[0].tolist()


def values(activity: Activity) -> list[int]:
    return compiled(activity).arrays.value[0].tolist()


def test_an_activity_ends_after_its_working_slots() -> None:
    works = Activity("works", (Mode(3),), calendar="frost")

    assert ends(works) == [5, 6, -1, -1, 7, 8, -1, -1, -1]


def test_release_and_deadline_leave_the_starts_between() -> None:
    works = Activity("works", (Mode(2),), release=1, deadline=6)

    assert ends(works) == [-1, 3, 4, 5, 6, -1, -1, -1, -1]


def test_what_is_done_has_one_start_and_one_mode() -> None:
    works = Activity("works", (Mode(2), Mode(3)), release=5, done=Done(start=1, mode=1))

    arrays = compiled(works).arrays

    assert arrays.end.tolist() == [[-1] * 9, [-1, 4, *[-1] * 7]]


def test_an_activity_of_no_duration_may_stand_at_the_very_end() -> None:
    assert ends(Activity("opened", (Mode(0),)))[-1] == HORIZON


def test_what_is_worked_within_a_time_is_worth_its_share() -> None:
    works = Activity("works", (Mode(3),), calendar="frost", earnings=(WhileWorked(Part.INVESTMENT, 100, 1, 5),))

    assert values(works) == [66, 66, 0, 0, 33, 0, 0, 0, 0]


def test_each_unit_counts_with_the_weight_of_its_part() -> None:
    works = Activity("works", (Mode(6),), earnings=(SinceFinished(Part.TAX, 5, until=HORIZON),))

    assert values(works) == [30, 15, 0, 0, 0, 0, 0, 0, 0]


def test_a_part_without_a_weight_does_not_count() -> None:
    works = Activity("works", (Mode(6),), earnings=(SinceFinished(Part.JOBS, 5, until=HORIZON),))

    assert values(works) == [0] * 9


def test_lateness_costs_once_and_by_the_slot() -> None:
    works = Activity("works", (Mode(4),), earnings=(IfLate(Part.LATENESS, 2, due=5, once=10),))

    assert values(works) == [0, 0, -12, -14, -16, 0, 0, 0, 0]


def test_a_date_is_kept_by_what_ends_on_it() -> None:
    works = Activity("works", (Mode(4),), earnings=(WhenFinishedBy(Part.INVESTMENT, 7, by=5),))

    assert values(works) == [7, 7, 0, 0, 0, 0, 0, 0, 0]


def test_lags_are_listed_at_both_of_their_ends() -> None:
    arrays = compiled(Activity("works", (Mode(1),)), Activity("road", (Mode(1),)), lags=(Lag(ROAD, WORKS, 2),)).arrays

    assert (arrays.lag_before.tolist(), arrays.lag_after.tolist(), arrays.lag_least.tolist()) == ([1], [0], [2])
    assert arrays.into_first.tolist() == [0, 1, 1]
    assert arrays.out_first.tolist() == [0, 0, 1]
    assert arrays.order.tolist() == [1, 0]


def test_a_plan_comes_back_from_its_numbers() -> None:
    plan = Plan({ROAD: Placement(2), WORKS: Placement(5, 1)})
    compact = compiled(Activity("road", (Mode(1),)), Activity("works", (Mode(1), Mode(2))))

    assert compact.plan(*compact.numbers(plan)).placements == plan.placements


def test_quotas_of_single_years_bind_each_year_and_all_together() -> None:
    land = Consumable("land", (Release(0, 50, expires=4), Release(4, 70, expires=9)))

    assert windows(land, HORIZON) == [(0, 4, 50), (0, 9, 120), (4, 9, 70)]


def test_what_does_not_expire_is_carried_on() -> None:
    land = Consumable("land", (Release(0, 50), Release(4, 70)))

    assert windows(land, HORIZON) == [(0, 4, 50), (0, 9, 120)]


@st.composite
def releases(draw: st.DrawFn) -> tuple[Release, ...]:
    """Up to four releases within the horizon; some expire."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, HORIZON - 1))
        made.append(Release(start, draw(st.integers(0, 5)), draw(st.none() | st.integers(start + 1, HORIZON + 1))))
    return tuple(made)


@given(releases(), st.lists(st.integers(0, 4), min_size=HORIZON, max_size=HORIZON))
def test_windows_allow_exactly_what_can_be_shared_out(given_out: tuple[Release, ...], taken: list[int]) -> None:
    rows = windows(Consumable("land", given_out), HORIZON)

    within = all(sum(taken[start : min(end, HORIZON)]) <= limit for start, end, limit in rows)

    assert within == can_share_out(given_out, taken)


def can_share_out(given_out: tuple[Release, ...], taken: list[int]) -> bool:
    """Whether each slot's amount comes from releases open then, those that expire first being used first."""
    left = [[each.expires if each.expires is not None else HORIZON + 1, each.start, each.amount] for each in given_out]
    for slot, amount in enumerate(taken):
        for release in sorted(each for each in left if each[1] <= slot < each[0]):
            used = min(amount, release[2])
            amount -= used
            left[left.index(release)] = [*release[:2], release[2] - used]
        if amount:
            return False
    return True


def test_each_list_has_its_first_index() -> None:
    modes = (Mode(1, (Demand("a", 1),)), Mode(2))
    arrays = compiled(Activity("works", modes), Activity("road", (Mode(1),))).arrays

    assert arrays.mode_first.tolist() == [0, 2, 3]
    assert all(low <= high for low, high in pairwise(arrays.use_first.tolist()))
    assert arrays.activity_of.dtype == np.int32
