"""Fields that choose who stands by what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import post_label
from sushui.organizations.queries import posts


class PostField(forms.ModelChoiceField):
    """Chooses a post; says who holds it."""

    def label_from_instance(self, obj: Any) -> str:
        return post_label(obj)


def post_field(label: Any, **more: Any) -> PostField:
    return PostField(None, label=label, **{"empty_label": _("Choose"), **more})


def own_posts(viewer: Viewer) -> QuerySet[Any]:
    """Posts of the viewer's own division, by agency."""
    rows = posts(viewer).filter(division_id=viewer.division_id)
    return rows.order_by("agency__sort_key", "agency_id", "rank", "pk")
