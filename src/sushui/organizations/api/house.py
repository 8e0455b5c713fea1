"""Settings, the calendar and the audit chain, for those who keep them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel import days, settings_registry
from sushui.kernel.api import Listed, Size
from sushui.kernel.days import YearState
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.settings_registry import SettingState
from sushui.organizations import queries, services
from sushui.organizations.api.root import router
from sushui.organizations.api.schemas import (
    AuditLineOut,
    Cursor,
    DayIn,
    NoticeIn,
    ProofOut,
    SettingIn,
    SettingKey,
    SettingOut,
    YearOut,
)
from sushui.organizations.permissions import may_keep_house

NEWEST = Sort(("id",), is_descending=True)


@router.reads("/settings", may_keep_house, list[SettingOut])
def settings(request: ViewerRequest) -> list[dict[str, Any]]:
    """Every dated setting as your division has it today."""
    return [_said(state) for state in settings_registry.states(request.viewer.division_id)]


@router.writes("/settings/{key}", may_keep_house, SettingOut, method="PUT")
def change_setting(request: ViewerRequest, key: SettingKey, new: SettingIn) -> dict[str, Any]:
    """Give a setting a value from a day on; earlier days keep theirs."""
    services.change_setting(request.viewer, key, new.value, **new.dict(exclude={"value"}))
    states = settings_registry.states(request.viewer.division_id)
    return next(_said(state) for state in states if state.definition.key == key)


def _said(state: SettingState) -> dict[str, Any]:
    definition = state.definition
    return {
        "key": definition.key,
        "sentence": _(definition.sentence),
        "value": state.value,
        "default": definition.default,
        "is_default": state.row is None,
        "stated_in": definition.source if definition.is_stated else "",
        "values": list(state.rows),
    }


@router.reads("/calendar", may_keep_house, list[YearOut])
def calendar(request: ViewerRequest) -> list[YearState]:
    """The announced years, the newest first."""
    return days.announced_years()


@router.writes("/calendar/notices", may_keep_house, Listed[YearOut])
def load_calendar(request: ViewerRequest, notice: NoticeIn) -> dict[str, object]:
    """Load a holiday notice; provisional deadlines are counted again."""
    years = services.load_calendar(request.viewer, notice.text, source=notice.source)
    return {"items": [row for row in days.announced_years() if row.year in years], "next": ""}


@router.writes("/calendar/days/{on}", may_keep_house, YearOut, method="PUT")
def change_calendar_day(request: ViewerRequest, on: date, day: DayIn) -> YearState:
    """Correct one day of an announced year."""
    services.change_calendar_day(request.viewer, on, is_working=day.is_working)
    return next(row for row in days.announced_years() if row.year == on.year)


@router.reads("/audit", may_keep_house, Listed[AuditLineOut])
def audit(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Lines of the audit chain of your divisions, the newest first."""
    found = stretch(queries.audit_lines(request.viewer), NEWEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/audit/proof", may_keep_house, ProofOut)
def prove_chain(request: ViewerRequest) -> dict[str, Any]:
    """Walk the whole audit chain and say what does not hold; takes as long as the chain is."""
    return asdict(services.prove_chain(request.viewer))
