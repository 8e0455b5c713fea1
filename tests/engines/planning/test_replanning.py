"""Plans made anew: what has begun stands, and what was promised is moved only for what it is worth."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sushui.engines.planning.plan import Placement, Plan
from sushui.engines.planning.problem import Problem, Ref
from sushui.engines.planning.replanning import Changes, Move, Prices, changes, mend, replan, steadied
from sushui.engines.planning.verifying import verify
from tests.engines.planning.brute import best
from tests.engines.planning.problems import (
    activity,
    lag,
    mode,
    plan,
    problem,
    project,
    quota,
    ref,
    renewable,
    sound_problems,
)

DEAR = Prices(left=1_000, moved=100, slot=1)
CHEAP = Prices(left=0, moved=0, slot=0)


def three_at_one_desk(**later: int) -> Problem:
    """Three projects of two slots each at one desk."""
    rows = [activity("a", mode(2, desk=1), release=later.get(key, 0)) for key in ("p", "q", "r")]
    some = [project(key, row, worth=10) for key, row in zip(("p", "q", "r"), rows, strict=True)]
    return problem(*some, renewables=(renewable("desk", 1),), horizon=8)


OLD = plan(p__a=0, q__a=2, r__a=4)


def test_nothing_moves_where_everything_still_holds() -> None:
    found = replan(three_at_one_desk(), OLD, prices=DEAR, now=0, time_limit=60)

    assert found.changes == Changes((), (), ())


def test_a_slip_moves_as_few_as_it_must() -> None:
    found = replan(three_at_one_desk(q=3), OLD, prices=DEAR, now=0, time_limit=60)

    assert found.changes == Changes((), (), (Move(ref("q.a"), Placement(2), Placement(6)),))


def test_many_short_moves_are_made_where_the_distance_is_what_costs() -> None:
    found = replan(three_at_one_desk(q=3), OLD, prices=Prices(1_000, 0, 10), now=0, time_limit=60)

    assert found.changes is not None
    assert [move.after.start - move.before.start for move in found.changes.moves] == [1, 1]


def test_what_was_promised_more_firmly_moves_least() -> None:
    asked = three_at_one_desk(p=3)
    firm = replace(DEAR, times={"p": 150})

    found = replan(asked, OLD, prices=firm, now=0, time_limit=60)

    assert found.result.plan is not None
    assert found.result.plan.placements[ref("p.a")] == Placement(3)


def test_what_has_begun_stands_whatever_it_would_bring() -> None:
    late = three_at_one_desk(q=5)

    found = replan(late, OLD, prices=CHEAP, now=1, time_limit=60)

    assert found.result.plan is not None
    assert found.result.plan.placements[ref("p.a")] == Placement(0)


def test_nothing_new_begins_in_the_past() -> None:
    found = replan(three_at_one_desk(), plan(p__a=0), prices=CHEAP, now=3, time_limit=60)

    assert found.changes is not None
    assert found.changes.joined == ("q", "r")
    assert found.result.plan is not None
    assert min(found.result.plan.placements[ref(name)].start for name in ("q.a", "r.a")) >= 3


def test_a_project_is_left_out_only_for_more_than_its_promise() -> None:
    two = [project(key, activity("a", mode(1, mu=60)), worth=worth) for key, worth in (("old", 10), ("new", 50))]
    asked = problem(*two, consumables=(quota("mu", (0, 100)),))

    kept = replan(asked, plan(old__a=0), prices=Prices(left=45, moved=0, slot=0), now=0, time_limit=60)
    taken = replan(asked, plan(old__a=0), prices=Prices(left=35, moved=0, slot=0), now=0, time_limit=60)

    assert (kept.changes, taken.changes) == (Changes((), (), ()), Changes(("old",), ("new",), ()))


def test_all_that_waits_moves_along() -> None:
    asked = problem(project("p", activity("a", mode(4)), activity("b", mode(1))), lags=(lag("p.a", "p.b"),), horizon=9)

    mended = mend(steadied(asked, plan(p__a=0, p__b=2), DEAR, 0), plan(p__a=0, p__b=2), seconds=60)

    assert mended is not None
    assert mended.placements == plan(p__a=0, p__b=4).placements


def test_changes_name_who_is_affected() -> None:
    found = changes(OLD, plan(p__a=0, q__a=5, s__a=1))

    assert found.affected == {"q", "r", "s"}


@settings(max_examples=25)
@given(sound_problems(), st.integers(0, 5), st.sampled_from((DEAR, CHEAP)))
def test_the_past_never_moves_and_the_plan_is_the_best_there_is(asked: Problem, now: int, prices: Prices) -> None:
    old = best(asked)
    assume(old is not None and old.plan.placements)
    assert old is not None

    found = replan(asked, old.plan, prices=prices, now=now, time_limit=60)

    assert found.result.plan is not None
    assert verify(asked, found.result.plan) == ()
    assert begun(found.result.plan, old.plan, now) == begun(old.plan, old.plan, now)
    expected = best(steadied(asked, old.plan, prices, now))
    assert expected is not None
    assert found.result.objective == expected.objective


def begun(of: Plan, old: Plan, now: int) -> dict[Ref, Placement | None]:
    """Where a plan has what the old one began before now."""
    return {at: of.placements.get(at) for at, placed in old.placements.items() if placed.start < now}
