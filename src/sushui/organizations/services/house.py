"""What administrators keep for the whole house: dated settings, the calendar, the proof of the chain."""

from __future__ import annotations

from datetime import date
from typing import Any

from sushui.kernel import days, settings_registry
from sushui.kernel.audit_check import Proof, verify_chain
from sushui.kernel.errors import Forbidden
from sushui.kernel.models import DatedSetting
from sushui.kernel.viewer import Viewer
from sushui.organizations.permissions import may_keep_house


def change_setting(
    viewer: Viewer, key: str, value: Any, *, from_on: date, source: str = "", division_id: int | None = None
) -> DatedSetting:
    """Give a setting a value from a day on, in the administrator's own division or one below it.

    Raises:
        Forbidden: not an administrator, or of another division.
        DomainError: see `kernel.settings_registry.set_setting`.
    """
    division = division_id or viewer.division_id
    if not may_keep_house(viewer) or division not in viewer.division_ids:
        raise Forbidden
    return settings_registry.set_setting(viewer, key, value, division_id=division, from_on=from_on, source=source)


def load_calendar(viewer: Viewer, text: str, *, source: str = "") -> tuple[int, ...]:
    """Load a holiday notice; provisional deadlines are counted again. Gives the years.

    Raises:
        Forbidden: not an administrator.
        DomainError: ``notice_unreadable``.
    """
    if not may_keep_house(viewer):
        raise Forbidden
    return days.load_notice(viewer, text, source=source)


def change_calendar_day(viewer: Viewer, on: date, *, is_working: bool) -> None:
    """Correct one day of an announced year.

    Raises:
        Forbidden: not an administrator.
        DomainError: ``year_not_announced``.
    """
    if not may_keep_house(viewer):
        raise Forbidden
    days.change_day(viewer, on, is_working=is_working)


def prove_chain(viewer: Viewer) -> Proof:
    """Walk the whole audit chain and say what does not hold.

    Raises:
        Forbidden: not an administrator.
    """
    if not may_keep_house(viewer):
        raise Forbidden
    return verify_chain()
