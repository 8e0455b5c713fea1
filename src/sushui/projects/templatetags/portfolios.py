"""The way from the ledger to the year's portfolio."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from sushui.projects.permissions import may_open_portfolios

register = template.Library()


@register.simple_tag(takes_context=True)
def portfolio_link(context: Context) -> str:
    """A button that leads to the portfolios, for those who may open them."""
    if not may_open_portfolios(context["request"].viewer):
        return ""
    return format_html(
        '<a class="btn btn-outline-primary" href="{}">{}</a>', reverse("projects:portfolios"), _("Portfolios")
    )
