"""Why and why not: masks, blocking and open atoms, what is missing."""

from __future__ import annotations

import pytest

from tests.engines.matching.world import policy_text, result

ATOMS = {
    "a": "{atom: a, test: staff >= 10人, cite: c}",
    "b": "{atom: b, test: graduates >= 5人, cite: c}",
    "c": "{atom: c, test: is_listed, cite: c}",
}
ANY = f"[{ATOMS['a']}, {{any: [{ATOMS['b']}, {ATOMS['c']}]}}]"
NONE = f"[{ATOMS['a']}, {{none: [{ATOMS['b']}, {ATOMS['c']}]}}]"
TWO_OF_THREE = f"{{at_least: 2, of: [{ATOMS['a']}, {ATOMS['b']}, {ATOMS['c']}]}}"


@pytest.mark.parametrize(
    ("conditions", "facts", "status", "blocking", "left_open", "failed", "unknown"),
    [
        (ANY, {"staff": 10, "graduates": 0, "is_listed": True}, "yes", (), (), 0b010, 0),
        (ANY, {"staff": 9, "graduates": 0, "is_listed": False}, "no", ("a", "b", "c"), (), 0b111, 0),
        (ANY, {"staff": 9, "graduates": 0}, "no", ("a",), ("c",), 0b011, 0b100),
        (ANY, {"staff": 10, "graduates": 0}, "unknown", (), ("c",), 0b010, 0b100),
        (ANY, {"staff": 9, "graduates": 5}, "no", ("a",), (), 0b001, 0b100),
        (NONE, {"staff": 10, "graduates": 5}, "no", ("b",), (), 0, 0b100),
        (NONE, {"staff": 10, "graduates": 4}, "unknown", (), ("c",), 0b010, 0b100),
        (NONE, {"staff": 10, "graduates": 4, "is_listed": False}, "yes", (), (), 0b110, 0),
        (TWO_OF_THREE, {"staff": 10, "graduates": 5}, "yes", (), (), 0, 0b100),
        (TWO_OF_THREE, {"staff": 9, "graduates": 5}, "unknown", (), ("c",), 0b001, 0b100),
        (TWO_OF_THREE, {"staff": 9, "graduates": 4}, "no", ("a", "b"), (), 0b011, 0b100),
    ],
)
def test_it_is_said_which_atoms_decide(conditions, facts, status, blocking, left_open, failed, unknown):
    found = result(policy_text(conditions), **facts)

    assert (found.status.value, found.blocking, found.open) == (status, blocking, left_open)
    assert (found.failed, found.unknown) == (failed, unknown)


def test_what_is_missing_of_an_atom_and_of_the_amount_is_named():
    text = policy_text(
        "[{test: 'growth(revenue, revenue_last_year) >= 10%', cite: c}]", "{rate: 10%, base: profit, cite: c}"
    )

    found = result(text, revenue=5)

    assert found.atoms[0].missing == ("revenue_last_year",)
    assert found.missing_for_amount == ("profit",)


def test_a_missing_column_is_named_with_its_rows():
    found = result(policy_text("[{test: any(loans where rate > 5%), cite: c}]"), loans=[{}])

    assert found.atoms[0].missing == ("loans.rate",)


def test_both_sides_of_a_comparison_are_shown():
    sides = result(policy_text("[{test: staff >= 10人, cite: c}]"), staff=7).atoms[0].sides

    assert (sides[0].low, sides[1].low) == (7, 10)
