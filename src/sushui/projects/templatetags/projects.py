"""Months and money as the pages of projects say them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sushui.kernel.templatetags.look import COMPONENTS
from sushui.kernel.templatetags.values import yuan
from sushui.projects.models import Project, PromotionLead
from sushui.projects.panels.pages import project_tabs, register_tabs
from sushui.projects.panels.wording import money_in_words, month_in_words
from sushui.projects.queries import lead_of

register = template.Library()


@register.inclusion_tag(f"{COMPONENTS}/tabs.html")
def project_pages(project: Project, current: str = "project") -> dict[str, Any]:
    """The pages about a project as tabs: ``{% project_pages project "gates" %}``."""
    return {"pages": project_tabs(project, current)}


@register.inclusion_tag(f"{COMPONENTS}/tabs.html", takes_context=True)
def project_registers(context: dict[str, Any], current: str = "ledger") -> dict[str, Any]:
    """The registers of projects as tabs: ``{% project_registers "clusters" %}``."""
    return {"pages": register_tabs(context["request"].viewer, current)}


@register.simple_tag(takes_context=True)
def project_lead(context: dict[str, Any], project: Project) -> PromotionLead | None:
    """The investor from whom a project came, where the viewer may know of them."""
    return lead_of(context["request"].viewer, project)


@register.filter
def month_words(value: date | None) -> str:
    """``September 2026``; a dash for none."""
    return month_in_words(value) if value else "—"


@register.filter
def money_words(value: Decimal | None) -> str:
    """An amount in 亿元 or 万元, as a sentence says it; a dash for none."""
    return "—" if value is None else money_in_words(value)


@register.filter
def is_beside(name: str, post: object) -> bool:
    """Whether a person's name says more than the post beside it: many accounts are called by their post."""
    return name != str(post).replace(" ", "")


@register.filter
def money_hover(value: Decimal | None) -> str:
    """The same, with the exact yuan on hover."""
    if value is None:
        return "—"
    exact = _("%(sum)s yuan") % {"sum": yuan(value)}
    return format_html('<span class="money" title="{}">{}</span>', exact, money_in_words(value))
