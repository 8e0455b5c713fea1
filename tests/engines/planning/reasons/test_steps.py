"""What more of something would be worth, found by solving again."""

from sushui.engines.planning.plan import Result, Status
from sushui.engines.planning.problem import Problem
from sushui.engines.planning.reasons.loosening import Piece
from sushui.engines.planning.reasons.steps import Blocked, blocked, gain_of, stakes, steps
from sushui.engines.planning.solving import solve
from sushui.engines.planning.values import Part, SinceFinished
from tests.engines.planning.problems import activity, mode, plan, problem, project, quota, ref

ROAD = project("road", activity("a", mode(1, mu=60)), worth=50)
PLANT = project("plant", activity("a", mode(1, mu=50)), worth=40)
LAND = Piece("mu", 0)


def two_of_too_much() -> Problem:
    return problem(ROAD, PLANT, consumables=(quota("mu", (0, 100)),))


def solved(asked: Problem) -> Result:
    return solve(asked, time_limit=60, work_limit=5, threads=1)


def test_steps_are_worth_what_they_let_in_and_what_they_push_out() -> None:
    asked = two_of_too_much()

    found = list(steps(asked, solved(asked), [(LAND, 5), (LAND, 10), (LAND, -45)], seconds=60))

    assert [(step.by, step.gain.gain, step.gain.at_most) for step in found] == [
        (5, 0, 0),
        (10, 40, 40),
        (-45, -10, -10),
    ]


def test_a_change_names_who_it_concerns() -> None:
    asked = two_of_too_much()

    (step,) = steps(asked, solved(asked), [(LAND, 10)], seconds=60)

    assert step.gain.changes is not None
    assert step.gain.changes.joined == ("plant",)


def test_a_better_plan_that_needs_no_change_is_not_owed_to_it() -> None:
    asked = two_of_too_much()
    poor = Result(Status.FEASIBLE, plan(plant__a=0), objective=40, bound=90)

    found = gain_of(asked, poor, asked, seconds=60)

    assert (found.gain, found.is_owed) == (10, False)


def test_a_change_that_leaves_no_plan_says_so() -> None:
    must = project("road", activity("a", mode(1, mu=60)), is_mandatory=True, worth=50)
    asked = problem(must, consumables=(quota("mu", (0, 60)),))

    (step,) = steps(asked, solved(asked), [(LAND, -1)], seconds=60)

    assert (step.gain.gain, step.gain.status) == (None, Status.INFEASIBLE)


def test_a_bottleneck_is_worth_what_is_earned_sooner() -> None:
    tax = (SinceFinished(Part.TAX, 3, until=10),)
    asked = blocked(
        problem(project("p", activity("works", mode(2), earnings=tax))), [early := Blocked("gas", ref("works"), 6, 1)]
    )

    ((bottleneck, gain),) = stakes(asked, solved(asked), [early], seconds=60)

    assert (bottleneck.key, gain.gain) == ("gas", 15)
