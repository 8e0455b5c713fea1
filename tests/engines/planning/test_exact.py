"""The exact model against every plan looked at, and what it leaves standing."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.cpsat import Limits, Run
from sushui.engines.planning.exact import Model
from sushui.engines.planning.plan import Status
from sushui.engines.planning.problem import Goal, Payment
from sushui.engines.planning.timeline import Pause, WorkCalendar
from sushui.engines.planning.verifying import verify
from tests.engines.planning import brute
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    money,
    plan,
    problem,
    problems,
    project,
    quota,
    renewable,
)

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def solved(of, **fields):
    return Run(Model(compile_problem(of), **fields), Limits(seconds=20)).solve()


def objective(of):
    found = brute.best(of)
    return None if found is None else found.objective


@FEW
@given(problems())
def test_exact_value_is_the_best_of_all_plans(made):
    outcome = solved(made)

    assert outcome.objective == objective(made)
    assert outcome.plan is None or verify(made, outcome.plan) == ()


@FEW
@given(problems(Goal.MAKESPAN))
def test_exact_earliest_end_is_the_best_of_all_plans(made):
    outcome = solved(made)

    assert outcome.objective == objective(made)
    assert outcome.plan is None or verify(made, outcome.plan) == ()


@FEW
@given(problems())
def test_hint_gives_every_variable_the_value_that_the_plan_has(made):
    best = solved(made)
    model = Model(compile_problem(made))

    again = None
    if best.plan is not None:
        fixed = {"fix_variables_to_their_hinted_value": True}
        again = Run(model, Limits(seconds=20, parameters=fixed), best.plan).solve().objective

    assert again == best.objective


@FEW
@given(problems(), st.data())
def test_what_is_not_free_stands_as_in_the_plan(made, data):
    compiled = compile_problem(made)
    around = solved(made).plan
    assume(around is not None)
    free = data.draw(st.sets(st.sampled_from(range(len(compiled.refs)))))

    outcome = solved(made, around=around, free=free)

    assert outcome.objective == brute.best(made).objective
    assert {ref: placed for ref, placed in outcome.plan.placements.items() if compiled.number[ref] not in free} == {
        ref: placed for ref, placed in around.placements.items() if compiled.number[ref] not in free
    }


@FEW
@given(problems(Goal.MAKESPAN), st.integers(0, 7))
def test_latest_end_excludes_exactly_the_plans_that_end_later(made, latest):
    outcome = solved(made, latest=latest)

    earliest = objective(made)
    assert outcome.objective == (earliest if earliest is not None and earliest <= latest else None)


def test_work_waits_out_a_pause_only_where_its_own_calendar_has_one():
    frost = WorkCalendar("frost", (Pause(1, 4),))
    digging, drawing = activity("a", mode(2, crew=1), calendar="frost"), activity("b", mode(3, crew=1))
    made = problem(
        project("p", digging, is_mandatory=True),
        project("q", drawing, is_mandatory=True),
        renewables=(renewable("crew", 1),),
        calendars=(frost,),
        goal=Goal.MAKESPAN,
    )

    outcome = solved(made)

    assert outcome.plan == plan(p__a=0, q__b=1)


def test_quota_that_expires_is_used_before_and_the_new_one_after():
    takers = [project(key, activity("a", mode(1, mu=2)), worth=1) for key in "pqr"]
    made = problem(*takers, consumables=(quota("mu", (0, 3, 5), (5, 2)),), lags=(lag("p.a", "q.a", most=1),))

    outcome = solved(made)

    assert (outcome.objective, outcome.bound) == (2, 2)


def test_money_bound_to_one_use_leaves_the_other_unpaid():
    wants = [Payment("land", 4), Payment("works", 4)]
    made = problem(
        project("p", activity("a", mode(1, wants[:1])), worth=5),
        project("q", activity("a", mode(1, wants[1:])), worth=3),
        sources=(money("fund", (0, 3)), money("bond", (6, 5), pays="works")),
    )

    outcome = solved(made)

    assert (outcome.objective, outcome.plan.projects) == (3, {"q"})


def test_stopped_before_it_began_finds_nothing():
    run = Run(Model(compile_problem(problem(project(worth=1)))), Limits())

    run.stop()

    assert run.solve().status is Status.UNKNOWN


def test_better_plans_are_told_as_they_come():
    told = []
    model = Model(compile_problem(problem(*(project(key, worth=1) for key in "pqrs"))))

    outcome = Run(model, Limits()).solve(lambda found, value: told.append((found, value)))

    assert told[-1] == (outcome.plan, 4)
    assert [value for _, value in told] == sorted({value for _, value in told})
