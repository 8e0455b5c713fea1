"""What the pages of organizations have in common."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sushui.kernel.components import Tab
from sushui.kernel.labels import label_of, said
from sushui.kernel.words import Word
from sushui.organizations.enums import AgencyGroup, Role
from sushui.organizations.models import Post

register = template.Library()

DIRECTORY = (("directory", _("Agency tree")), ("divisions", _("Divisions")))
ADMINISTRATION = (
    ("people", _("People")),
    ("settings", _("Settings")),
    ("calendar", _("Calendar")),
    ("audit", _("Audit chain")),
)


@register.inclusion_tag("kernel/components/tabs.html", takes_context=True)
def directory_tabs(context: Context) -> dict[str, Any]:
    """Agencies and divisions."""
    return {"pages": _tabs(context, DIRECTORY)}


@register.inclusion_tag("kernel/components/tabs.html", takes_context=True)
def administration_tabs(context: Context) -> dict[str, Any]:
    """People, settings, calendar, audit chain."""
    return {"pages": _tabs(context, ADMINISTRATION)}


def _tabs(context: Context, pages: tuple[tuple[str, Any], ...]) -> list[Tab]:
    path = context["request"].path
    addresses = [(label, reverse(f"organizations:{name}")) for name, label in pages]
    return [Tab(label, address, is_current=path == address) for label, address in addresses]


@register.filter
def label(word: Word | str) -> str:
    """A word in the reader's language."""
    return label_of(word) if isinstance(word, Word) else str(word)


@register.filter
def role_label(value: str) -> str:
    """A stored role in the reader's language."""
    return label_of(Role(value))


@register.filter
def group_label(value: str) -> str:
    """A stored group in the reader's language; as it is when it is none of the words."""
    return said(value, AgencyGroup)


@register.filter
def holder(post: Post | None) -> str:
    """Who holds the post today; empty when nobody does."""
    return "、".join(tenure.user.name for tenure in getattr(post, "holders_now", []))


@register.filter
def since(post: Post) -> Any:
    """From when its holder of today holds the post."""
    return next((tenure.from_on for tenure in getattr(post, "holders_now", [])), None)


@register.filter
def indent(depth: int) -> str:
    """Blanks of the width of a character, two for each level of a tree."""
    return "　　" * depth


@register.filter
def day_of_year(day: date) -> str:
    """``1月3日``, for the days of one year in a row."""
    return date_format(day, pgettext("day of a year", "j M"))


@register.filter
def minutes(length: timedelta) -> int:
    """Whole minutes of a length of time."""
    return round(length.total_seconds() / 60)
