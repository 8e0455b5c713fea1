"""Months as the first of their days: plain dates that compare, count and name a calendar month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta


def month_of(day: date) -> date:
    """The month in which ``day`` lies."""
    return day.replace(day=1)


def months_after(day: date, count: int) -> date:
    """The same day ``count`` months later (or earlier), the last day of that month where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of(month: date) -> date:
    """The last day of the month."""
    return months_after(month_of(month), 1) - timedelta(days=1)


def months_between(first: date, last: date) -> Iterator[date]:
    """The months from ``first`` to ``last``, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = months_after(month, 1)


def year_months(year: int) -> list[date]:
    """The twelve months of a year."""
    return [date(year, number, 1) for number in range(1, 13)]
