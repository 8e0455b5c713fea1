"""How enterprises stand in templates."""

from __future__ import annotations

from django import template

from sushui.enterprises.enums import EnterpriseFigureKind
from sushui.enterprises.models import EnterpriseFigure
from sushui.enterprises.panels.figures import COUNTED, unit_of
from sushui.kernel.industries import industry
from sushui.kernel.templatetags.values import yuan_10k

register = template.Library()


@register.filter
def industry_name(code: str) -> str:
    """``3217 镁冶炼``; empty where there is none."""
    return str(industry(code) or code)


@register.filter
def figure_unit(kind: EnterpriseFigureKind) -> str:
    """In which unit a figure is shown."""
    return unit_of(kind)


@register.filter
def figure_amount(row: EnterpriseFigure) -> str:
    """The amount in that unit."""
    return f"{row.amount.normalize():,f}" if row.kind in COUNTED else yuan_10k(row.amount)
