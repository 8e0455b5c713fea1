"""Months and money inside sentences, in the reader's language. Money is Decimal yuan."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

WAN, YI = Decimal(10_000), Decimal(100_000_000)
FEN = Decimal("0.01")


def month_in_words(month: date) -> str:
    """``September 2026``, 2026年9月."""
    # Translators: how a month is written, as a format of dates (Y year, F month's name, n month's number).
    return date_format(month, _("F Y"))


def money_in_words(amount: Decimal) -> str:
    """An amount in yuan as it is said: in 亿元 from a hundred million on, else in 万元; two decimals."""
    if abs(amount) >= YI:
        return _("%(sum)s hundred million yuan") % {"sum": _rounded(amount / YI)}
    return _("%(sum)s ten thousand yuan") % {"sum": _rounded(amount / WAN)}


def plain(amount: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{amount.normalize():f}"


def _rounded(amount: Decimal) -> str:
    return f"{amount.quantize(FEN, ROUND_HALF_UP):,}"
