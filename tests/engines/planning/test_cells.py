"""Starts cut into cells: every start in one, and everything that counts the same within it."""

from __future__ import annotations

from hypothesis import given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.cells import Cells, rests, runs
from sushui.engines.planning.problem import Payment, When
from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.values import Part, WhenFinishedBy
from tests.engines.planning.problems import activity, mode, money, problem, problems, project, quota

FEW = settings(max_examples=60, deadline=None)


def cells_of(made, number=0):
    return [(cell.first, cell.last, cell.span) for cell in Cells(compile_problem(made).arrays).of(number)]


@FEW
@given(problems())
def test_every_start_lies_in_one_cell_with_its_end_and_its_value(made):
    arrays = compile_problem(made).arrays
    cells = Cells(arrays)

    for number in range(len(arrays.duration)):
        spread = {
            start: (start + cell.span, cell.value)
            for cell in cells.of(number)
            for start in range(cell.first, cell.last + 1)
        }
        allowed = {
            start: (end, int(arrays.value[number, start])) for start, end in enumerate(arrays.end[number]) if end >= 0
        }
        assert spread == allowed
        assert sum(cell.last - cell.first + 1 for cell in cells.of(number)) == len(allowed)


def test_work_without_anything_has_one_cell():
    assert cells_of(problem(project("p", activity("a", mode(3))), horizon=10)) == [(0, 7, 3)]


def test_pause_parts_the_starts_before_it_from_those_that_run_over_it():
    frost = WorkCalendar("frost", (Pause(4, 6),))
    made = problem(project("p", activity("a", mode(3), calendar="frost")), horizon=10, calendars=(frost,))

    assert cells_of(made) == [(0, 1, 3), (2, 3, 5), (6, 7, 3)]


def test_date_of_an_earning_and_opening_of_a_quota_part_the_starts():
    worth = WhenFinishedBy(Part.OUTPUT, 5, by=4)
    made = problem(
        project("p", activity("a", mode(1, mu=1), earnings=(worth,))),
        horizon=10,
        consumables=(quota("mu", (0, 1), (7, 1)),),
    )

    assert cells_of(made) == [(0, 3, 1), (4, 6, 1), (7, 9, 1)]


def test_what_is_paid_by_the_end_of_a_period_counts_up_slot_by_slot():
    paying = mode(2, [Payment("works", 3, When.WHILE_WORKED)])
    made = problem(project("p", activity("a", paying)), horizon=5, sources=(money("fund", (0, 9), (3, 1)),))

    cells = Cells(compile_problem(made).arrays).of(0)

    assert [(cell.first, cell.last, cell.paid.tolist()) for cell in cells] == [
        (0, 1, [[3, 3]]),
        (2, 2, [[2, 3]]),
        (3, 3, [[0, 3]]),
    ]


def test_sources_that_pay_the_same_are_one_class_and_so_are_their_uses():
    wants = [Payment(use, 1) for use in ("land", "works", "fees")]
    made = problem(
        project("p", activity("a", mode(1, wants))),
        sources=(
            money("fund", (0, 4)),
            money("loan", (2, 5)),
            money("bond", (3, 7), pays="works"),
        ),
    )

    classes = Cells(compile_problem(made).arrays).money

    assert classes.use_class[0] == classes.use_class[2] != classes.use_class[1]
    assert classes.period_end.tolist() == [2, 3, 11]
    assert sorted(classes.arrived.tolist()) == [[0, 0, 7], [4, 9, 9]]


def test_a_start_is_cut_out_of_its_cell():
    cells = Cells(compile_problem(problem(project("p", activity("a", mode(3))), horizon=10)).arrays)

    assert cells.of_start(0, 4)[:4] == (0, 4, 4, 3)


def test_runs_and_rests_of_working_slots():
    working = compile_problem(
        problem(
            project("p", activity("a", calendar="frost")),
            horizon=8,
            calendars=(WorkCalendar("frost", (Pause(1, 3), Pause(5, 6))),),
        )
    ).arrays.is_working[0]

    assert runs(working) == [(0, 1), (1, 3), (3, 5), (5, 6), (6, 8)]
    assert rests(working, 0, 7) == ((1, 3), (5, 6))
    assert rests(working, 3, 2) == ()
