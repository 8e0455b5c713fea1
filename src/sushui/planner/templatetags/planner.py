"""Numbers and gaps as the pages of the planner say them."""

from __future__ import annotations

from decimal import Decimal

from django import template

from sushui.planner.models import Run
from sushui.planner.panels.wording import gap_words

register = template.Library()


@register.filter
def counted_number(value: int | None) -> str:
    """``1,234,567``; a dash for none."""
    return "—" if value is None else f"{value:,}"


@register.filter
def plain_amount(value: Decimal) -> str:
    """An amount without zeros that say nothing."""
    return f"{value.normalize():,f}"


@register.filter
def gap_said(run: Run) -> str:
    """How far a run's plan may be from the best."""
    return gap_words(run)
