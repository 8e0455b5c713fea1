"""The two registers of the room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel.components import Tab
from sushui.kernel.words import msg

REGISTERS = (("scenarios", msg("Scenarios")), ("pools", msg("Pools of resources and money")))


def planner_tabs(current: str) -> list[Tab]:
    """The registers; ``current`` is the name of the one that is open."""
    return [Tab(_(label), reverse(f"planner:{name}"), is_current=name == current) for name, label in REGISTERS]
