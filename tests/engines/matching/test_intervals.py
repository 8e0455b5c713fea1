"""What is unknown stays inside its bounds, whatever it turns out to be."""

from __future__ import annotations

from random import Random

import pytest

from sushui.engines.matching import Facts, Status, evaluate
from sushui.engines.matching.intervals import ANY, Interval, at_least, equal, less, product, quotient
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, policies


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Interval(2, 3), Interval(4, 5), Interval(8, 15)),
        (Interval(-2, 3), Interval(4, 5), Interval(-10, 15)),
        (Interval(-2, 3), Interval(-4, 5), Interval(-12, 15)),
        (Interval(0, None), Interval(4, 5), Interval(0, None)),
        (Interval(0, 0), ANY, Interval(0, 0)),
        (Interval(2, None), Interval(-1, 1), ANY),
        (Interval(None, -1), Interval(None, -2), Interval(2, None)),
    ],
)
def test_products_go_as_far_as_their_corners(first, second, expected):
    assert (product(first, second), product(second, first)) == (expected, expected)


@pytest.mark.parametrize("divisor", [Interval(0, 0), Interval(-2, -2), Interval(1, 2), ANY])
def test_a_quotient_by_what_is_not_known_and_positive_is_anything(divisor):
    assert quotient(Interval(1, 1), divisor) == ANY


@pytest.mark.parametrize(
    ("first", "second", "is_less", "is_equal"),
    [
        (Interval(1, 2), Interval(3, 4), True, False),
        (Interval(1, 3), Interval(3, 4), None, None),
        (Interval(4, 5), Interval(3, 4), False, None),
        (Interval(3, 3), Interval(3, 3), False, True),
        (Interval(5, None), Interval(None, 4), False, False),
    ],
)
def test_intervals_are_compared_in_three_values(first, second, is_less, is_equal):
    assert (less(first, second), equal(first, second)) == (is_less, is_equal)


@pytest.mark.parametrize(
    ("count", "parts", "expected"),
    [
        (1, (False, None), None),
        (1, (True, None), True),
        (2, (True, None, False), None),
        (2, (False, None, False), False),
        (2, (True, True, None), True),
    ],
)
def test_at_least_so_many_follows_kleene(count, parts, expected):
    assert at_least(count, parts) is expected


def completed(facts, other, random):
    """Facts of which some of what is missing is known, as it is for another enterprise."""
    values = {**{key: value for key, value in other.values.items() if random.random() < 0.7}, **facts.values}
    known = [row for rows in other.rows.values() for row in rows] or [{}]
    rows = {key: tuple({**random.choice(known), **row} for row in found) for key, found in facts.rows.items()}
    return Facts(values, {**other.rows, **rows}, {**other.answers, **facts.answers})


@pytest.mark.parametrize("seed", range(25))
def test_no_completion_escapes_the_bounds(seed):
    random, found = Random(seed), policies(random_policy(5000 + seed, items=4))
    escaped = []
    for number in range(12):
        facts = random_facts(90_000 + 100 * seed + number)
        before = evaluate(found, facts, ON).items
        after = evaluate(found, completed(facts, random_facts(random.randrange(10**6)), random), ON).items
        escaped += [key for key, each in after.items() if not is_within(each, before[key])]

    assert escaped == []


def is_within(after, before):
    """Whether what was decided stays, and the amount lies in its bounds."""
    is_same = before.status in (after.status, Status.UNKNOWN)
    low, high = before.amount.low, before.amount.high
    is_below = high is None or (after.amount.high is not None and after.amount.high <= high)
    return is_same and after.amount.low >= low and is_below
