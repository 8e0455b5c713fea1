"""Search and bound: every plan keeps everything, no plan is above the bound, and the best lies between."""

from __future__ import annotations

from hypothesis import given, settings

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.board import Board
from sushui.engines.planning.bound.generation import Generation
from sushui.engines.planning.generating import county
from sushui.engines.planning.plan import Plan
from sushui.engines.planning.portfolio.ground import ground
from sushui.engines.planning.portfolio.search import Search
from sushui.engines.planning.portfolios import add_portfolios_by_work
from sushui.engines.planning.problem import Payment, Project
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import worth
from tests.engines.planning import brute
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    problem,
    project,
    quota,
    renewable,
    sound_problems,
)

FEW = settings(max_examples=40, deadline=None)
STEPS = 60


def bounded(made):
    bound = Generation(ground(compile_problem(made)))
    bound.begin()
    for _ in range(STEPS):
        if bound.is_finished or bound.is_infeasible:
            break
        bound.step()
    return bound


def searched(made, seed=0, stretches=3):
    laid = ground(compile_problem(made))
    search = Search(laid, Generation(laid).begin(), seed)
    search.begin()
    for _ in range(stretches):
        search.improve()
    return search


def plan_of(search) -> Plan:
    return search.ground.compiled.plan(*search.best())


def crowd():
    """Many candidates for little land and one desk."""
    takers = [project(f"p{n}", activity("a", mode(2, mu=3 + n % 4, desk=1)), worth=5 + 2 * n) for n in range(8)]
    return problem(*takers, renewables=(renewable("desk", 2),), consumables=(quota("mu", (0, 20)),))


@FEW
@given(sound_problems())
def test_no_plan_is_above_the_bound(made):
    bound = bounded(made)

    best = brute.best(made)
    assert best is None or (bound.is_infeasible, bound.bound >= best.objective) == (False, True)


@FEW
@given(sound_problems())
def test_what_the_search_finds_keeps_everything_and_is_worth_what_it_says(made):
    search = searched(made)

    if search.objective is not None:
        plan = plan_of(search)
        assert verify(made, plan) == ()
        assert worth(made, plan).total == search.objective


def test_a_crowd_is_planned_as_well_as_it_can_be():
    made = crowd()

    assert searched(made, stretches=10).objective == brute_choice(made.projects)
    assert brute_choice(made.projects) <= bounded(made).bound <= brute_choice(made.projects) * 1.1


def brute_choice(projects: tuple[Project, ...]) -> int:
    """The most that projects of a crowd bring within 20 mu: the desk has time for all that fit."""
    best = {0: 0}
    for one in projects:
        taken = one.activities[0].modes[0].demands[0].amount
        more = {used + taken: value + one.earnings[0].amount for used, value in best.items() if used + taken <= 20}
        best = {used: max(best.get(used, 0), more.get(used, 0)) for used in best | more}
    return max(best.values())


def test_a_county_is_planned_below_its_bound():
    made = county(25, 1)
    search, bound = searched(made, stretches=10), bounded(made)

    assert verify(made, plan_of(search)) == ()
    assert 0.6 * bound.bound < search.objective <= bound.bound


def test_the_mix_of_the_bound_is_rounded_into_a_plan():
    made = county(25, 1)
    laid = ground(compile_problem(made))
    bound = Generation(laid)
    search = Search(laid, bound.begin(), 0)
    while not bound.is_finished:
        bound.step()
    search.guide(bound.guidance())

    search.start_from_mix()

    assert verify(made, plan_of(search)) == ()


def test_a_plan_is_taken_up():
    made = county(25, 1)
    starts, modes = searched(made).best()
    laid = ground(compile_problem(made))
    search = Search(laid, Generation(laid).begin(), 0)

    search.take(starts, modes)

    assert search.best()[0].tolist() == starts.tolist()


def test_the_plans_of_the_search_are_columns_of_the_bound():
    made = county(25, 1)
    search = searched(made)
    bound = Generation(search.ground)
    bound.add_plan(*search.best())

    bound.master.solve()

    assert bound.master.value >= search.objective - 1


def test_the_same_work_makes_the_same_plan():
    boards = [Board(compile_problem(county(25, 2)), 60) for _ in range(2)]

    for board in boards:
        add_portfolios_by_work(board, seed=4, work=1)

    assert boards[0].plan == boards[1].plan
    assert (boards[0].objective, boards[0].bound) == (boards[1].objective, boards[1].bound)


def test_a_lag_between_projects_is_kept():
    road, plant = project("road", activity("a", mode(3)), worth=8), project("plant", activity("a", mode(1)), worth=9)
    made = problem(plant, road, lags=(lag("road.a", "plant.a", 2, 3),), horizon=8)

    placed = plan_of(searched(made)).placements

    assert 2 <= placed["plant", "a"].start - placed["road", "a"].start - 3 <= 3


def test_something_that_must_be_in_and_cannot_has_no_plan_and_no_bound():
    made = problem(project("p", activity("a", mode(5)), activity("b", mode(6)), is_mandatory=True), horizon=10)
    late = problem(*made.projects, lags=(lag("p.a", "p.b"),), horizon=10)

    assert bounded(late).is_infeasible
    assert searched(late).objective is None


def test_money_for_one_use_is_not_spent_on_another():
    roads, plants = (project(use, activity("a", paying(use)), worth=5) for use in ("roads", "plants"))
    made = problem(roads, plants, sources=(money("bonds", (0, 10), pays="roads"), money("general", (0, 5))))

    assert searched(made).objective == 5
    assert bounded(made).bound == 7


def paying(use):
    return mode(1, [Payment(use, 10)])
