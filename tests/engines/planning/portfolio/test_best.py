"""The best plan of one project: what looking at every combination finds, for any prices."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.planning.arrays import compile_problem
from sushui.engines.planning.portfolio.best import best, room
from sushui.engines.planning.portfolio.shape import END, START, shapes
from tests.engines.planning.problems import activity, lag, mode, problem, project

FEW = settings(max_examples=60, deadline=None)


@st.composite
def networks(draw):
    """One project of up to five activities, some in two modes, with lags of all kinds from earlier to later ones."""
    count = draw(st.integers(1, 5))
    durations = st.lists(st.integers(0, 2), min_size=1, max_size=2)
    works = [activity(f"a{n}", *(mode(duration) for duration in draw(durations))) for n in range(count)]
    pairs = [(one, two) for two in range(count) for one in range(two)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    lags = [
        lag(f"a{one}", f"a{two}", least, most, started=draw(st.booleans()))
        for one, two in chosen
        for least, most in [draw(st.sampled_from([(0, None), (1, None), (-1, None), (0, 2), (1, 1)]))]
    ]
    return replace(problem(project("p", *works), horizon=4), lags=tuple(lags))


def looked_through(arrays, shape, gain):
    """The greatest worth over all combinations of choices that keep every lag."""
    options = [range(shape.first[a], shape.first[a + 1]) for a in range(len(arrays.project_of))]
    worths = [sum(gain[choice] for choice in choices) for choices in product(*options) if keeps(arrays, shape, choices)]
    return max(worths, default=-np.inf)


def keeps(arrays, shape, choices):
    for lag_, (before, after) in enumerate(zip(arrays.lag_before, arrays.lag_after, strict=True)):
        origin = shape.choice[choices[before], START if arrays.lag_from_start[lag_] else END]
        if not arrays.lag_least[lag_] <= shape.choice[choices[after], START] - origin <= arrays.lag_most[lag_]:
            return False
    return True


@FEW
@given(networks(), st.integers(0, 1_000))
def test_the_best_is_the_best_of_all_combinations(made, seed):
    arrays = compile_problem(made).arrays
    laid = shapes(arrays)
    gain = np.random.default_rng(seed).integers(-9, 10, len(laid.shape.choice)).astype(np.float64)
    place, chosen = room(laid), np.zeros(len(arrays.project_of), np.int32)
    place.gain[: len(gain)] = gain

    found = best(laid.shape, place, 0, chosen)

    wanted = looked_through(arrays, laid.shape, gain)
    if laid.dropped[0]:
        assert found >= wanted
    else:
        assert found == wanted
        assert found == -np.inf or (keeps(arrays, laid.shape, chosen), sum(gain[chosen])) == (True, found)


def test_what_may_not_be_taken_is_not_taken():
    laid = shapes(compile_problem(problem(project("p", activity("a", mode(2))), horizon=4)).arrays)
    place, chosen = room(laid), np.zeros(1, np.int32)
    place.gain[:3] = [-np.inf, 5.0, -np.inf]

    assert (best(laid.shape, place, 0, chosen), chosen.tolist()) == (5.0, [1])
