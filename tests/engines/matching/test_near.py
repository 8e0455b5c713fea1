"""Near misses: the smallest change that qualifies, proved by applying it and by applying one step less."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sushui.engines.matching import Status, evaluate, facts_of
from sushui.engines.matching.near import near_misses
from sushui.engines.matching.packaged import load_library
from tests.engines.matching.world import ON, REG, policies, policy_text

WAN = 1_000_000
LIBRARY = load_library()


def ways(conditions, benefit="{amount: 10万元, cite: c}", **facts):
    """Each way as field -> (new value, gap)."""
    found = near_misses(policies(policy_text(conditions, benefit)), facts_of(REG, facts), ON, "p.a")
    return [{change.field: (change.to, change.gap) for change in way.changes} for way in found]


@pytest.mark.parametrize(
    ("test", "facts", "expected"),
    [
        ("staff >= 20人", {"staff": 17}, [{"staff": (20, 3)}]),
        ("staff > 20人", {"staff": 17}, [{"staff": (21, 4)}]),
        ("staff <= 20人", {"staff": 50}, [{"staff": (20, -30)}]),
        ("staff = 20人", {"staff": 50}, []),
        ("revenue >= 2000万元", {"revenue": 2000 * WAN - 1}, [{"revenue": (2000 * WAN, 1)}]),
        ("is_listed", {"is_listed": False}, [{"is_listed": (True, None)}]),
        ("scale in {small, micro}", {"scale": "large"}, [{"scale": ("small", None)}]),
        ("registered_on <= 2020-01-01", {"registered_on": date(2021, 1, 1)}, []),
        ("honors contains 专精特新", {"honors": []}, [{"honors": (frozenset({"专精特新"}), None)}]),
        ("layoff_rate <= 5.5%", {"layoff_rate": Fraction(6, 100)}, [{"layoff_rate": (55_000, -5_000)}]),
        ("staff >= 20人", {"staff": 20}, []),
        ("staff >= 20人", {}, []),
    ],
)
def test_the_gap_of_one_atom_is_its_fields_smallest_change(test, facts, expected):
    assert ways(f'[{{test: "{test}", cite: c}}]', **facts) == expected


def test_growth_is_reached_by_the_field_that_moves_least():
    found = ways("[{test: 'growth(revenue, revenue_last_year) >= 10%', cite: c}]", revenue=100, revenue_last_year=100)

    assert found == [{"revenue": (110, 10)}]


def test_any_of_several_gives_several_ways_the_smallest_first():
    found = ways("[{any: [{test: staff >= 20人, cite: c}, {test: graduates >= 5人, cite: c}]}]", staff=10, graduates=4)

    assert found == [{"graduates": (5, 1)}, {"staff": (20, 10)}]


def test_all_of_several_are_changed_together():
    found = ways("[{test: staff >= 20人, cite: c}, {test: graduates >= 5人, cite: c}]", staff=10, graduates=4)

    assert found == [{"staff": (20, 10), "graduates": (5, 1)}]


def test_two_of_three_need_only_what_is_missing():
    atoms = "{test: staff >= 20人, cite: c}, {test: graduates >= 5人, cite: c}, {test: is_listed, cite: c}"

    found = ways(f"{{at_least: 2, of: [{atoms}]}}", staff=25, graduates=4, is_listed=False)

    assert found == [{"graduates": (5, 1)}, {"is_listed": (True, None)}]


def test_what_may_not_be_is_turned_off():
    assert ways("[{none: [{test: is_listed, cite: c}]}]", is_listed=True) == [{"is_listed": (False, None)}]


def test_money_at_stake_is_what_would_then_be_granted():
    text = policy_text("[{test: revenue >= 100元, cite: c}]", "{rate: 10%, base: revenue, cite: c}")

    found = near_misses(policies(text), facts_of(REG, {"revenue": 5000}), ON, "p.a")

    assert (found[0].amount.low, found[0].atoms) == (1000, ("c1",))


REFUSED = [
    (case, expected.item)
    for case in LIBRARY.cases
    for expected in case.expected
    if expected.status is Status.NO and expected.failing
]


def test_ways_of_the_library_qualify_and_one_step_less_does_not():
    tried = failed = 0
    for case, key in REFUSED[::5]:
        for way in near_misses(LIBRARY.policies, case.facts, case.on, key):
            tried += 1
            failed += not is_minimal(case, key, way)

    assert (failed, tried > 5) == (0, True)


def is_minimal(case, key, way):
    """Whether the way qualifies, and no longer does when one of its numbers moves one step less."""
    changed = case.facts
    for change in way.changes:
        changed = changed.having(change.field, change.to)
    if status(case, key, changed) is not Status.YES:
        return False
    steps = [(c.field, c.to - (1 if c.gap > 0 else -1)) for c in way.changes if c.gap]
    return all(status(case, key, changed.having(field, value)) is not Status.YES for field, value in steps)


def status(case, key, facts):
    return evaluate(LIBRARY.policies, facts, case.on).items[key].status
