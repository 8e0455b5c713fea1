from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.planning.plan import Placement, Plan
from sushui.engines.planning.problem import Payment, Problem, Ref, When
from sushui.engines.planning.reasons.standing import STANDING, beside, instalments
from sushui.engines.planning.verifying import ViolationKind, verify
from tests.engines.planning.brute import best, is_feasible
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    plan,
    plans,
    problem,
    project,
    renewable,
    sound_problems,
)


def together(small: Problem, own: Plan) -> Plan:
    """A plan of the small problem: the project's own placements, and what stands where it is done."""
    standing = {
        Ref(STANDING, each.key): Placement(each.done.start)
        for one in small.projects
        if one.key == STANDING
        for each in one.activities
        if each.done is not None
    }
    return Plan({**own.placements, **standing})


def test_what_stands_is_taken_off_a_renewable() -> None:
    asked = problem(
        project("road", activity("a", mode(2, desk=1))),
        project("plant", activity("a", mode(1, desk=2))),
        renewables=(renewable("desk", 2),),
        horizon=4,
    )

    small = beside(asked, plan(road__a=1), ["plant"])

    assert [(level.start, level.amount) for level in small.renewables[0].levels] == [(0, 2), (1, 1), (3, 2)]


def test_a_lag_to_what_stands_leads_to_where_it_ends() -> None:
    asked = problem(
        project("road", activity("a", mode(3))), project("plant", activity("a")), lags=(lag("road.a", "plant.a", 1),)
    )

    small = beside(asked, plan(road__a=2), ["plant"])

    early, right = ({Ref("plant", "a"): Placement(start)} for start in (5, 6))
    assert [violation.kind for violation in verify(small, together(small, Plan(early)))] == [
        ViolationKind.LAG_TOO_SHORT
    ]
    assert verify(small, together(small, Plan(right))) == ()


def test_instalments_are_paid_before_they_are_spent() -> None:
    evenly = Payment("works", 10, When.WHILE_WORKED)

    assert list(instalments(evenly, (2, 3, 7))) == [(2, 4), (3, 3), (7, 3)]
    assert list(instalments(Payment("works", 10, When.AT_END), (2, 3, 7))) == [(7, 10)]


@settings(max_examples=150)
@given(sound_problems(), st.data())
def test_a_project_fits_beside_the_others_exactly_if_it_fits_with_them(asked: Problem, data: st.DataObject) -> None:
    found = best(asked)
    if found is None or not found.plan.projects:
        return
    key = data.draw(st.sampled_from(sorted(found.plan.projects)))
    others = Plan({ref: placed for ref, placed in found.plan.placements.items() if ref.project != key})
    moved = data.draw(plans(asked))
    own = Plan({ref: placed for ref, placed in moved.placements.items() if ref.project == key})
    if not own.placements:
        return

    small = beside(asked, found.plan, [key])

    whole = Plan({**others.placements, **own.placements})
    assert (verify(small, together(small, own)) == ()) == is_feasible(asked, whole)
