"""The light of today over many rows, in SQL."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import Case, Count, Q, QuerySet, Value, When

from sushui.supervision.enums import StatusLight
from sushui.supervision.models import SupervisedTask, TaskPart

Lit = TypeVar("Lit", SupervisedTask, TaskPart)


def light_condition(light: StatusLight, today: date) -> Q:
    """Rows with this light today (`rules.light`, said in SQL; a test holds the two together)."""
    is_red = Q(red_on__lte=today)
    is_warm = Q(yellow_on__lte=today)
    return {
        StatusLight.NONE: Q(is_open=False),
        StatusLight.RED: Q(is_open=True) & is_red,
        StatusLight.YELLOW: Q(is_open=True) & is_warm & (Q(red_on=None) | Q(red_on__gt=today)),
        StatusLight.GREEN: Q(is_open=True)
        & (Q(red_on=None) | Q(red_on__gt=today))
        & (Q(yellow_on=None) | Q(yellow_on__gt=today)),
    }[light]


def with_light(rows: QuerySet[Lit], today: date) -> QuerySet[Lit]:
    """Rows of tasks or parts, each with its light of the day as ``light_today``."""
    whens = [
        When(light_condition(light, today), then=Value(light.value))
        for light in (StatusLight.NONE, StatusLight.RED, StatusLight.YELLOW)
    ]
    lit: QuerySet[Lit] = rows.annotate(light_today=Case(*whens, default=Value(StatusLight.GREEN.value)))
    return lit


def light_counts(rows: QuerySet[SupervisedTask], today: date) -> dict[StatusLight, int]:
    """How many of the rows show each light; one query."""
    counts = rows.aggregate(**{light.value: Count("pk", filter=light_condition(light, today)) for light in StatusLight})
    return {light: counts[light.value] for light in StatusLight}
