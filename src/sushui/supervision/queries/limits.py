"""The limits in force."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from sushui.kernel.settings_registry import settings_of
from sushui.supervision.rules import Limits


def limits_in_force(division_id: int, on: date) -> Limits:
    """The limits of a division on a day."""
    values = settings_of("supervision", division_id, on)
    return Limits(**{field.name: values[field.name] for field in fields(Limits) if field.name in values})
