"""Benefits: every form, with known and with missing figures; amounts in yuan."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sushui.engines.matching import Status
from tests.engines.matching.world import bounds_of, policy_text, refusal, result

YUAN = 100
WAN = 10_000 * YUAN
OVER = "{rate: 10%, base: revenue, over: revenue_last_year, cite: c}"
TIERS = "{tiers: {on: revenue, bands: [{below: 500万元, amount: 0元}, {from: 500万元, to: 1000万元, amount: 5万元}, {above: 1000万元, rate: 1%}]}, cite: c}"  # noqa: E501
MARGINAL = "{marginal: {on: revenue, bands: [{to: 100万元, rate: 10%}, {from: 100万元, rate: 5%}]}, cite: c}"
STEPS = "{steps: {on: revenue, from: 500万元, each: 100万元, amount: 1万元}, cite: c}"
HEADS = "{per_head: [{count: staff, amount: 1000元/人}, {count: graduates, amount: 500元/人}], cite: c}"
LOOKUP = "{lookup: {on: scale, table: {micro: 3万元, 'small, medium': 2万元}, otherwise: 1万元}, cite: c}"
EACH = "{each: {rows: loans, where: purpose = working, benefit: {least: [50% * principal * rate, 2万元]}}, cite: c}"
FIRST = "{first: [{when: staff >= 100人, amount: 9万元}, {when: staff >= 50人, rate: 1%, base: revenue}], otherwise: 1万元, cite: c}"  # noqa: E501


@pytest.mark.parametrize(
    ("benefit", "facts", "expected"),
    [
        ("{amount: 10万元, cite: c}", {}, (100_000, 100_000)),
        ("{rate: 10%, base: revenue, cite: c}", {"revenue": 5 * WAN}, (5000, 5000)),
        ("{rate: 10%, base: revenue, cite: c}", {}, (0, None)),
        (OVER, {"revenue": 5 * WAN, "revenue_last_year": 3 * WAN}, (2000, 2000)),
        (OVER, {"revenue": 5 * WAN}, (0, 5000)),
        ("{rate: 50% * lpr, base: revenue, cite: c}", {"revenue": 100 * WAN}, (17250, 17250)),
        ("{amount: 5万元 + 10% * revenue, cite: c}", {}, (50_000, None)),
        (TIERS, {"revenue": 500 * WAN - 1}, (0, 0)),
        (TIERS, {"revenue": 500 * WAN}, (50_000, 50_000)),
        (TIERS, {"revenue": 1000 * WAN}, (50_000, 50_000)),
        (TIERS, {"revenue": 2000 * WAN}, (200_000, 200_000)),
        (TIERS, {}, (0, None)),
        (MARGINAL, {"revenue": 150 * WAN}, (125_000, 125_000)),
        (MARGINAL, {"revenue": 50 * WAN}, (50_000, 50_000)),
        (STEPS, {"revenue": 799 * WAN}, (20_000, 20_000)),
        (STEPS, {"revenue": 400 * WAN}, (0, 0)),
        (HEADS, {"staff": 3, "graduates": 2}, (4000, 4000)),
        (HEADS, {"staff": 3}, (3000, None)),
        (LOOKUP, {"scale": "medium"}, (20_000, 20_000)),
        (LOOKUP, {"scale": "large"}, (10_000, 10_000)),
        (LOOKUP, {}, (10_000, 30_000)),
        (FIRST, {"staff": 100}, (90_000, 90_000)),
        (FIRST, {"staff": 60, "revenue": 100 * WAN}, (10_000, 10_000)),
        (FIRST, {"staff": 6}, (10_000, 10_000)),
        (FIRST, {"revenue": 200 * WAN}, (10_000, 90_000)),
        ("{up_to: 20万元, cite: c}", {}, (0, 200_000)),
        ("{up_to: {rate: 10%, base: revenue}, cite: c}", {"revenue": 5 * WAN}, (0, 5000)),
        ("{greatest: [3万元, {rate: 10%, base: revenue}], cite: c}", {"revenue": 50 * WAN}, (50_000, 50_000)),
        ("{greatest: [3万元, {rate: 10%, base: revenue}], cite: c}", {}, (30_000, None)),
        ("{least: [3万元, {rate: 10%, base: revenue}], cite: c}", {}, (0, 30_000)),
        ("{sum: [3万元, {amount: 2万元, when: is_listed}], cite: c}", {"is_listed": False}, (30_000, 30_000)),
        ("{sum: [3万元, {amount: 2万元, when: is_listed}], cite: c}", {}, (30_000, 50_000)),
        ("{amount: 'steps(staff, 10人) * 1万元', cite: c}", {"staff": 29}, (20_000, 20_000)),
        ("{amount: ceil(staff / 10人) * 1万元, cite: c}", {"staff": 21}, (30_000, 30_000)),
        ("{amount: profit * 10%, cite: c}", {"profit": -5 * WAN}, (0, 0)),
    ],
)  # fmt: skip
def test_a_benefit_comes_to_its_amount(benefit, facts, expected):
    assert bounds_of(benefit, **facts) == expected


def test_rows_are_paid_one_by_one_and_unknown_ones_up_to_their_cap():
    loans = [
        {"principal": 100 * WAN, "rate": Fraction(3, 100), "purpose": "working"},
        {"principal": 900 * WAN, "rate": Fraction(3, 100), "purpose": "working"},
        {"principal": 900 * WAN, "rate": Fraction(3, 100), "purpose": "fixed"},
        {"purpose": "working"},
    ]

    assert bounds_of(EACH, loans=loans) == (35_000, 55_000)


def test_a_missing_figure_never_pays_the_whole_cap():
    text = policy_text(benefit="{rate: 10%, base: revenue, cite: c}", item="caps: [{limit: 50万元, cite: c}]")

    assert result(text).amount.low == 0
    assert result(text).amount.high == 50 * WAN


def test_what_was_paid_already_is_taken_off_the_cap():
    text = policy_text(
        benefit="{rate: 10%, base: revenue, cite: c}", item="caps: [{limit: 50万元, paid: revenue_last_year, cite: c}]"
    )

    amount = result(text, revenue=900 * WAN, revenue_last_year=20 * WAN).amount

    assert (amount.low, amount.high) == (30 * WAN, 30 * WAN)


def test_a_minimum_is_paid_where_the_benefit_is_less():
    text = policy_text(benefit="{rate: 10%, base: revenue, cite: c}", item="minimum: 1万元")

    assert result(text, revenue=5 * WAN).amount.low == 1 * WAN


@pytest.mark.parametrize(
    ("round_to", "expected"),
    [("{to: 元, mode: down}", 1234_00), ("{to: 百元, mode: up}", 1300_00), ("{to: 元, mode: half_up}", 1235_00)],
)
def test_an_amount_is_rounded_as_the_text_says(round_to, expected):
    text = policy_text(benefit="{rate: 10%, base: revenue, cite: c}", item=f"round: {round_to}")

    assert result(text, revenue=12345_00).amount.low == expected


def test_halves_of_a_fen_are_rounded_up():
    assert bounds_of("{rate: 50%, base: revenue, cite: c}", revenue=3) == (0.02, 0.02)


def test_instalments_share_the_amount_to_the_last_fen():
    text = policy_text(
        benefit="{amount: 100.01元, cite: c}",
        item="""instalments:
  - {part: first, share: 50%, cite: c}
  - {part: second, share: 50%, when: staff >= 5人, due: registered_on + 1年, cite: c}""",
    )

    first, second = result(text, registered_on=date(2024, 2, 29)).instalments

    assert (first.status, first.amount.low, first.due_on) == (Status.YES, 50_00, None)
    assert (second.status, second.amount.low, second.amount.high) == (Status.UNKNOWN, 0, 50_01)
    assert second.due_on == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("benefit", "code"),
    [
        ("{rate: 10, base: revenue, cite: c}", "rate_without_percent"),
        ("{rate: 10%, base: staff, cite: c}", "wrong_unit"),
        ("{amount: 5人, cite: c}", "wrong_unit"),
        ("{amount: 5万元}", "without_citation"),
        ("{amount: 5万元, rate: 5%, cite: c}", "choose_one"),
        ("{per_head: [{count: staff, amount: 1000元}], cite: c}", "wrong_unit"),
        ("{lookup: {on: revenue, table: {a: 5元}}, cite: c}", "wrong_kind"),
        ("{each: {rows: revenue, benefit: 5元}, cite: c}", "unknown_field"),
        ("{tiers: {on: revenue, bands: [{below: 5元, amount: 0元}, {from: 6元, amount: 5元}]}, cite: c}", "bands_gap"),
        ("{tiers: {on: revenue, bands: [{below: 5元, amount: 0元}, {above: 5元, amount: 5元}]}, cite: c}", "bands_gap"),
        ("{tiers: {on: revenue, bands: [{to: 5元, amount: 0元}, {from: 5元, amount: 5元}]}, cite: c}", "bands_overlap"),
        ("{tiers: {on: revenue, bands: [{below: 5人, amount: 0元}]}, cite: c}", "wrong_unit"),
        ("{marginal: {on: revenue, bands: [{to: staff, rate: 1%}]}, cite: c}", "wrong_unit"),
        ("{tiers: {on: layoff_rate, bands: [{below: 10, amount: 1元}]}, cite: c}", "rate_without_percent"),
        ("{tiers: {on: revenue, bands: []}, cite: c}", "missing"),
        ("{sum: [], cite: c}", "missing"),
        ("{first: [], cite: c}", "missing"),
        ("{least: [], cite: c}", "missing"),
        ("{per_head: [], cite: c}", "missing"),
        ("{steps: {on: layoff_rate, each: 2, amount: 1元}, cite: c}", "rate_without_percent"),
    ],
)
def test_a_benefit_that_cannot_be_meant_is_refused(benefit, code):
    assert refusal(policy_text(benefit=benefit))[:2] == (code, 10)


def test_a_minimum_above_the_cap_is_refused():
    text = policy_text(item="minimum: 6万元\ncaps: [{limit: 5万元, cite: c}]")

    assert refusal(text) == ("caps_contradict", 7, {"item": "p.a", "least": "6000000", "most": "5000000"})
