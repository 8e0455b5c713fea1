"""Monthly figures: what was done in a month, and the plan of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import text_area
from sushui.kernel.months import month_of, months_between, year_months
from sushui.projects import queries, services
from sushui.projects.forms.acts import MoneyField, ProjectActForm, plain
from sushui.projects.models import Project
from sushui.projects.panels.wording import WAN, month_in_words
from sushui.projects.permissions import may_edit_project
from sushui.projects.rules.lights import LightLimits, ProjectFacts, planned_share

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Outlook:
    """What a month's figure means, in yuan: target and done since January without it, and what each light needs.

    ``for_green``: from this amount on the progress is less than the points of yellow behind; ``for_yellow``: below it
    the progress is red. None without a plan for the year.
    """

    month: date
    planned: Decimal | None
    stands: Decimal | None
    done_before: Decimal
    due: Decimal | None = None
    for_green: Decimal | None = None
    for_yellow: Decimal | None = None


def outlook(facts: ProjectFacts, month: date, limits: LightLimits) -> Outlook:
    """What a figure for the month would do to the light of progress, by the rule itself turned round."""
    year = [each for each in facts.months if each.month.year == month.year]
    row = next((each for each in year if each.month == month), None)
    done = sum((each.actual for each in year if each.actual is not None and each.month != month), Decimal())
    plan = facts.year_plans.get(month.year) or sum((each.planned or Decimal() for each in year), Decimal())
    share = planned_share(year, facts.year_plans.get(month.year), facts.started_on, month)
    planned, stands = (row.planned, row.actual) if row else (None, None)
    if share is None or not plan:
        return Outlook(month, planned, stands, done)
    needed = [
        max((share - Decimal(points) / 100) * plan - done, Decimal())
        for points in (limits.progress_yellow_points, limits.progress_red_points)
    ]
    return Outlook(month, planned, stands, done, share * plan, *needed)


class FiguresActForm(ProjectActForm):
    """An act on the figures of one project, which others may give meanwhile; the form carries what was seen."""

    record: Project
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        self.initial["seen"] = queries.figures_version(self.record)

    def renew(self) -> None:
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("seen")] = str(queries.figures_version(self.record))
        self.data = typed


class PlanForm(FiguresActForm):
    """The plan of a year: its sum, and how much of it in each month."""

    title = _("Plan the year")
    button = _("Save the plan")
    done = _("The year is planned: the lights are read anew.")
    template = "projects/plan.html"
    record: Project
    is_spread = False
    year = forms.IntegerField(widget=forms.HiddenInput, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    total = MoneyField(label=_("Planned for the year"), min_value=0, help_text=_("In ten thousand yuan."))

    def prepare(self) -> None:
        super().prepare()
        today = clock.today()
        self.shown_year = self._year(today.year)
        self.stands = {row.month: row.planned for row in queries.months_of(self.record, self.shown_year)}
        facts = queries.facts_of([self.record])[self.record.pk]
        total = facts.year_plans.get(self.shown_year) or self.planned_sum or None
        self.initial.update(year=self.shown_year, total=total)
        for month in year_months(self.shown_year):
            field = MoneyField(label=month_in_words(month), min_value=0, required=False)
            self.fields[_field_of(month)] = field
            self.initial[_field_of(month)] = self.stands.get(month)
        self.fields["reason"] = forms.CharField(
            label=_("Reason of the correction"),
            required=False,
            widget=text_area(2),
            help_text=_("Where a month's plan stands with another amount; the one given before is kept beside it."),
        )

    def _year(self, this_year: int) -> int:
        typed = str(self.data.get("year", "") if self.is_bound else self.initial.get("year", ""))
        is_year = typed.isdecimal() and FIRST_YEAR <= int(typed[:5]) <= LAST_YEAR
        return int(typed) if is_year else this_year

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for month, stands in () if self.is_spread else self.stands.items():
            name = _field_of(month)
            if stands is not None and name in self.data and not self.data[name].strip():
                self.add_error(name, _("A plan stands here: type 0 to plan nothing."))
        return said

    @property
    def month_fields(self) -> list[Any]:
        return [self[_field_of(month)] for month in year_months(self.shown_year)]

    @property
    def planned_sum(self) -> Decimal:
        """What the months that stand come to, in yuan."""
        return sum((each for each in self.stands.values() if each is not None), Decimal())

    def spread(self) -> None:
        """Fill the months of construction evenly with the year's sum, to be looked at: nothing is saved."""
        self.is_spread = True
        typed = cast(QueryDict, self.data).copy()
        if not self.is_valid():
            return
        built = building_months(self.record, self.shown_year)
        amounts = dict(zip(built, evenly(self.cleaned_data["total"], len(built)), strict=True))
        for month in year_months(self.shown_year):
            blank = "" if self.stands.get(month) is None else "0"
            typed[_field_of(month)] = plain(amounts[month] / WAN) if month in amounts else blank
        self.data = typed
        self.full_clean()

    def is_done(self) -> bool:
        return False if self.is_spread else super().is_done()

    @property
    def status(self) -> int:
        return 200 if self.is_spread and not self.errors else super().status

    def act(self) -> Any:
        said = self.cleaned_data
        named = {month: said[_field_of(month)] for month in year_months(self.shown_year)}
        months = {month: amount for month, amount in named.items() if amount is not None}
        return services.plan_months(
            self.viewer,
            self.record,
            self.shown_year,
            total=said["total"],
            months=months,
            reason=said["reason"],
            seen=said["seen"],
        )


def _field_of(month: date) -> str:
    return f"m{month.month}"


def building_months(project: Project, year: int) -> list[date]:
    """The months of a year from the start to the planned completion, as far as these lie in it; else all twelve."""
    start, end = project.started_on or project.planned_start_month, project.planned_completion_month
    first = month_of(start) if start is not None and start.year == year else date(year, 1, 1)
    last = end if end is not None and end.year == year and end >= first else date(year, 12, 1)
    return list(months_between(first, last))


def evenly(total: Decimal, count: int) -> list[Decimal]:
    """So many parts of a sum in yuan, whole hundreds, the rest in the last; they add up to it exactly."""
    part = (total / count).quantize(Decimal("1E2"), ROUND_DOWN)
    return [*[part] * (count - 1), total - part * (count - 1)]
