"""What applies to a project, and the order that is kept over what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.network import Condition, NetworkError, Refusal, Requirement, Template, Word, select
from tests.engines.network.graphs import networks, step, ways

FLAGS = tuple(Word(key, key, key) for key in ("wet", "hot", "cold"))


def template(*steps, **more):
    return Template("path", "variant", "name", "msgid", steps[-1].key, steps, flags=FLAGS, **more)


def wet(key, *before):
    return step(key, *before, condition=Condition(all_of=("wet",)))


def requires(network, key):
    return network.step(key).requires


@pytest.mark.parametrize(
    ("condition", "flags", "holds"),
    [
        (Condition(), (), True),
        (Condition(all_of=("a", "b")), ("a",), False),
        (Condition(all_of=("a", "b")), ("a", "b", "c"), True),
        (Condition(any_of=("a", "b")), ("b",), True),
        (Condition(any_of=("a", "b")), ("c",), False),
        (Condition(none_of=("a",)), ("a",), False),
        (Condition(all_of=("a",), none_of=("b",)), ("a",), True),
    ],
)
def test_when_a_condition_holds(condition, flags, holds):
    assert condition.holds(frozenset(flags)) is holds


def test_what_does_not_apply_is_left_out():
    network = select(template(step("a"), wet("b"), step("c")), ())

    assert [each.key for each in network.steps] == ["a", "c"]


def test_order_is_kept_over_what_is_left_out():
    network = select(template(step("a"), wet("b", "a"), wet("c", "b"), step("d", "c")), ())

    assert requires(network, "d") == (Requirement("a", "a law", ("c", "b")),)


def test_an_order_that_is_said_directly_stays_as_said():
    network = select(template(step("a"), wet("b", "a"), step("c", "b", "a")), ())

    assert requires(network, "c") == (Requirement("a", "a law"),)


def test_steps_stand_after_their_prerequisites_whatever_the_writing():
    network = select(template(step("b", "a"), step("a"), step("c", "b")), ())

    assert [each.key for each in network.steps] == ["a", "b", "c"]


@given(networks(), st.data())
def test_who_came_before_still_comes_before(net, data):
    left_out = set(data.draw(st.lists(st.sampled_from([each.key for each in net.steps if each.key != "goal"]))))
    steps = tuple(
        replace(each, condition=Condition(all_of=("wet",) if each.key in left_out else ())) for each in net.steps
    )

    thinner = select(replace(template(*steps), goal="goal"), ())

    for each in thinner.steps:
        expected = {key for way in ways(net, each.key) for key in way} - left_out
        assert {key for way in ways(thinner, each.key) for key in way} == expected


def test_a_choice_not_yet_made_is_said():
    found = template(step("a"), choices=(("hot", "cold"),))

    assert [select(found, flags).undecided for flags in ((), ("hot",))] == [(("hot", "cold"),), ()]


@pytest.mark.parametrize(
    ("flags", "code", "params"),
    [
        (("dry",), Refusal.UNKNOWN_FLAG, {"step": "", "flag": "dry"}),
        (("hot", "cold"), Refusal.CHOOSE_ONE, {"flags": ("hot", "cold")}),
        ((), Refusal.GOAL_DROPPED, {"step": "b"}),
    ],
)
def test_flags_that_no_project_has_are_refused(flags, code, params):
    found = template(step("a"), wet("b"), choices=(("hot", "cold"),))

    with pytest.raises(NetworkError) as refused:
        select(found, flags)

    assert (refused.value.code, refused.value.params) == (code, params)


def test_a_network_says_that_it_has_no_such_step():
    with pytest.raises(KeyError):
        select(template(step("a")), ()).step("b")
