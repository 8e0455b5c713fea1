"""Facts: what is known, in the steps of its field; what cannot be is refused."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sushui.engines.matching import Facts, MatchingError, facts_of, load_registry
from sushui.engines.matching.facts import read_facts
from sushui.engines.matching.texts import parse
from tests.engines.matching.world import REG


def read(text):
    return read_facts(REG, parse(text, "facts.yaml"))


def refused(run, *arguments):
    with pytest.raises(MatchingError) as error:
        run(*arguments)
    return error.value.code.value


def test_plain_values_come_to_steps():
    given = {
        "revenue": 500,
        "land": Fraction(67, 2),
        "layoff_rate": Fraction(55, 1000),
        "registered_on": date(2024, 1, 1),
        "honors": ["甲"],
        "loans": [{"principal": 5, "rate": None}],
        "profit": None,
    }

    found = facts_of(REG, given, {"p.x": True})

    assert found.values == {
        "revenue": 500,
        "land": 335,
        "layoff_rate": 55_000,
        "registered_on": date(2024, 1, 1).toordinal(),
        "honors": frozenset({"甲"}),
    }
    assert (found.rows, found.answers) == ({"loans": ({"principal": 5},)}, {"p.x": True})


def test_words_come_to_the_same():
    text = "{revenue: 5元, land: 33.5亩, layoff_rate: 5.5%, registered_on: 2024-01-01, "
    text += "honors: [甲], is_listed: 是, scale: 不详}"

    assert read(text) == facts_of(
        REG,
        {
            "revenue": 500,
            "land": Fraction(67, 2),
            "layoff_rate": Fraction(55, 1000),
            "registered_on": date(2024, 1, 1),
            "honors": ["甲"],
            "is_listed": True,
        },
    )


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"nobody": 5}, "unknown_field"),
        ({"revenue": "5"}, "not_of_kind"),
        ({"revenue": True}, "not_of_kind"),
        ({"revenue": -1}, "out_of_range"),
        ({"revenue": 10**14 + 1}, "out_of_range"),
        ({"land": Fraction(1, 3)}, "not_of_kind"),
        ({"registered_on": date(1899, 12, 31)}, "out_of_range"),
        ({"registered_on": 738000}, "not_of_kind"),
        ({"is_listed": 1}, "not_of_kind"),
        ({"scale": 5}, "not_of_kind"),
        ({"honors": "甲"}, "not_of_kind"),
        ({"loans": 5}, "not_of_kind"),
        ({"loans": [5]}, "not_of_kind"),
        ({"loans": [{"nobody": 5}]}, "unknown_field"),
    ],
)
def test_values_that_cannot_be_are_refused(given, code):
    assert refused(facts_of, REG, given) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("revenue: 5", "wrong_unit"),
        ("revenue: 5人", "wrong_unit"),
        ("revenue: -5元", "out_of_range"),
        ("revenue: 很多", "bad_value"),
        ("registered_on: 2024-02-30", "bad_value"),
        ("is_listed: 5", "bad_value"),
        ("nobody: 5", "unknown_field"),
        ("loans: [{nobody: 5}]", "unknown_field"),
        ("loans: 5", "not_a_list"),
    ],
)
def test_words_that_cannot_be_are_refused(text, code):
    assert refused(read, text) == code


def test_a_fact_may_be_changed_in_a_copy():
    facts = Facts({"staff": 5})

    assert (facts.having("staff", 6).values, facts.values) == ({"staff": 6}, {"staff": 5})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fields: [{field: a, name: 甲, kind: money}, {field: a, name: 乙, kind: money}]", "two_fields_one_name"),
        ("fields: [{field: a, name: 甲, kind: gold}]", "bad_value"),
        ("fields: [{field: a, name: 甲, kind: integer, unit: 斗}]", "unknown_unit"),
        ("fields: [{field: a, name: 甲, kind: integer, decimals: many}]", "bad_value"),
        ("fields: [{field: a, name: 甲, kind: rows}]", "no_columns"),
        ("fields: [{field: a, name: 甲, kind: money, columns: []}]", "no_columns"),
        ("fields: [{field: a, kind: money}]", "missing"),
        ("fields: []\nparameters: [{parameter: p, name: 数, values: {}}]", "missing"),
        ("fields: []\nparameters: [{parameter: p, name: 数, values: {2024-13-01: 5%}}]", "bad_value"),
        ("fields: []\nparameters: [{parameter: p, name: 数, values: {2024-01-01: 五}}]", "bad_value"),
    ],
)
def test_a_registry_that_cannot_be_is_refused(text, code):
    assert refused(load_registry, text) == code
