"""Unpaid bills of the government: how long they may wait, and what they cost.

Regulations on Ensuring Payments to Small and Medium-sized Enterprises (State Council order 802, in force since
2025-06-01): a complaint is passed on within 10 working days, dealt with within 30 days, at the latest within 90; where
the contract says nothing of interest, what is late costs 0.05 % a day.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

DAILY_RATE = Decimal("0.0005")
RESULT_DAYS, LATEST_DAYS = 30, 90
PASS_ON_WORKING_DAYS = 10
FEN = Decimal("0.01")


def late_interest(amount: Decimal, *, since: date, until: date, agreed_rate: Decimal | None) -> Decimal | None:
    """Interest in yuan for the days after ``since``, the last day on which it could be paid, up to ``until``.

    None where the contract says how interest is counted (``agreed_rate``, % a year): then the contract counts, and
    nothing is computed here.
    """
    if agreed_rate is not None:
        return None
    days = max((until - since).days, 0)
    return (amount * DAILY_RATE * days).quantize(FEN, ROUND_HALF_UP)


def result_due_on(received_on: date) -> date:
    """The day by which the result is due, counted from the day after the complaint came."""
    return received_on + timedelta(days=RESULT_DAYS)


def latest_on(received_on: date) -> date:
    """The day beyond which nothing can be put off."""
    return received_on + timedelta(days=LATEST_DAYS)
