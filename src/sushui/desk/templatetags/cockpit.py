"""Figures of the cockpit in a page: each opens exactly the rows that it counts or sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sushui.desk.panels.cockpit import HUNDRED, Count, Sum, percent_text
from sushui.kernel.templatetags.values import yuan_100m

register = template.Library()
YI = Decimal(100_000_000)
MOST_ON_PAPER = 40  # rows of one list: two sheets hold the cockpit of a city as well


@register.simple_tag
def opens(figure: Count | Sum | None, look: str = "") -> SafeString | str:
    """The figure as a link to its rows; a count of nothing opens nothing. Sums stand in units of 100 million yuan."""
    if figure is None:
        return "—"
    if not figure.value:
        return format_html('<span class="zero">{}</span>', 0)
    if isinstance(figure, Sum):
        said = yuan_100m(figure.value)
        return format_html('<a class="{}" href="{}" data-sum="{}">{}</a>', look, figure.url, figure.value, said)
    shown = f"{figure.value:,}"
    return format_html('<a class="{}" href="{}" data-rows="{}">{}</a>', look, figure.url, figure.value, shown)


@register.simple_tag
def folded(number: int, first: int | str) -> SafeString | str:
    """The class of a list's row by its number from 1: beyond the first ones it is folded away, on paper much later."""
    if not first or number <= int(first):
        return ""
    return format_html(' class="is-further{}"', " is-off-paper" if number > MOST_ON_PAPER else "")


@register.inclusion_tag("desk/cockpit/_more.html")
def more(count: int, first: int | str, target: str) -> dict[str, Any]:
    """How many rows a list has, where some are folded away: the link unfolds them, ``target`` is the list's id."""
    return {
        "all": count,
        "is_needed": bool(first) and count > int(first),
        "off_paper": max(0, count - MOST_ON_PAPER),
        "target": target,
    }


@register.filter
def percent(value: Decimal | None) -> str:
    """``62.4``; a dash for none. The unit stands in the head."""
    return percent_text(value)


@register.filter
def in_100m(value: Decimal | None) -> str:
    """A plain number of 100 million yuan with four decimals, for a chart; empty for none."""
    return "" if value is None else f"{value / YI:.4f}"


@register.filter
def plain(value: Decimal | None) -> str:
    """A plain number with one decimal, for a chart; empty for none."""
    return "" if value is None else f"{min(value, HUNDRED * 10):.1f}"
