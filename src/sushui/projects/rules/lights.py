"""The lights of a project: each rule reads plain facts and says its light, with the numbers that lit it.

Sources: start, progress, funds and enrollment as a provincial capital lights its projects (Yinchuan, 2025); months as a
district does (Ouhai, 2020). Where they are silent the house decides, and a dated setting says so. The rules in
formulas: docs/algorithms/project-lights.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sushui.kernel.months import end_of, month_of, months_after, year_months
from sushui.projects.enums import LightRule, ProjectStage
from sushui.projects.rules.stages import AFTER_COMPLETION, AT_REST, BEFORE_START
from sushui.supervision.enums import StatusLight

ORDER = (StatusLight.NONE, StatusLight.GREEN, StatusLight.YELLOW, StatusLight.RED)
Number = str | int | bool
POINT = Decimal("0.1")


@dataclass(frozen=True)
class LightLimits:
    """The thresholds in force for a division on a day."""

    start_red_months: int = 3
    progress_yellow_points: int = 10
    progress_red_points: int = 30
    enrollment_yellow_months: int = 1
    enrollment_red_months: int = 2
    enrollment_from_yuan: int = 5_000_000
    report_due_day: int = 5
    months_count: bool = False

    def last_due_month(self, on: date) -> date:
        """The newest month whose figures were due before a day: of a later one nobody is late yet."""
        before = months_after(month_of(on), -1)
        return before if due_on(before, self) < on else months_after(before, -1)


@dataclass(frozen=True)
class Reading:
    """What one rule says: its light, the key of the sentence (``why``), the numbers in it, when it changes by itself.

    ``since_on``: the day from which the rule gives this light, where the facts say it. ``turns_on``: the first later
    day on which this rule gives another light or other numbers though nothing is entered.
    """

    rule: LightRule
    light: StatusLight
    why: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
    since_on: date | None = None
    turns_on: date | None = None


@dataclass(frozen=True)
class MonthFigures:
    """One month of a project in yuan; None is what nobody has said."""

    month: date
    planned: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True)
class Tranche:
    """Money received from above: what of it must have been paid out by when, and what was paid by which day."""

    received: Decimal
    required: Sequence[tuple[date, Decimal]] = ()  # (last day, share from 0 to 1)
    paid: Sequence[tuple[date, Decimal]] = ()


@dataclass(frozen=True)
class ProjectFacts:
    """Everything the rules look at."""

    stage: ProjectStage
    planned_start_month: date | None = None
    started_on: date | None = None
    enrolled_on: date | None = None
    total_investment: Decimal | None = None
    year_plans: Mapping[int, Decimal] = field(default_factory=dict)  # year: investment planned for it
    months: Sequence[MonthFigures] = ()
    tranches: Sequence[Tranche] = ()
    review_on: date | None = None
    stage_on: date | None = None
    completed_on: date | None = None


def readings(facts: ProjectFacts, on: date, limits: LightLimits) -> list[Reading]:
    """What every rule says on a day, in the order of the rules."""
    if facts.stage in AT_REST:
        return [start_at_rest(facts, on), *(Reading(rule, StatusLight.NONE, "at_rest") for rule in list(LightRule)[1:])]
    return [
        start_reading(facts, on, limits),
        progress_reading(facts, on, limits),
        months_reading(facts, on, limits),
        funds_reading(facts.tranches, on),
        enrollment_reading(facts, on, limits),
    ]


def worst(lights: Iterable[StatusLight]) -> StatusLight:
    """The worst of several lights; no light when there is none."""
    return max(lights, key=ORDER.index, default=StatusLight.NONE)


def overall(read: Sequence[Reading], limits: LightLimits) -> StatusLight:
    """The light of the project: the worst of its rules; missed months count only where the setting says so."""
    return worst(each.light for each in read if limits.months_count or each.rule is not LightRule.MONTHS)


def next_turn(read: Iterable[Reading]) -> date | None:
    """The first day on which any of the rules may say something else by itself."""
    return min((each.turns_on for each in read if each.turns_on is not None), default=None)


# --- start -----------------------------------------------------------------------------------------------------------
def start_reading(facts: ProjectFacts, on: date, limits: LightLimits) -> Reading:
    """Green as planned; yellow when the planned month has passed; red when as many more months have passed."""
    planned, started = facts.planned_start_month, facts.started_on
    if started is not None and started <= on:
        return _started(planned, started)
    if facts.stage not in BEFORE_START:
        return Reading(LightRule.START, StatusLight.NONE, "start_unknown", turns_on=started)
    if planned is None:
        return Reading(LightRule.START, StatusLight.NONE, "start_not_planned")
    yellow_on = months_after(month_of(planned), 1)
    red_on = months_after(yellow_on, limits.start_red_months)
    numbers: dict[str, Number] = {"planned": _said(planned), "limit": limits.start_red_months}
    if on < yellow_on:
        return Reading(LightRule.START, StatusLight.GREEN, "start_ahead", numbers, turns_on=yellow_on)
    numbers["passed"] = (on.year - yellow_on.year) * 12 + on.month - yellow_on.month
    turns_on = months_after(month_of(on), 1)
    if on < red_on:
        return Reading(LightRule.START, StatusLight.YELLOW, "start_late", numbers, yellow_on, turns_on)
    return Reading(LightRule.START, StatusLight.RED, "start_late", numbers, red_on, turns_on)


def start_at_rest(facts: ProjectFacts, on: date) -> Reading:
    """A project at rest has no light, until the day has passed on which it was to be looked at again."""
    review_on = facts.review_on
    if review_on is None:
        return Reading(LightRule.START, StatusLight.NONE, "at_rest")
    if on <= review_on:
        return Reading(LightRule.START, StatusLight.NONE, "at_rest", turns_on=review_on + timedelta(days=1))
    numbers: dict[str, Number] = {"review": review_on.isoformat()}
    return Reading(LightRule.START, StatusLight.YELLOW, "review_passed", numbers, review_on + timedelta(days=1))


def _started(planned: date | None, started: date) -> Reading:
    numbers: dict[str, Number] = {"started": started.isoformat()}
    if planned is None or month_of(started) <= month_of(planned):
        return Reading(LightRule.START, StatusLight.GREEN, "started", numbers)
    months = (started.year - planned.year) * 12 + started.month - planned.month
    return Reading(LightRule.START, StatusLight.GREEN, "started_late", {**numbers, "late": months})


# --- progress --------------------------------------------------------------------------------------------------------
def due_on(month: date, limits: LightLimits) -> date:
    """The last day for the figures of a month: a day of the month after it."""
    following = months_after(month_of(month), 1)
    return min(following + timedelta(days=limits.report_due_day - 1), end_of(following))


def last_due_month(on: date, limits: LightLimits) -> date:
    """The newest month whose figures should be there: the last day for them has passed."""
    before = months_after(month_of(on), -1)
    return before if on > due_on(before, limits) else months_after(before, -1)


def month_judged(facts: ProjectFacts, on: date, limits: LightLimits) -> date:
    """The month by whose end a project is judged: the newest that is due, or a newer one that is over and reported."""
    over = [each.month for each in facts.months if each.actual is not None and end_of(each.month) < on]
    return max([last_due_month(on, limits), *over])


def judged_until(on: date, limits: LightLimits) -> date:
    """The first later day on which another month may be judged: the next is due, or this one is over."""
    due = due_on(months_after(last_due_month(on, limits), 1), limits) + timedelta(days=1)
    return min(due, months_after(month_of(on), 1))


def progress_reading(facts: ProjectFacts, on: date, limits: LightLimits) -> Reading:
    """Green when the year's plan is kept in proportion to time; by points of the year's plan behind, yellow and red.

    Figures that are due and were not reported count as nothing done, and the light is never better than yellow: what
    is not known cannot be green.
    """
    if facts.stage in BEFORE_START or facts.stage in AFTER_COMPLETION:
        return Reading(LightRule.PROGRESS, StatusLight.NONE, "not_under_construction")
    month = month_judged(facts, on, limits)
    turns_on = judged_until(on, limits)
    year = [each for each in facts.months if each.month.year == month.year]
    share = planned_share(year, facts.year_plans.get(month.year), facts.started_on, month)
    plan = _year_plan(year, facts.year_plans.get(month.year))
    if share is None or not plan:
        return Reading(LightRule.PROGRESS, StatusLight.NONE, "no_year_plan", {"year": month.year}, turns_on=turns_on)
    done = sum((each.actual for each in year if each.actual is not None), Decimal())
    behind = (share - done / plan) * 100
    missing = unreported(facts, month, on, limits)
    numbers: dict[str, Number] = {
        "month": _said(month),
        "done": str(done),
        "plan": str(plan),
        "planned_percent": str((share * 100).quantize(POINT)),
        "done_percent": str((done / plan * 100).quantize(POINT)),
        "points": str(behind.quantize(POINT)),
        "unreported": " ".join(map(_said, missing)),
    }
    light = _by_points(behind, limits)
    if missing and light is StatusLight.GREEN:
        light = StatusLight.YELLOW
    return Reading(LightRule.PROGRESS, light, _progress_why(behind, missing), numbers, turns_on=turns_on)


def _by_points(behind: Decimal, limits: LightLimits) -> StatusLight:
    if behind > limits.progress_red_points:
        return StatusLight.RED
    return StatusLight.YELLOW if behind >= limits.progress_yellow_points else StatusLight.GREEN


def _progress_why(behind: Decimal, missing: Sequence[date]) -> str:
    if missing:
        return "figures_missing"
    return "behind_time" if behind > 0 else "on_time"


def _year_plan(year: Sequence[MonthFigures], given: Decimal | None) -> Decimal | None:
    """The plan of the year as it was given, else the sum of its months."""
    if given is not None:
        return given
    planned = [each.planned for each in year if each.planned is not None]
    return sum(planned, Decimal()) if planned else None


def planned_share(
    year: Sequence[MonthFigures], given: Decimal | None, started_on: date | None, month: date
) -> Decimal | None:
    """The share of the year's plan that should be done by the end of ``month``.

    By the months' own plans; what these leave of the year's is due evenly in the months since the start that have none.
    So without any it is in proportion to time. None without a plan for the year.
    """
    plan = _year_plan(year, given)
    if not plan:
        return None
    planned = {each.month: each.planned for each in year if each.planned is not None}
    due = sum((amount for named, amount in planned.items() if named <= month), Decimal())
    first = month_of(started_on) if started_on is not None and started_on.year == month.year else date.min
    others = [each for each in year_months(month.year) if each >= first and each not in planned]
    if others:
        left = max(plan - sum(planned.values(), Decimal()), Decimal())
        due += left * sum(each <= month for each in others) / len(others)
    return min(due / plan, Decimal(1))


def unreported(facts: ProjectFacts, month: date, on: date, limits: LightLimits) -> list[date]:
    """Months of the year up to ``month`` since the start whose figures are due and were not reported."""
    reported = {each.month for each in facts.months if each.actual is not None}
    first = month_of(facts.started_on) if facts.started_on is not None else date.min
    due = last_due_month(on, limits)
    return [each for each in year_months(month.year) if first <= each <= min(month, due) and each not in reported]


# --- months ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MonthLight:
    """One month in the strip of a year: green on time or early, red when missed, yellow once caught up.

    ``caught_up_in``: the month by whose end the target was reached after all. No light where no target is set, and
    where the figure is missing and the others do not reach the target without it (`is_unreported`).
    """

    month: date
    light: StatusLight
    target: Decimal | None = None
    done: Decimal | None = None
    caught_up_in: date | None = None

    @property
    def is_unreported(self) -> bool:
        return self.light is StatusLight.NONE and self.target is not None


def month_lights(figures: Sequence[MonthFigures], until: date) -> list[MonthLight]:
    """The strip of one year's months up to ``until``: targets and deeds are counted from the beginning of the year."""
    rows = sorted(figures, key=lambda each: each.month)
    sums: list[tuple[date, Decimal, Decimal]] = []
    target = done = Decimal()
    for each in rows:
        target += each.planned or Decimal()
        done += each.actual or Decimal()
        sums.append((each.month, target, done))
    return [_month_light(each, sums, until) for each in rows if each.month <= until]


def _month_light(figures: MonthFigures, sums: Sequence[tuple[date, Decimal, Decimal]], until: date) -> MonthLight:
    target, done = next((target, done) for month, target, done in sums if month == figures.month)
    if figures.planned is None:
        return MonthLight(figures.month, StatusLight.NONE)
    if done >= target:
        return MonthLight(figures.month, StatusLight.GREEN, target, done)
    later = [month for month, _target, reached in sums if figures.month < month <= until and reached >= target]
    if later:
        return MonthLight(figures.month, StatusLight.YELLOW, target, done, later[0])
    if figures.actual is None:
        return MonthLight(figures.month, StatusLight.NONE, target)
    return MonthLight(figures.month, StatusLight.RED, target, done)


def months_reading(facts: ProjectFacts, on: date, limits: LightLimits) -> Reading:
    """The worst month of the year: red while a missed target stands, yellow when all that were missed are caught up.

    With a month unreported the light is never better than yellow.
    """
    month = month_judged(facts, on, limits)
    turns_on = judged_until(on, limits)
    strip = month_lights([each for each in facts.months if each.month.year == month.year], month)
    missed = [each for each in strip if each.light is StatusLight.RED]
    caught = [each for each in strip if each.light is StatusLight.YELLOW]
    unknown = [each for each in strip if each.is_unreported]
    numbers: dict[str, Number] = {
        "year": month.year,
        "missed": " ".join(_said(each.month) for each in missed),
        "caught_up": " ".join(_said(each.month) for each in caught),
        "unreported": " ".join(_said(each.month) for each in unknown),
    }
    light = worst([*(each.light for each in strip), *(StatusLight.YELLOW for _each in unknown)])
    if light is StatusLight.NONE:
        return Reading(LightRule.MONTHS, light, "no_month_plan", {"year": month.year}, turns_on=turns_on)
    found = (("months_missed", missed), ("months_unreported", unknown), ("months_caught_up", caught))
    why = next((why for why, months in found if months), "months_kept")
    return Reading(LightRule.MONTHS, light, why, numbers, turns_on=turns_on)


# --- funds -----------------------------------------------------------------------------------------------------------
def funds_reading(tranches: Sequence[Tranche], on: date) -> Reading:
    """Red when less is paid out than higher levels required by a day that has passed; the sources know no yellow."""
    if not any(tranche.required for tranche in tranches):
        return Reading(LightRule.FUNDS, StatusLight.NONE, "no_payment_required")
    lacking = [lacks for tranche in tranches if (lacks := _lacks(tranche, on))]
    coming = [day + timedelta(days=1) for tranche in tranches for day, _share in tranche.required if day >= on]
    paid = sum((amount for tranche in tranches for day, amount in tranche.paid if day <= on), Decimal())
    numbers: dict[str, Number] = {
        "received": str(sum((tranche.received for tranche in tranches), Decimal())),
        "paid": str(paid),
        "short": str(sum((max(amount for _day, amount in lacks) for lacks in lacking), Decimal())),
    }
    turns_on = min(coming, default=None)
    if not lacking:
        return Reading(LightRule.FUNDS, StatusLight.GREEN, "paid_as_required", numbers, turns_on=turns_on)
    since = min(day for lacks in lacking for day, _amount in lacks) + timedelta(days=1)
    return Reading(LightRule.FUNDS, StatusLight.RED, "paid_too_little", numbers, since, turns_on)


def _lacks(tranche: Tranche, on: date) -> list[tuple[date, Decimal]]:
    """What is lacking of one tranche now, for each day that has passed by which more was required."""
    paid = sum((amount for day, amount in tranche.paid if day <= on), Decimal())
    lacking = [(day, tranche.received * share - paid) for day, share in tranche.required if day < on]
    return [(day, amount) for day, amount in lacking if amount > 0]


# --- statistical enrollment ------------------------------------------------------------------------------------------
def enrollment_reading(facts: ProjectFacts, on: date, limits: LightLimits) -> Reading:
    """Yellow when a started project is not in the statistics after a month, red after two."""
    started, total = facts.started_on, facts.total_investment
    if facts.enrolled_on is not None and facts.enrolled_on <= on:
        return Reading(LightRule.ENROLLMENT, StatusLight.GREEN, "enrolled", {"enrolled": facts.enrolled_on.isoformat()})
    if started is None or started > on:
        return Reading(LightRule.ENROLLMENT, StatusLight.NONE, "not_started", turns_on=started)
    if total is None:
        return Reading(LightRule.ENROLLMENT, StatusLight.NONE, "total_unknown")
    if total < limits.enrollment_from_yuan:
        return Reading(LightRule.ENROLLMENT, StatusLight.NONE, "too_small_to_enroll")
    yellow_on = months_after(started, limits.enrollment_yellow_months) + timedelta(days=1)
    red_on = months_after(started, limits.enrollment_red_months) + timedelta(days=1)
    numbers: dict[str, Number] = {"started": started.isoformat()}
    if on < min(yellow_on, red_on):
        return Reading(LightRule.ENROLLMENT, StatusLight.GREEN, "enrollment_ahead", numbers, turns_on=yellow_on)
    if on < red_on:
        numbers["limit"] = limits.enrollment_yellow_months
        return Reading(LightRule.ENROLLMENT, StatusLight.YELLOW, "not_enrolled", numbers, yellow_on, red_on)
    numbers["limit"] = limits.enrollment_red_months
    return Reading(LightRule.ENROLLMENT, StatusLight.RED, "not_enrolled", numbers, red_on)


def _said(month: date) -> str:
    """A month in numbers: 2026-03."""
    return f"{month:%Y-%m}"
