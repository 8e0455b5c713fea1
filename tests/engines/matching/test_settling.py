"""The second stage: the most that exclusions and shared caps allow, with reasons."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from sushui.engines.matching import MatchingError, Refusal, evaluate, facts_of, load_policies, settle
from tests.engines.matching.world import HEAD, ON, REG


def world(amounts, relations):
    """A policy with an item for each amount in 分 (a number, or an expression) and some ties, settled."""
    items = "".join(
        f"  - {{item: {key}, name: 名, conditions: [{{test: 'true', cite: c}}], "
        f"benefit: {{amount: '{amount if isinstance(amount, str) else f'{amount}分钱'}', cite: c}}}}\n"
        for key, amount in amounts.items()
    )
    ties = "".join(f"  - {{relation: r{number}, {written}, cite: c}}\n" for number, written in enumerate(relations, 1))
    return load_policies(REG, {"p.yaml": f"{HEAD}items:\n{items}" + (f"relations:\n{ties}" if ties else "")})


def settled(amounts, relations=(), **facts):
    policies = world(amounts, relations)
    known = facts_of(REG, facts)
    return settle(policies, evaluate(policies, known, ON), known)


def paid(settlement):
    return {key.split(".")[1]: each.low for key, each in settlement.payments.items()}


@pytest.mark.parametrize(
    ("amounts", "relations", "expected"),
    [
        ({"a": 5, "b": 7}, [], {"a": 5, "b": 7}),
        ({"a": 5, "b": 7}, ["exclusive: [a, b]"], {"a": 0, "b": 7}),
        ({"a": 5, "b": 7, "c": 6}, ["exclusive: [a, b, c], most: 2"], {"a": 0, "b": 7, "c": 6}),
        ({"a": 5, "b": 7, "c": 4}, ["exclusive: [a, b]", "exclusive: [b, c]"], {"a": 5, "b": 0, "c": 4}),
        ({"a": 5, "b": 7}, ["shared_cap: [a, b], limit: 8分钱"], {"a": 5, "b": 3}),
        (
            {"a": 5, "b": 7, "c": 9},
            ["shared_cap: [a, b], limit: 8分钱", "shared_cap: [b, c], limit: 9分钱"],
            {"a": 5, "b": 3, "c": 6},
        ),
        (
            {"a": 5, "b": 7, "c": 9},
            ["exclusive: [a, b]", "shared_cap: [b, c], limit: 10分钱"],
            {"a": 5, "b": 0, "c": 9},
        ),
    ],
)
def test_the_most_that_ties_allow_is_paid(amounts, relations, expected):
    found = settled(amounts, relations)

    assert paid(found) == expected
    assert (found.total.low, found.total.high) == (sum(expected.values()),) * 2


def test_less_than_granted_has_its_reason():
    found = settled({"a": 5, "b": 7}, ["exclusive: [a, b]"])

    reason = found.payments["p.a"].reasons[0]
    assert (reason.by.key, reason.instead) == ("r1", ("p.b",))


def test_what_is_unknown_leaves_bounds():
    found = settled({"a": "5分钱", "b": "up_to(7分钱)"}, ["exclusive: [a, b]"])

    assert (found.total.low, found.total.high) == (5, 7)
    assert (found.payments["p.a"].low, found.payments["p.a"].high) == (0, 5)


def test_a_cap_may_depend_on_facts():
    ties = ["shared_cap: [a, b], limit: 1% * revenue, paid: profit"]
    found = settled({"a": 500, "b": 700}, ties, revenue=90000, profit=100)

    assert found.total.low == 800


def test_an_amount_without_bound_leaves_the_total_without_one():
    assert settled({"a": "revenue"}).total.high is None


def test_caps_that_cross_in_three_ways_are_refused():
    relations = [f"shared_cap: [{pair}], limit: 8分钱" for pair in ("a, b", "b, c", "a, c")]

    with pytest.raises(MatchingError) as refused:
        settled({"a": 5, "b": 7, "c": 9}, relations)

    assert refused.value.code is Refusal.CAPS_CROSS


def best_by_trying(amounts, exclusive, caps):
    """Every payment, tried."""
    best = 0
    for payment in product(*(range(amount + 1) for amount in amounts.values())):
        by = dict(zip(amounts, payment, strict=True))
        fits = all(sum(by[key] > 0 for key in pair) <= 1 for pair in exclusive)
        if fits and all(sum(by[key] for key in keys) <= limit for keys, limit in caps):
            best = max(best, sum(payment))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_no_payment_is_better(seed):
    random = Random(seed)
    amounts = {key: random.randint(0, 4) for key in "abcd"}
    exclusive = [random.sample("abcd", 2) for _ in range(random.randint(0, 2))]
    caps = [(random.sample("abcd", random.randint(2, 3)), random.randint(0, 7)) for _ in range(random.randint(0, 2))]
    ties = [f"exclusive: [{', '.join(pair)}]" for pair in exclusive]
    ties += [f"shared_cap: [{', '.join(keys)}], limit: {limit}分钱" for keys, limit in caps]

    found = settled(amounts, ties)

    assert found.total.low == best_by_trying(amounts, exclusive, caps)
