"""What is asked about before a figure is taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.projects.enums import ProjectStage
from sushui.projects.rules.doubts import is_figure_of_another
from sushui.projects.rules.lights import MonthFigures, ProjectFacts

JANUARY, FEBRUARY, MARCH = (date(2026, number, 1) for number in (1, 2, 3))


def facts(total: int | None) -> ProjectFacts:
    months = (MonthFigures(JANUARY, actual=Decimal(60)), MonthFigures(FEBRUARY, planned=Decimal(50)))
    return ProjectFacts(
        stage=ProjectStage.UNDER_CONSTRUCTION,
        total_investment=None if total is None else Decimal(total),
        months=months,
    )


@pytest.mark.parametrize(
    ("month", "amount", "shown", "is_anothers"),
    [
        (FEBRUARY, 60, JANUARY, True),
        (JANUARY, 60, JANUARY, False),
        (FEBRUARY, 61, JANUARY, False),
        (JANUARY, 60, FEBRUARY, False),
    ],
)
def test_the_figure_of_the_month_shown_is_not_that_of_the_month_chosen(
    month: date, amount: int, shown: date, is_anothers: bool
) -> None:
    assert is_figure_of_another(facts(100), month, Decimal(amount), shown) is is_anothers
