"""How enterprises stand in templates."""

from __future__ import annotations

from django import template

from sushui.kernel.industries import industry

register = template.Library()


@register.filter
def industry_name(code: str) -> str:
    """``3217 镁冶炼``; empty where there is none."""
    return str(industry(code) or code)
