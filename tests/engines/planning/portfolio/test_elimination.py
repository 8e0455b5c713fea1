"""The order in which a project's activities are eliminated."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.planning.portfolio.elimination import EARLY, FOLD, JOIN, LATE, ROOT, Arc, eliminate

DIAMOND = (Arc(0, 1), Arc(0, 2), Arc(1, 3), Arc(2, 3))


def kinds(program):
    return [step.kind for step in program.steps]


def test_a_chain_is_folded_from_one_end():
    program = eliminate(3, (Arc(0, 1), Arc(1, 2)))

    assert (kinds(program), program.tables, program.dropped) == ([FOLD, FOLD, ROOT], 0, 0)


def test_activities_without_lags_are_each_their_own():
    assert kinds(eliminate(2, ())) == [ROOT, ROOT]


def test_permits_side_by_side_are_joined_at_the_ends_they_share():
    program = eliminate(4, DIAMOND)

    assert (kinds(program).count(JOIN), program.dropped) == (2, 0)


def test_only_the_choices_that_matter_are_gone_through_where_all_lags_go_one_way():
    first = eliminate(4, DIAMOND).steps[0]

    assert first.kind == JOIN
    assert first.prune in (EARLY, LATE)


def test_no_choice_is_needless_where_a_lag_is_bounded():
    program = eliminate(4, tuple(arc._replace(is_bounded=True) for arc in DIAMOND))

    assert {step.prune for step in program.steps} == {0}


def test_a_network_in_which_all_wait_for_all_loses_lags():
    everybody = tuple(Arc(*pair) for pair in combinations(range(5), 2))

    assert eliminate(5, everybody).dropped > 0


@given(
    st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.tuples(st.integers(0, n), st.integers(0, n)))))
)
def test_every_activity_is_eliminated_once(network):
    count, pairs = network
    arcs = tuple(Arc(before, after) for before, after in sorted(pairs) if before < after < count)

    steps = eliminate(count, arcs).steps

    assert sorted(step.activity for step in steps) == list(range(count))
    gone = {step.activity: number for number, step in enumerate(steps)}
    assert all(gone[step.activity] < gone[each] for step in steps for each in (step.x, step.y) if each >= 0)
