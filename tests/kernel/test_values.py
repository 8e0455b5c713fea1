"""How days, moments and money are written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from sushui.kernel import clock
from sushui.kernel.templatetags.values import day, day_long, moment, yuan, yuan_10k, yuan_100m

MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05 in the county


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("value", "words"),
    [(date(2026, 1, 2), "2026-01-02"), (datetime(2026, 1, 1, 17, tzinfo=UTC), "2026-01-02"), (None, "—")],
)
def test_day_is_written_for_tables(value: date | None, words: str):
    assert day(value) == words


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("zh-hans", date(2026, 11, 23), "11月23日 周一"),
        ("zh-hans", date(2027, 1, 3), "2027年1月3日 周日"),
        ("zh-hans", None, "—"),
        ("en", date(2026, 11, 23), "Mon 23 November"),
        ("en", date(2027, 1, 3), "Sun 3 January 2027"),
    ],
)
def test_day_is_written_for_sentences(language: str, value: date | None, words: str):
    with translation.override(language), clock.frozen(MORNING):
        assert day_long(value) == words


@pytest.mark.parametrize(("value", "words"), [(MORNING, "2026-11-23 09:05"), (None, "—")])
def test_moment_is_the_county_s(value: datetime | None, words: str):
    assert moment(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [("12345678.9", "12,345,678.90"), ("0.005", "0.01"), ("-3", "-3.00"), ("0", "0.00"), (None, "—")],
)
def test_yuan_is_exact_to_the_fen(value: str | None, words: str):
    assert yuan(None if value is None else Decimal(value)) == words


def test_yuan_in_ten_thousands_shows_the_exact_sum_on_hover():
    assert yuan_10k(Decimal("18340567.5")) == '<span class="money" title="18,340,567.50 yuan">1,834.06</span>'


def test_yuan_in_hundred_millions_shows_the_exact_sum_on_hover():
    assert yuan_100m(Decimal("20941557")) == '<span class="money" title="20,941,557.00 yuan">0.21</span>'


def test_no_sum_is_a_dash():
    assert (yuan_10k(None), yuan_100m(None)) == ("—", "—")
