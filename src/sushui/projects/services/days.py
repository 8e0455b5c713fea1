"""What every act asks of the days that were typed: one rule for stages, papers, milestones and deliveries."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.errors import DomainError
from sushui.kernel.requirements import require_past
from sushui.kernel.settings_registry import settings_of
from sushui.projects.rules.days import DayLimits, ends_before_it_begins

DAY_SETTINGS = "project_days"


def day_limits(division_id: int) -> DayLimits:
    """Between which years the days of a division's projects lie today; one query."""
    said = settings_of(DAY_SETTINGS, division_id, clock.today())
    return DayLimits(**{each.name: said[each.name] for each in fields(DayLimits)})


def require_act_day(day: date, limits: DayLimits) -> date:
    """A day on which something happened.

    Raises:
        DomainError: ``day_in_future``, ``day_too_early``.
    """
    return _require_not_too_early(require_past(day), limits)


def require_planned_day(day: date, limits: DayLimits) -> date:
    """A day for which something is planned or promised.

    Raises:
        DomainError: ``day_too_early``, ``day_too_far``.
    """
    _require_not_too_early(day, limits)
    if limits.is_too_far(day, clock.today()):
        raise DomainError(
            "day_too_far",
            _("%(day)s is more than %(years)s years from now: no project is planned so far."),
            _("Correct the year."),
            day=day.isoformat(),
            years=limits.years_ahead,
        )
    return day


def require_planned_months(begins: date | None, ends: date | None, limits: DayLimits) -> None:
    """The months for which start and completion are planned, in their order.

    Raises:
        DomainError: ``day_too_early``, ``day_too_far``, ``completion_before_start``.
    """
    for month in (begins, ends):
        if month is not None:
            require_planned_day(month, limits)
    if begins is not None and ends is not None and ends_before_it_begins(begins, ends):
        raise DomainError(
            "completion_before_start",
            _("The planned completion %(ends)s lies before the planned start %(begins)s."),
            _("Correct one of the two months."),
            begins=f"{begins:%Y-%m}",
            ends=f"{ends:%Y-%m}",
        )


def _require_not_too_early(day: date, limits: DayLimits) -> date:
    if limits.is_too_early(day):
        raise DomainError(
            "day_too_early",
            _("%(day)s lies before %(year)s: nothing of a project that is kept here is so old."),
            _("Correct the year."),
            day=day.isoformat(),
            year=limits.earliest_year,
        )
    return day
