"""Payments that were noted wrongly: corrected beside what was said, never over it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.projects import queries, services
from sushui.projects.enums import FundingSource, LightRule, ProjectVerb
from sushui.projects.models import FundsPaid, FundsReceived, Project
from sushui.projects.services import PaymentDemand
from sushui.supervision.enums import StatusLight
from tests.projects.pages.reading import desk
from tests.projects.play import WAN, Play, on

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def today() -> Any:
    with on("2026-03-02"):
        yield


def received(play: Play, project: Project, *, demands: tuple[PaymentDemand, ...] = ()) -> FundsReceived:
    return services.receive_funds(
        play.office,
        project,
        source=FundingSource.STATE_BUDGET,
        amount=Decimal(100 * WAN),
        received_on=date(2026, 1, 10),
        demands=demands,
    )


def paid(play: Play, amount: int = 60, **more: Any) -> FundsPaid:
    money = received(play, play.building(), **more)
    return services.pay_funds(play.office, money, amount=Decimal(amount * WAN), paid_on=DAY)


def correct(play: Play, payment: FundsPaid, amount: int, reason: str = "看错", by: str = "works_handler") -> FundsPaid:
    return services.correct_payment(play.viewer(by), payment, amount=Decimal(amount * WAN), reason=reason)


def counted(payment: FundsPaid) -> list[int]:
    (money,) = queries.funds_of(payment.received.project)
    return [int(each.amount / WAN) for each in queries.counted_payments(money)]


def test_a_correction_counts_and_what_it_corrects_stays(play: Play) -> None:
    payment = paid(play)

    correct(play, payment, 40)

    assert (counted(payment), FundsPaid.objects.count()) == ([40], 2)


def test_a_payment_that_never_was_is_corrected_to_nothing(play: Play) -> None:
    payment = paid(play)

    correct(play, payment, 0)

    assert counted(payment) == [0]


def test_the_line_says_both_figures_and_the_reason(play: Play) -> None:
    payment = paid(play)

    correct(play, payment, 40)

    line = play.last_line(payment.received.project)
    assert (line.verb, line.before["amount"], line.after["amount"], line.note) == (
        ProjectVerb.CORRECT_PAYMENT,
        "600000",
        "400000",
        "看错",
    )


def test_the_light_follows_the_correction(play: Play) -> None:
    payment = paid(play, demands=(PaymentDemand(date(2026, 2, 28), 60),))
    project = payment.received.project
    before = play.light(project, LightRule.FUNDS)

    correct(play, payment, 10)

    assert (before, play.light(project, LightRule.FUNDS)) == (StatusLight.GREEN, StatusLight.RED)


@pytest.mark.parametrize(
    ("amount", "reason", "code"),
    [(40, " ", "text_missing"), (101, "x", "more_than_received"), (-1, "x", "amount_below_zero")],
)
def test_a_correction_that_cannot_be_is_refused(play: Play, amount: int, reason: str, code: str) -> None:
    payment = paid(play)

    with pytest.raises(DomainError) as refused:
        correct(play, payment, amount, reason)

    assert (refused.value.code, counted(payment)) == (code, [60])


def test_what_was_corrected_is_not_corrected_again(play: Play) -> None:
    payment = paid(play)
    correct(play, payment, 40)

    with pytest.raises(DomainError) as refused:
        correct(play, payment, 50)
    with pytest.raises(NotFound):
        queries.payment_for(play.office, payment.pk)

    assert refused.value.code == "corrected_already"


def test_a_correction_is_corrected_in_its_turn(play: Play) -> None:
    payment = paid(play)

    correct(play, correct(play, payment, 40), 50)

    assert counted(payment) == [50]


def test_room_is_made_by_a_correction_for_the_next_payment(play: Play) -> None:
    payment = paid(play, 100)
    correct(play, payment, 40)

    services.pay_funds(play.office, payment.received, amount=Decimal(60 * WAN), paid_on=DAY)

    assert sorted(counted(payment)) == [40, 60]


@pytest.mark.parametrize("who", ["finance_head", "leader", "statistics"])
def test_payments_are_corrected_by_those_who_pay(play: Play, who: str) -> None:
    payment = paid(play)

    with pytest.raises(Forbidden):
        correct(play, payment, 40, by=who)


def test_the_page_strikes_the_old_figure_and_says_why(play: Play) -> None:
    payment = paid(play)
    works = desk(play.county, "works_handler")

    typed = {"amount": "40", "paid_on": "2026-03-01", "reason": "看错"}
    sight = works.send("payment-correct", payment.pk, **typed)

    assert "更正：看错" in sight.html
    assert sight.html.count("<del>2026-03-01") == 1
