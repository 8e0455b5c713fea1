"""What is asked about before a figure is taken: it may be right, and it may be typed in the wrong unit or month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sushui.projects.rules.lights import ProjectFacts


def is_figure_of_another(facts: ProjectFacts, month: date, amount: Decimal, shown: date) -> bool:
    """Whether the amount stands as that of the month which the form showed, and another month was chosen for it."""
    stands = {each.month: each.actual for each in facts.months}
    return month != shown and stands.get(shown) == amount and stands.get(month) != amount
