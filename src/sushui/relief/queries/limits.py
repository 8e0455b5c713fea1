"""The settings of the room as a division has them on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from sushui.kernel import clock
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import responsible_agencies

if TYPE_CHECKING:
    from sushui.organizations.models import Agency


@dataclass(frozen=True)
class ReliefLimits:
    """Limits of requests. The first four are those of their tasks' clocks (docs/decisions/0027), in working days.

    ``security_agency`` is the name of the agency that is told of obstruction at once; empty: the office alone is told.
    """

    arrangement_days: int = 0
    contact_days: int = 3
    answer_days: int = 7
    objection_days: int = 1
    most_reopenings: int = 2
    rating_days: int = 10
    most_a_day: int = 10
    found_a_month: int = 2
    security_agency: str = ""


def relief_limits(division_id: int, on: date | None = None) -> ReliefLimits:
    """The limits of a division on a day (default: today)."""
    return ReliefLimits(**settings_of("relief", division_id, on or clock.today()))


def security_agency(viewer: Viewer) -> Agency | None:
    """The agency of the viewer's division that the setting names as the public-security line; None where none does."""
    name = relief_limits(viewer.division_id).security_agency.strip()
    rows = responsible_agencies(viewer).filter(Q(name=name) | Q(short_name=name))
    return rows.first() if name else None
