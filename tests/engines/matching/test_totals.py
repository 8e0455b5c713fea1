"""What every clause does on several enterprises."""

from __future__ import annotations

from sushui.engines.matching import facts_of
from sushui.engines.matching.tables import tables_of
from sushui.engines.matching.totals import ClauseTotal, clause_totals
from tests.engines.matching.world import ON, REG, policies, policy_text


def test_every_clause_is_counted_over_all_enterprises():
    text = policy_text("[{test: staff >= 5人, cite: c}, {test: is_listed, cite: c}]")
    known = [{"staff": 4, "is_listed": False}, {"staff": 4, "is_listed": True}, {"staff": 6}, {"is_listed": True}]

    found = clause_totals(policies(text), tables_of(REG, [facts_of(REG, each) for each in known]), ON)

    assert found == (ClauseTotal("p.a", "c1", 2, 1, 1), ClauseTotal("p.a", "c2", 1, 0, 1))
