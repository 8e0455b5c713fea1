"""The sentence of each light: which rule lit it, and with which numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel.templatetags.values import day_long
from sushui.kernel.wording import WAN, money_in_words, month_in_words
from sushui.kernel.words import msg
from sushui.projects.models import ProjectLight

__all__ = ["WAN", "money_in_words", "month_in_words", "sentence_of"]

# One sentence for each `why` of rules/lights.py.
SENTENCES: Mapping[str, str] = {
    "at_rest": msg("Suspended or terminated: this rule does not light it."),
    "review_passed": msg("Suspended and to be looked at again on %(review)s, which has passed."),
    "start_unknown": msg("The stage says that it has started, but not on which day."),
    "start_not_planned": msg("No month is planned for the start."),
    "start_ahead": msg("The start is planned for %(planned)s."),
    "start_late": msg("Planned to start in %(planned)s and not started: %(passed)s late, red from %(limit)s."),
    "started": msg("Started on %(started)s."),
    "started_late": msg("Started on %(started)s, %(late)s later than planned."),
    "not_under_construction": msg("Not under construction: no progress is measured."),
    "no_year_plan": msg("No investment is planned for %(year)s: progress cannot be measured."),
    "figures_missing": msg(
        "Figures of %(unreported)s are due and missing; what is not reported counts as not done: by the end of "
        "%(month)s %(planned_percent)s%% of the year's plan should be done, %(done_percent)s%% is."
    ),
    "behind_time": msg(
        "By the end of %(month)s %(planned_percent)s%% of the year's plan should be done, %(done_percent)s%% is: "
        "%(points)s points behind."
    ),
    "on_time": msg(
        "By the end of %(month)s %(planned_percent)s%% of the year's plan should be done, %(done_percent)s%% is: "
        "in time."
    ),
    "no_month_plan": msg("No month of %(year)s has a target."),
    "months_missed": msg("The target of %(missed)s was missed and is not caught up."),
    "months_unreported": msg("The figures of %(unreported)s are missing."),
    "months_caught_up": msg("The target of %(caught_up)s was missed and caught up later."),
    "months_kept": msg("Every month's target of %(year)s was reached in time."),
    "no_payment_required": msg("No payment is required by a day."),
    "paid_as_required": msg("Of %(received)s received %(paid)s are paid out, as required."),
    "paid_too_little": msg("Of %(received)s received %(paid)s are paid out: %(short)s less than required by now."),
    "enrolled": msg("Enrolled in the statistics on %(enrolled)s."),
    "not_started": msg("Not started: it is enrolled once construction has begun."),
    "total_unknown": msg("The total investment is not known: whether it must be enrolled cannot be said."),
    "too_small_to_enroll": msg("Below the size from which a project is enrolled in the statistics."),
    "enrollment_ahead": msg("Started on %(started)s: it is still to be enrolled in the statistics, in time so far."),
    "not_enrolled": msg("Started on %(started)s and not enrolled in the statistics after %(limit)s."),
}


class _Numbers(dict[str, str]):
    """Numbers as they are said; a dash for one that the rule did not say yet when the light was stored."""

    def __missing__(self, name: str) -> str:
        return "—"


def sentence_of(light: ProjectLight) -> str:
    """What a rule said, as a sentence with its numbers."""
    said = _Numbers((name, _SAID.get(name, str)(str(value))) for name, value in light.numbers.items())
    return _(SENTENCES[light.why]) % said


def _month(text: str) -> str:
    return month_in_words(date.fromisoformat(f"{text}-01"))


def _months(text: str) -> str:
    return _(", ").join(_month(each) for each in text.split())


def _money(text: str) -> str:
    return money_in_words(Decimal(text))


def _day(text: str) -> str:
    return day_long(date.fromisoformat(text))


def _month_count(text: str) -> str:
    return ngettext("%(count)d month", "%(count)d months", int(text)) % {"count": int(text)}


# How each number of a reading is said; the rest as it stands.
_SAID: Mapping[str, Callable[[str], str]] = {
    **dict.fromkeys(("planned", "month"), _month),
    **dict.fromkeys(("unreported", "missed", "caught_up"), _months),
    **dict.fromkeys(("received", "paid", "short", "done", "plan"), _money),
    **dict.fromkeys(("started", "enrolled", "review"), _day),
    **dict.fromkeys(("passed", "limit", "late"), _month_count),
}
