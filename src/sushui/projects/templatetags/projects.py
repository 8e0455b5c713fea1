"""Months and money as the pages of projects say them."""

from __future__ import annotations

from typing import Any

from django import template

from sushui.kernel.templatetags.look import COMPONENTS
from sushui.kernel.templatetags.values import money_hover, money_words, month_words
from sushui.projects.models import Project, PromotionLead
from sushui.projects.panels.pages import project_tabs, register_tabs
from sushui.projects.queries import lead_of

register = template.Library()
for said in (money_hover, money_words, month_words):
    register.filter(said)


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
def is_beside(name: str, post: object) -> bool:
    """Whether a person's name says more than the post beside it: many accounts are called by their post."""
    return name != str(post).replace(" ", "")
