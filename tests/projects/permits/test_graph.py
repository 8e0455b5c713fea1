"""The graph as it is drawn: any order of steps, each after its prerequisites, no line through a box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.panels.permits.graph import drawing, layers_of, leading_to, without_detours, wrapped


@st.composite
def orders(draw):
    """Up to twenty steps, each with some of those before it as prerequisites."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, 20)))]
    return {
        key: sorted(draw(st.sets(st.sampled_from(keys[:place]), max_size=4))) if place else []
        for place, key in enumerate(keys)
    }


def reach(requires, key):
    found = set(requires[key])
    for before in requires[key]:
        found |= reach(requires, before)
    return found


@given(orders())
def test_without_detours_the_order_is_the_same(requires):
    bare = without_detours(requires)

    assert {key: reach(bare, key) for key in bare} == {key: reach(requires, key) for key in requires}


@given(orders())
def test_no_line_is_left_that_another_way_says(requires):
    bare = without_detours(requires)

    assert [
        key for key, before in bare.items() for each in before if any(each in reach(bare, other) for other in before)
    ] == []


@given(orders())
def test_every_step_stands_right_of_its_prerequisites(requires):
    boxes = {box.key: box for box in drawing(requires, {key: key for key in requires}, []).boxes}

    assert [key for key in requires for each in requires[key] if boxes[each].x >= boxes[key].x] == []


@given(orders())
def test_no_two_boxes_stand_on_one_place_and_all_lie_inside(requires):
    found = drawing(requires, {key: key for key in requires}, [])
    corners = [(box.x, box.y) for box in found.boxes]

    assert len(set(corners)) == len(requires)
    assert all(x + found.box_width <= found.width and y + found.box_height <= found.height for x, y in corners)


@given(orders())
def test_what_leads_to_the_goal_is_all_that_comes_before_it(requires):
    goal = list(requires)[-1]

    assert set(leading_to(goal, requires)) == {goal} | reach(requires, goal)


def test_a_layer_is_one_after_the_last_prerequisite():
    assert layers_of({"a": [], "b": ["a"], "c": ["a", "b"]}) == {"a": 0, "b": 1, "c": 2}


def test_long_names_end_in_an_ellipsis():
    assert wrapped("国有建设用地使用权出让合同签订及用地批准书核发手续") == (
        "国有建设用地使用权出让合",
        "同签订及用地批准书核发…",
    )
    assert wrapped("Permit") == ("Permit",)


def test_the_critical_path_is_bold_and_drawn_last():
    found = drawing({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}, dict.fromkeys("abcd", "x"), ["a", "b", "d"])

    assert [line.is_critical for line in found.lines] == [False, False, True, True]
