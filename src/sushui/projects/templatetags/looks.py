"""Months and money as they stand in narrow columns."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()
WAN = Decimal(10_000)


@register.filter
def month_short(value: date) -> str:
    """``Sep``, 9月."""
    # Translators: how a month is written in the head of a narrow column, as a format of dates (M, n).
    return date_format(value, _("M"))


@register.filter
def wan_whole(value: Decimal | None) -> str:
    """Whole 万元, ``1,234``; nothing where nobody has said anything."""
    return "" if value is None else f"{(value / WAN).quantize(Decimal(1), ROUND_HALF_UP):,}"
