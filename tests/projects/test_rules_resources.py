"""The gaps between needs, commitments and deliveries, as plain values."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.enums import UNITS, GapState, ResourceFactor
from sushui.projects.rules.resources import Balance, Promise, balance_of, is_too_fine

TODAY = date(2026, 3, 2)
LATE, AHEAD = date(2026, 3, 1), date(2026, 6, 30)


def promise(amount: int, delivered: int = 0, until: date = AHEAD) -> Promise:
    return Promise(Decimal(amount), until, Decimal(delivered))


def test_every_factor_has_its_unit() -> None:
    assert set(UNITS) == set(ResourceFactor)


def test_gaps_are_need_less_promises_and_promises_less_deliveries() -> None:
    balance = balance_of(Decimal(100), [promise(40, 10), promise(30, 30)])

    assert (balance.uncommitted, balance.undelivered) == (Decimal(30), Decimal(30))


def test_an_unknown_need_has_no_known_gap() -> None:
    balance = balance_of(None, [promise(40)])

    assert (balance.uncommitted, balance.undelivered) == (None, Decimal(40))


def test_more_than_needed_is_no_gap_below_nothing() -> None:
    balance = balance_of(Decimal(10), [promise(40, 50)])

    assert (balance.uncommitted, balance.undelivered) == (Decimal(), Decimal())


def test_more_of_one_promise_fills_no_gap_of_another() -> None:
    balance = balance_of(Decimal(20), [promise(10, 20), promise(10, 0)])

    assert (balance.undelivered, balance.state(TODAY)) == (Decimal(10), GapState.UNDELIVERED)


@pytest.mark.parametrize(
    ("factor", "amount", "fine"),
    [
        (ResourceFactor.FUNDS, "0.01", False),
        (ResourceFactor.FUNDS, "0.001", True),
        (ResourceFactor.EMISSIONS, "0.000001", False),
        (ResourceFactor.EMISSIONS, "0.0000001", True),
        (ResourceFactor.LAND, "120.500000000", False),
    ],
)
def test_each_factor_is_kept_as_finely_as_it_is_counted(factor: ResourceFactor, amount: str, fine: bool) -> None:
    assert is_too_fine(factor, Decimal(amount)) is fine


@pytest.mark.parametrize(("until", "delivered", "late"), [(LATE, 5, True), (TODAY, 5, False), (LATE, 10, False)])
def test_a_promise_is_overdue_after_its_day_while_something_is_missing(until: date, delivered: int, late: bool) -> None:
    assert promise(10, delivered, until).is_overdue(TODAY) is late


@pytest.mark.parametrize(
    ("need", "promises", "state"),
    [
        (10, [promise(10, 0, LATE)], GapState.OVERDUE),
        (None, [promise(10, 0, LATE)], GapState.OVERDUE),
        (None, [], GapState.UNKNOWN),
        (10, [], GapState.UNCOMMITTED),
        (10, [promise(5, 5)], GapState.UNCOMMITTED),
        (10, [promise(10, 5)], GapState.UNDELIVERED),
        (10, [promise(10, 10, LATE)], GapState.MET),
        (0, [], GapState.MET),
    ],
)
def test_the_worst_is_said(need: int | None, promises: list[Promise], state: GapState) -> None:
    balance = balance_of(None if need is None else Decimal(need), promises)

    assert balance.state(TODAY) is state


amounts = st.integers(min_value=0, max_value=1000).map(Decimal)
promises = st.lists(
    st.builds(Promise, amounts, st.integers(0, 90).map(lambda days: TODAY + timedelta(days=days - 30)), amounts),
    max_size=6,
)


@given(amounts, promises, amounts)
def test_a_further_promise_never_widens_the_gap(need: Decimal, known: list[Promise], more: Decimal) -> None:
    before, after = balance_of(need, known), balance_of(need, [*known, Promise(more, AHEAD)])

    assert (after.uncommitted or 0) <= (before.uncommitted or 0)


@given(amounts, promises)
def test_the_gap_and_what_is_promised_cover_the_need(need: Decimal, known: list[Promise]) -> None:
    balance = balance_of(need, known)

    assert (balance.uncommitted or 0) + balance.committed >= need


def test_a_balance_without_promises_promises_nothing() -> None:
    assert balance_of(Decimal(5), []) == Balance(Decimal(5))
