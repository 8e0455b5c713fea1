"""Where every step stands: read live for a page and an act, and kept beside the facts for the county's lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import structlog
from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.batches import batch, kept
from sushui.kernel.days import working_calendar
from sushui.kernel.errors import DomainError
from sushui.projects.adapter.permits import forecast
from sushui.projects.models import PermitPlan, PermitStep
from sushui.projects.queries.permits import permit_steps_of, plans_to_read, plans_with_facts
from sushui.projects.rules.permits import Forecast
from sushui.projects.services.permits.overruns import raise_what_is_late

__all__ = ["keep_reading", "read_permits_due", "read_plan", "read_plans", "settled"]

log = structlog.get_logger(__name__)
BATCH = 200
READ = ("start_on", "is_not_before", "is_reached", "read_on", "read_at")
KEPT = ("state", "due_on", "is_over", "good_until", "forecast_on", "slack_days", "is_critical")


def read_plan(plan: PermitPlan, steps: Sequence[PermitStep]) -> Forecast:
    """Where the steps stand today, and when construction can begin.

    Raises:
        DomainError: what cannot be so.
    """
    calendar = kept("projects.permit_calendar", working_calendar)
    return forecast(plan, steps, plan.project.started_on, clock.today(), calendar)


def keep_reading(plan: PermitPlan, steps: Sequence[PermitStep], found: Forecast) -> None:
    """Write down beside the facts how they were read; versions stay, so that nobody's typing grows stale."""
    _write([plan], _carried(plan, steps, found))


def _carried(plan: PermitPlan, steps: Sequence[PermitStep], found: Forecast) -> list[PermitStep]:
    """Carry a reading over to the rows; gives the steps that changed."""
    plan.start_on, plan.is_not_before, plan.is_reached = found.goal_on, found.is_not_before, found.is_reached
    return [step for step in steps if _take_over(step, found)]


def _write(plans: Sequence[PermitPlan], steps: Sequence[PermitStep]) -> None:
    """Two statements for each few hundred rows: the rows are there, so that every insert becomes an update."""
    for plan in plans:
        plan.read_on, plan.read_at = clock.today(), clock.now()
    PermitStep.objects.bulk_create(steps, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=KEPT)
    PermitPlan.objects.bulk_create(plans, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=READ)


def _take_over(step: PermitStep, found: Forecast) -> bool:
    """Carry a reading over to the row; whether anything changed."""
    before = [getattr(step, name) for name in KEPT]
    reading = found.steps[step.key]
    step.state, step.due_on, step.is_over = reading.state, reading.due_on, reading.is_over
    step.good_until = reading.expires_on
    step.forecast_on = None if found.is_vague(step.key) else reading.earliest_finish
    step.slack_days, step.is_critical = reading.slack_days, step.key in found.critical_path
    return before != [getattr(step, name) for name in KEPT]


def read_permits_due() -> int:
    """Read what the passing of days or a change in the ledger may have moved, and make tasks of what is over.

    Safe to run at any time and by several workers; gives how many projects were read.
    """
    numbers = list(plans_to_read(clock.today()).order_by("pk").values_list("pk", flat=True))
    read = read_plans(numbers)
    raise_what_is_late()
    return read


def read_plans(numbers: Iterable[int]) -> int:
    """Read these plans anew; each batch in a transaction of its own."""
    wanted = list(numbers)
    return sum(_read_batch(wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH))


@transaction.atomic
def _read_batch(numbers: Sequence[int]) -> int:
    held = PermitPlan.objects.filter(pk__in=numbers).order_by("pk").select_for_update(of=("self",))
    list(held.values_list("pk", flat=True))
    plans = plans_with_facts(numbers)
    with batch():
        steps = [step for plan in plans for step in _read_or_log(plan)]
    _write(plans, steps)
    return len(plans)


def _read_or_log(plan: PermitPlan) -> list[PermitStep]:
    """The steps that changed. A plan that cannot be read holds up no other; its page says why."""
    steps = list(plan.steps.all())
    try:
        return _carried(plan, steps, read_plan(plan, steps))
    except DomainError as refusal:
        log.warning("projects.permits_unread", plan=plan.pk, code=refusal.code)
        return []


def settled(plan: PermitPlan) -> Forecast:
    """Read one plan anew after an act; gives the reading."""
    steps = permit_steps_of(plan)
    found = read_plan(plan, steps)
    keep_reading(plan, steps, found)
    return found
