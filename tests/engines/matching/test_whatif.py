"""What other figures do: winners, losers, the budget, and what a budget allows."""

from __future__ import annotations

import pytest

from sushui.engines.matching import MatchingError, facts_of
from sushui.engines.matching.tables import tables_of
from sushui.engines.matching.whatif import Fit, Outcome, budget, spending, what_if, with_constants
from tests.engines.matching.world import ON, REG, policies, policy_text

TEXT = policy_text(
    "[{test: staff >= least, cite: c}]",
    "{rate: share, base: revenue, cite: c}",
    top="levels: {province: 50%, county: 50%}\nconstants: {least: 20人, share: 10%}\n",
)
SET = policies(TEXT)
TABLES = tables_of(REG, [facts_of(REG, {"staff": staff, "revenue": 1000 * staff}) for staff in (5, 10, 15, 20, 25, 31)])


def test_a_lower_threshold_has_winners():
    found = what_if(SET, {"p.least": "15人"}, TABLES, ON)

    assert found == Outcome(before=7600, after=9100, winners=1, losers=0, gained=1500, lost=0, at_most_after=9100)


def test_a_lower_rate_has_losers():
    found = what_if(SET, {"p.share": "5%"}, TABLES, ON)

    assert (found.winners, found.losers, found.lost, found.after) == (0, 3, 3800, 3800)


def test_the_budget_is_shared_by_levels():
    assert budget(SET, TABLES, ON) == {"p.a": {"province": 3800, "county": 3800}}


@pytest.mark.parametrize(
    ("constant", "span", "step", "most", "expected"),
    [
        ("p.least", ("0人", "40人"), "1人", 9100, Fit("11人", 9100)),
        ("p.least", ("0人", "40人"), "1人", 0, Fit("32人", 0)),
        ("p.share", ("0%", "20%"), "0.5%", 5000, Fit("6.5%", 4940)),
        ("p.share", ("5%", "20%"), "0.5%", 100, None),
        ("p.share", ("0%", "1%"), "0.5%", 10**9, Fit("1%", 760)),
    ],
)
def test_a_figure_is_found_that_spends_a_budget(constant, span, step, most, expected):
    assert spending(SET, constant, most, span, step, TABLES, ON) == expected


@pytest.mark.parametrize("name", ["q.least", "p.most"])
def test_a_figure_that_nobody_named_is_refused(name):
    with pytest.raises(MatchingError) as refused:
        with_constants(SET, {name: "5人"})

    assert refused.value.code.value == "unknown_constant"


def test_steps_of_another_unit_are_refused():
    with pytest.raises(MatchingError) as refused:
        spending(SET, "p.least", 5, ("0人", "5人"), "1元", TABLES, ON)

    assert refused.value.code.value == "bad_value"
