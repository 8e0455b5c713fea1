"""Days, moments and money as people read them. Money is Decimal yuan; the exact sum shows on hover."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sushui.kernel import clock
from sushui.kernel.wording import money_in_words, month_in_words

register = template.Library()

FEN = Decimal("0.01")


@register.filter
def day(value: date | None) -> str:
    """``2026-11-23``, for tables; a dash for no day."""
    return f"{_as_day(value):%Y-%m-%d}" if value else "—"


@register.filter
def day_long(value: date | None) -> str:
    """``11月23日 周一``, for sentences; with the year when it is not this one."""
    if not value:
        return "—"
    when = _as_day(value)
    pattern = _("j F") if when.year == clock.today().year else _("j F Y")
    return _("%(weekday)s %(day)s") % {"weekday": _weekday(when), "day": date_format(when, pattern)}


def _weekday(when: date) -> str:
    names = (
        pgettext("weekday", "Mon"),
        pgettext("weekday", "Tue"),
        pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"),
        pgettext("weekday", "Fri"),
        pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    )
    return names[when.weekday()]


@register.filter
def moment(value: datetime | None) -> str:
    """``2026-11-23 09:05`` where the county is; a dash for none."""
    return f"{clock.local(value):%Y-%m-%d %H:%M}" if value else "—"


def _as_day(value: date) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value


@register.filter
def yuan(value: Decimal | None) -> str:
    """``12,345,678.90``, exact; a dash for none."""
    return "—" if value is None else f"{value.quantize(FEN, ROUND_HALF_UP):,}"


@register.filter
def yuan_10k(value: Decimal | None) -> str:
    """In 万元 with two decimals, the exact yuan on hover; the unit stands in the column's head."""
    return _scaled(value, Decimal(10_000))


@register.filter
def yuan_100m(value: Decimal | None) -> str:
    """In 亿元 with two decimals, the exact yuan on hover; the unit stands in the column's head."""
    return _scaled(value, Decimal(100_000_000))


def _scaled(value: Decimal | None, unit: Decimal) -> str:
    if value is None:
        return "—"
    exact = _("%(sum)s yuan") % {"sum": yuan(value)}
    return format_html('<span class="money" title="{}">{}</span>', exact, yuan(value / unit))


@register.filter
def month_words(value: date | None) -> str:
    """``September 2026``; a dash for none."""
    return month_in_words(value) if value else "—"


@register.filter
def money_words(value: Decimal | None) -> str:
    """An amount in 亿元 or 万元, as a sentence says it; a dash for none."""
    return "—" if value is None else money_in_words(value)


@register.filter
def money_hover(value: Decimal | None) -> str:
    """The same, with the exact yuan on hover."""
    if value is None:
        return "—"
    exact = _("%(sum)s yuan") % {"sum": yuan(value)}
    return format_html('<span class="money" title="{}">{}</span>', exact, money_in_words(value))
