"""Decisions of relief over plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.relief.enums import AgeBand, CheckVerdict, ReliefVerb, Satisfaction, SupportKind, SupportState
from sushui.relief.rules.draws import drawn
from sushui.relief.rules.issues import age_band, kind_of_bottleneck
from sushui.relief.rules.life import may_move, state_after_check, state_after_rating
from sushui.relief.rules.unpaid import late_interest, latest_on, result_due_on

S = SupportState
NUMBERS = st.sets(st.integers(1, 10_000), max_size=60)


@pytest.mark.parametrize(
    ("satisfaction", "reopened", "leads_to"),
    [
        (Satisfaction.SATISFIED, 0, S.CLOSED),
        (Satisfaction.BASICALLY, 5, S.CLOSED),
        (Satisfaction.NOT, 0, S.REOPENED),
        (Satisfaction.NOT, 1, S.REOPENED),
        (Satisfaction.NOT, 2, S.CHECKING),
    ],
)
def test_where_a_rating_leads(satisfaction: Satisfaction, reopened: int, leads_to: SupportState) -> None:
    assert state_after_rating(satisfaction, reopened=reopened, most=2) is leads_to


def test_where_a_check_leads() -> None:
    found = [state_after_check(verdict) for verdict in CheckVerdict]

    assert found == [S.CLOSED, S.REOPENED]


def test_what_ended_is_only_checked() -> None:
    possible = {state: [verb for verb in ReliefVerb if _can(verb, state)] for state in (S.CLOSED, S.WITHDRAWN)}

    assert possible == {S.CLOSED: [ReliefVerb.CHECK], S.WITHDRAWN: []}


def _can(verb: ReliefVerb, state: SupportState) -> bool:
    try:
        return may_move(verb, state)
    except KeyError:  # an act that is possible in every state, or is not about one request
        return False


def test_late_interest_counts_the_days_after_the_last_good_one() -> None:
    said = {"since": date(2026, 1, 1), "until": date(2026, 3, 2), "agreed_rate": None}

    assert late_interest(Decimal("1000000"), **said) == Decimal("30000.00")


def test_before_the_last_good_day_nothing_is_late() -> None:
    said = {"since": date(2026, 3, 2), "until": date(2026, 1, 1), "agreed_rate": None}

    assert late_interest(Decimal("1000000"), **said) == Decimal("0.00")


def test_where_the_contract_speaks_nothing_is_computed() -> None:
    said = {"since": date(2026, 1, 1), "until": date(2026, 3, 2), "agreed_rate": Decimal("3.45")}

    assert late_interest(Decimal("1000000"), **said) is None


def test_the_days_of_the_statute() -> None:
    received = date(2026, 3, 3)

    assert (result_due_on(received), latest_on(received)) == (date(2026, 4, 2), date(2026, 6, 1))


@settings(max_examples=30)
@given(NUMBERS, st.integers(0, 70), st.text(max_size=8))
def test_a_draw_can_be_repeated_and_holds_as_many_as_there_are(numbers: set[int], count: int, seed: str) -> None:
    first = drawn(numbers, seed=seed, count=count)

    assert first == drawn(sorted(numbers, reverse=True), seed=seed, count=count)
    assert (len(first), set(first) <= numbers) == (min(count, len(numbers)), True)


def test_another_seed_draws_others() -> None:
    numbers = range(1, 200)

    assert drawn(numbers, seed="a", count=5) != drawn(numbers, seed="b", count=5)


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "week"), (7, "week"), (8, "month"), (30, "month"), (31, "quarter"), (90, "quarter"), (91, "longer")],
)
def test_bands_of_age(days: int, band: str) -> None:
    assert age_band(days) is AgeBand(band)


def test_bottlenecks_stand_under_the_kinds_of_requests() -> None:
    kinds = ("land", "energy", "labor", "approvals", "infrastructure", "money", "other")

    assert [kind_of_bottleneck(kind) for kind in kinds] == [
        SupportKind.LAND,
        SupportKind.UTILITIES,
        SupportKind.WORKERS,
        SupportKind.PERMITS,
        SupportKind.UTILITIES,
        SupportKind.FINANCE,
        SupportKind.OTHER,
    ]
