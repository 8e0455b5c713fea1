"""What is odd about a policy is found, and what is in order is not."""

from __future__ import annotations

import pytest

from sushui.engines.matching.linting import lint
from sushui.engines.matching.packaged import load_library
from tests.engines.matching.world import ON, policies, policy_text

CLIFF = "{tiers: {on: revenue, bands: [{below: 100元, amount: 9元}, {from: 100元, amount: 5元}]}, cite: c}"
RISE = "{tiers: {on: revenue, bands: [{below: 100元, amount: 5元}, {from: 100元, amount: 9元}]}, cite: c}"


def codes(*texts):
    return [(each.code.value, each.params) for each in lint(policies(*texts), ON)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("staff >= 20人", "staff < 20人", [("contradiction", {"atoms": ("c1", "c2"), "field": "staff"})]),
        ("staff > 20人", "staff = 20人", [("contradiction", {"atoms": ("c1", "c2"), "field": "staff"})]),
        ("staff >= 20人", "staff >= 10人", [("subsumed", {"atom": "c2", "by": "c1"})]),
        ("staff >= 10人", "staff > 10人", [("subsumed", {"atom": "c1", "by": "c2"})]),
        ("staff >= 20人", "staff <= 20人", []),
        ("staff >= 20人", "graduates < 20人", []),
        ("scale = small", "scale = large", [("contradiction", {"atoms": ("c1", "c2"), "field": "scale"})]),
        ("scale = small", "scale in {small, large}", []),
        ("staff >= 0", "is_listed", [("always_true", {"atom": "c1"})]),
    ],
)
def test_conditions_are_compared(first, second, expected):
    assert codes(policy_text(f'[{{test: "{first}", cite: c}}, {{test: "{second}", cite: c}}]')) == expected


def test_alternatives_may_differ():
    text = policy_text("[{any: [{test: staff >= 20人, cite: c}, {test: staff < 5人, cite: c}]}]")

    assert codes(text) == []


def test_one_fen_more_and_less_money_is_a_cliff():
    expected = {"field": "revenue", "at": 10_000, "before": 900, "after": 500}

    assert codes(policy_text(benefit=CLIFF)) == [("cliff", expected)]


def test_a_rise_is_no_cliff():
    assert codes(policy_text(benefit=RISE)) == []


def test_a_citation_that_is_not_in_the_text_is_found():
    text = policy_text(
        "[{test: is_listed, cite: 已上市的企业}]",
        "{amount: 5元, cite: 奖励5元}",
        top="text: 对已上市的企业，奖励 5元。\n",
    )

    assert codes(text) == []
    assert codes(text.replace("cite: 奖励5元", "cite: 奖励50元")) == [("not_in_text", {"cite": "奖励50元"})]


def test_two_policies_that_pay_for_the_same_are_found():
    first = policy_text(benefit="{rate: 5%, base: revenue, cite: c}")
    second = first.replace("policy: p", "policy: q")

    assert codes(first, second) == [("same_twice", {"items": ("p.a", "q.a"), "fields": ("revenue",)})]


def test_a_tie_or_conditions_apart_keep_two_from_paying_twice():
    first = policy_text("[{test: staff >= 5人, cite: c}]", "{rate: 5%, base: revenue, cite: c}")
    second = first.replace("policy: p", "policy: q")
    tied = second + "relations: [{relation: r, exclusive: [p.a, q.a], cite: c}]\n"

    assert codes(first, tied) == []
    assert codes(first, second.replace(">= 5人", "< 5人")) == []


def test_an_open_ambiguity_and_an_empty_benefit_are_found():
    text = policy_text("[{ambiguous: 哪个, readings: [is_listed, staff > 5人], cite: c}]", "{amount: 0元, cite: c}")

    assert codes(text) == [("ambiguity", {"atom": "c1"}), ("never_pays", {"item": "p.a"})]


def test_every_citation_of_the_library_is_in_its_text():
    library = load_library()
    days = {case.on for case in library.cases}
    found = [each for day in days for each in lint(library.policies, day)]

    assert [each for each in found if each.code.value == "not_in_text"] == []
