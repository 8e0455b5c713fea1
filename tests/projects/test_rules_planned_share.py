"""How much of a year's plan is due by the end of a month: by the months' own plans, the rest evenly in the others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.kernel.months import year_months
from sushui.projects.rules.lights import MonthFigures, planned_share, progress_reading
from sushui.supervision.enums import StatusLight
from tests.projects.test_rules_lights import GREEN, LIMITS, RED, any_year, facts, year


@pytest.mark.parametrize(
    ("planned", "planned_percent", "light"),
    [
        ([10, 10, 10], "75.0", RED),  # 30 in three months, the other 90 evenly in the nine that have no plan
        ([*([None] * 9), 10, 10, 10], "75.0", RED),
        ([30, 30, 30, 30], "100.0", RED),  # the whole plan stands in the months that have one
        ([10, 10, 10, *([0] * 9)], "25.0", GREEN),  # nothing is planned where 0 is said
    ],
)
def test_what_no_month_is_planned_to_do_of_the_years_plan_is_due_evenly_in_the_others(
    planned: list[int | None], planned_percent: str, light: StatusLight
) -> None:
    reported = facts(months=year(planned, [10, 10, 10, *([0] * 6)]), year_plans={2026: Decimal(120)})

    read = progress_reading(reported, date(2026, 10, 10), LIMITS)

    assert (read.numbers["planned_percent"], read.light) == (planned_percent, light)


@given(any_year, st.integers(1, 3000), st.sampled_from([None, date(2025, 6, 1), date(2026, 5, 10)]))
def test_what_is_due_never_falls_and_is_the_whole_plan_in_the_end(
    figures: tuple[MonthFigures, ...], plan: int, started: date | None
) -> None:
    months = year_months(2026)
    begun = [month for month in months if started is None or month >= started.replace(day=1)]
    is_open = any(figures[month.month - 1].planned is None for month in begun)
    planned = sum((each.planned or 0 for each in figures), Decimal())

    shares = [planned_share(figures, Decimal(plan), started, month) or Decimal() for month in months]

    assert shares == sorted(shares)
    assert round(shares[-1], 9) == (1 if is_open else round(min(planned / plan, Decimal(1)), 9))
