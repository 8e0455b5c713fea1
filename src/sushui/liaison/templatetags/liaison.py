"""What the pages of liaison have in common."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.components import Tab
from sushui.liaison.permissions import may_open_liaison, sees_all_liaisons

register = template.Library()

PAGES = (
    ("mine", _("My liaisons"), may_open_liaison),
    ("lapses", _("Who has not visited"), may_open_liaison),
    ("visits", _("Visits"), may_open_liaison),
    ("register", _("Liaison register"), sees_all_liaisons),
)


@register.inclusion_tag("kernel/components/tabs.html", takes_context=True)
def liaison_tabs(context: Context) -> dict[str, Any]:
    """The pages of the room that the viewer may open."""
    request = context["request"]
    allowed = [(name, label) for name, label, may in PAGES if may(request.viewer)]
    addresses = [(label, reverse(f"liaison:{name}")) for name, label in allowed]
    return {"pages": [Tab(label, address, is_current=request.path == address) for label, address in addresses]}
