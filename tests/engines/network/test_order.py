"""Orders that keep every prerequisite, and circles shown step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.network.order import circle, ordered


@st.composite
def graphs(draw):
    """Keys 0 ... n in any order of writing, each after some smaller ones: nothing waits for itself."""
    size = draw(st.integers(1, 9))
    edges = {
        str(key): [str(other) for other in draw(st.lists(st.integers(0, key - 1), unique=True))] if key else []
        for key in range(size)
    }
    return {key: edges[key] for key in draw(st.permutations(list(edges)))}


@st.composite
def planted(draw):
    """A graph with one circle planted through some of its keys."""
    graph = {key: list(before) for key, before in draw(graphs()).items()}
    around = draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, unique=True))
    for key, after in zip(around, around[1:] + around[:1], strict=True):
        if key not in graph[after]:
            graph[after].append(key)
    return graph


@given(graphs())
def test_every_key_comes_after_its_prerequisites(graph):
    found = ordered(graph)

    assert sorted(found) == sorted(graph)
    assert [key for key in graph for other in graph[key] if found.index(other) > found.index(key)] == []


@given(graphs())
def test_what_hangs_together_has_no_circle(graph):
    assert circle(graph) == []


@given(planted())
def test_every_planted_circle_is_found_and_shown(graph):
    found = circle(graph)

    assert found != []
    assert len(found) == len(set(found))
    assert all(found[index - 1] in graph[key] for index, key in enumerate(found))


@given(planted())
def test_what_is_in_a_circle_has_no_place_in_the_order(graph):
    assert set(ordered(graph)).isdisjoint(circle(graph))


def test_a_circle_begins_with_the_step_written_first():
    graph = {"x": ["c"], "b": ["a"], "c": ["b"], "a": ["c"]}

    assert circle(graph) == ["b", "c", "a"]


def test_a_step_that_waits_for_itself_is_a_circle():
    assert circle({"a": [], "b": ["a", "b"]}) == ["b"]


def test_steps_without_a_say_keep_the_order_in_which_they_are_written():
    assert ordered({"c": [], "a": [], "b": ["c"]}) == ["c", "a", "b"]
