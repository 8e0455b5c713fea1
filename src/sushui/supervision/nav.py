"""The rooms of supervision in the page frame, each with what waits there."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.keyset import capped_count
from sushui.kernel.nav import NavEntry, register_entry
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries
from sushui.supervision.enums import PartState, StatusLight
from sushui.supervision.permissions import (
    may_open_agency_list,
    may_open_decisions,
    may_open_own_list,
    may_open_register,
)
from sushui.supervision.queries import TaskFilter, light_condition

MOST_SHOWN = 999


def waiting_own(viewer: Viewer) -> int:
    """Own parts that are not signed for, or near or past their deadline."""
    rows, today = queries.own_parts(viewer), clock.today()
    unsigned = rows.filter(state=PartState.ASSIGNED)
    return capped_count(unsigned | rows.exclude(light_condition(StatusLight.GREEN, today)), MOST_SHOWN)


def late_of_agency(viewer: Viewer) -> int:
    """Open parts of the agency that are past their deadline."""
    return capped_count(queries.agency_parts(viewer).filter(due_on__lt=clock.today()), MOST_SHOWN)


def red_tasks(viewer: Viewer) -> int:
    return capped_count(queries.register(viewer, TaskFilter(light=StatusLight.RED)), MOST_SHOWN)


def to_decide(viewer: Viewer) -> int:
    return capped_count(queries.open_requests(viewer), MOST_SHOWN)


ENTRIES = (
    NavEntry("mine", pgettext_lazy("room", "My tasks"), "supervision:mine", 10, may_open_own_list, waiting_own),
    NavEntry(
        "decisions", pgettext_lazy("room", "To decide"), "supervision:decisions", 15, may_open_decisions, to_decide
    ),
    NavEntry(
        "agency", pgettext_lazy("room", "My agency"), "supervision:agency", 20, may_open_agency_list, late_of_agency
    ),
    NavEntry("red", pgettext_lazy("room", "Red"), "supervision:red", 25, may_open_register, red_tasks),
    NavEntry("register", pgettext_lazy("room", "Register"), "supervision:register", 30, may_open_register),
    NavEntry("orders", pgettext_lazy("room", "Orders"), "supervision:orders", 35, may_open_register),
)


def register() -> None:
    """Put the rooms into the frame."""
    for entry in ENTRIES:
        register_entry(entry)
