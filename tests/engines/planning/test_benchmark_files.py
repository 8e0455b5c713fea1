"""What researchers' files say, read into problems whose best plans are known."""

from __future__ import annotations

import pytest

from sushui.engines.planning.checking import check
from sushui.engines.planning.errors import PlanningError, Refusal
from sushui.engines.planning.factors import Consumable, Level, Release, Renewable
from sushui.engines.planning.problem import Demand, From, Goal, Lag, Mode
from sushui.engines.planning.reading.benchmarks import read_knapsacks, read_psplib, read_rcpsp_max
from tests.engines.planning.brute import best
from tests.engines.planning.problems import plan, ref

MULTI = """\
************************************************************************
file with basedata            : small.bas
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  1   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        2          1           4
   3        1          1           5
   4        1          1           5
   5        1          0        
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  N 1
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     2       2    4
         2     3       1    0
  3      1     2       1    3
  4      1     1       2    0
  5      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  N 1
    2    6
************************************************************************
"""

LAGGED = """\
3\t1\t0\t0
0\t1\t2\t1\t2\t[0]\t[0]
1\t1\t2\t3\t4\t[2]\t[2]
2\t1\t2\t4\t3\t[3]\t[0]
3\t1\t2\t4\t1\t[1]\t[-3]
4\t1\t0
0\t1\t0\t0
1\t1\t2\t1
2\t1\t3\t2
3\t1\t1\t1
4\t1\t0\t0
2
"""

KNAPSACKS = """ 2
 3 2 0
 10 7 6
 5 3 3
 1 1 1
 6 2
 1 1 4
 4.0
 2
 1
"""


def refusal_of(read, text: str) -> tuple[Refusal, object]:
    """The code, and the line."""
    with pytest.raises(PlanningError) as refusal:
        read(text)
    return refusal.value.code, refusal.value.facts["line"]


def test_a_multi_mode_file_is_read_without_its_mere_beginning_and_end():
    read = read_psplib(MULTI)

    check(read)
    assert (read.goal, read.timeline.horizon) == (Goal.MAKESPAN, 9)
    assert [each.key for each in read.projects[0].activities] == ["2", "3", "4"]
    assert read.activity[ref("1.2")].modes == (Mode(2, (Demand("R1", 2), Demand("N1", 4))), Mode(3, (Demand("R1", 1),)))
    assert read.renewables == (Renewable("R1", (Level(0, 2),)),)
    assert read.consumables == (Consumable("N1", (Release(0, 6),)),)
    assert read.lags == (Lag(ref("1.2"), ref("1.4")),)


def test_a_multi_mode_file_has_the_best_plan_worked_out_by_hand():
    found = best(read_psplib(MULTI))

    assert found == (4, plan(**{"1__2": (0, 1), "1__3": 0, "1__4": 3}))


def test_a_job_that_is_no_work_hands_its_order_on():
    text = MULTI.replace("  3      1     2       1    3", "  3      1     0       0    0")
    text = text.replace("   2        2          1           4", "   2        2          1           3")
    text = text.replace("   3        1          1           5", "   3        1          1           4")

    assert read_psplib(text).lags == (Lag(ref("1.2"), ref("1.4")),)


def test_arcs_are_least_and_greatest_lags_from_start_to_start():
    read = read_rcpsp_max(LAGGED)

    check(read)
    assert read.timeline.horizon == 0 + 2 + 3 + 1
    assert Lag(ref("1.1"), ref("1.3"), 2, 3, From.START) in read.lags


def test_a_file_with_greatest_lags_has_the_best_plan_worked_out_by_hand():
    found = best(read_rcpsp_max(LAGGED))

    assert found == (6, plan(**{"1__0": 0, "1__1": 3, "1__2": 0, "1__3": 5, "1__4": 6}))


def test_arcs_of_nought_both_ways_begin_together():
    text = LAGGED.replace("2\t1\t2\t4\t3\t[3]\t[0]", "2\t1\t2\t4\t1\t[3]\t[0]").replace("[2]\t[2]", "[2]\t[2]")
    text = text.replace("1\t1\t2\t3\t4\t[2]\t[2]", "1\t1\t2\t3\t2\t[2]\t[0]").replace("1\t1\t2\t1\n", "1\t1\t2\t0\n")

    found = best(read_rcpsp_max(text))

    assert found is not None
    assert found.plan.placements[ref("1.1")].start == found.plan.placements[ref("1.2")].start


def test_arcs_that_contradict_each_other_are_left_to_the_door():
    read = read_rcpsp_max(LAGGED.replace("[1]\t[-3]", "[1]\t[1]"))

    with pytest.raises(PlanningError) as refusal:
        check(read)

    assert refusal.value.code in {Refusal.MOST_BELOW_LEAST, Refusal.LAGS_CONTRADICT}


def test_knapsacks_are_projects_that_take_from_factors():
    first, second = read_knapsacks(KNAPSACKS)

    check(first)
    assert best(first) == (13, plan(**{"2__pack": 0, "3__pack": 0}))
    assert best(second) == (0, plan())


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_psplib, "", 0),
        (read_psplib, MULTI.replace("horizon", "limit"), 33),
        (read_psplib, MULTI.replace("PRECEDENCE RELATIONS", "ORDER"), 33),
        (read_psplib, MULTI.replace("    2    6\n", "    2\n"), 32),
        (read_psplib, MULTI.replace("         2     3       1    0", "         2"), 25),
        (read_psplib, MULTI.replace("    2    6\n", ""), 32),
        (read_rcpsp_max, "", 0),
        (read_rcpsp_max, LAGGED.replace("\t3\t4\t[2]", "\t3\t9\t[2]"), 3),
        (read_rcpsp_max, "3\t1\n0\t1\n", 2),
        (read_rcpsp_max, LAGGED.replace("[1]\t[-3]", "[1]"), 5),
        (read_rcpsp_max, LAGGED.replace("2\t1\t3\t2", "2\t1\t3"), 9),
        (read_knapsacks, KNAPSACKS[:-4], 9),
    ],
)
def test_a_broken_file_is_refused_with_its_line(read, text, line):
    assert refusal_of(read, text) == (Refusal.BAD_LINE, line)
