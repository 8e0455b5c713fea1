"""What this viewer can do with an enterprise now. What they may never do is not offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.enterprises.models import Enterprise
from sushui.enterprises.permissions import (
    may_edit_enterprise,
    may_keep_people,
    may_list_enterprise,
    may_report_enterprise_figures,
)
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg


@dataclass(frozen=True)
class Offer:
    """An act that is offered: its place in the address and what its button says."""

    url: str
    label: str


def _may_enter_list(viewer: Viewer, enterprise: Enterprise) -> bool:
    return bool(may_list_enterprise(viewer, enterprise)) and enterprise.listed_on is None


def _may_leave_list(viewer: Viewer, enterprise: Enterprise) -> bool:
    return bool(may_list_enterprise(viewer, enterprise)) and enterprise.listed_on is not None


_ACTS: tuple[tuple[str, str, Callable[[Viewer, Enterprise], bool]], ...] = (
    ("report", msg("Report figures"), may_report_enterprise_figures),
    ("add-person", msg("Add a person"), may_keep_people),
    ("status", msg("Say how it stands"), may_edit_enterprise),
    ("list", msg("Note the entry into the list"), _may_enter_list),
    ("unlist", msg("Note that it left the list"), _may_leave_list),
    ("edit", msg("Edit"), may_edit_enterprise),
)


def enterprise_offers(viewer: Viewer, enterprise: Enterprise) -> list[Offer]:
    """Acts on an enterprise, in the order of their use."""
    return [
        Offer(reverse(f"enterprises:{verb}", args=[enterprise.pk]), _(label))
        for verb, label, may in _ACTS
        if may(viewer, enterprise)
    ]
