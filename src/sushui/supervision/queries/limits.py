"""The limits in force, and the sources of orders whose tasks run on limits of their own (docs/decisions/0027)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from sushui.kernel.settings_registry import setting, settings_of
from sushui.supervision.enums import OrderSource
from sushui.supervision.rules import Limits

OWN = frozenset(
    {
        "arrangement_days",
        "feedback_days",
        "general_days",
        "major_months",
        "support_days",
        "ownership_days",
        "decision_days",
    }
)
_own_limits: dict[OrderSource, Mapping[str, str]] = {}


def register_limits(source: OrderSource, settings: Mapping[str, str]) -> None:
    """Let tasks of this source run on limits of their own; the same source again replaces them.

    ``settings``: by name of a limit that says how long a clock runs (`OWN`) the key of the dated setting that holds it
    instead; 0 means that no such clock starts. When a light turns is the same for all tasks of a division.
    """
    assert settings.keys() <= OWN, "how a clock climbs is one for the division"
    _own_limits[source] = settings


def limits_in_force(division_id: int, on: date, source: OrderSource | None = None) -> Limits:
    """The limits of a division on a day, for tasks of a source."""
    values = settings_of("supervision", division_id, on)
    own = _own_limits.get(source, {}) if source is not None else {}
    values |= {name: setting(key, division_id, on) for name, key in own.items()}
    return Limits(**{field.name: values[field.name] for field in fields(Limits) if field.name in values})
