"""What is left of the permits of many projects, for whoever plans with them: open steps, their order and length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import structlog

from sushui.kernel.batches import batch
from sushui.kernel.errors import DomainError
from sushui.projects.adapter.permits import laws_of
from sushui.projects.enums.permits import PermitKind, PermitState, PermitUnknown
from sushui.projects.models import PermitPlan, PermitStep
from sushui.projects.queries.permits import plans_with_facts
from sushui.projects.rules.permits import OPEN_STATES, Forecast, StepLaw
from sushui.projects.services.permits.reading import read_plan

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class OpenStep:
    """A step that is not granted. ``requires``: the open steps before it. ``agency_id``: who holds it; none: the unit.

    ``from_on`` and ``until_on`` are the forecast's days. ``has_end``: somebody says how long it takes; where nobody
    does, ``until_on`` says nothing, unless the clock ``is_stopped`` (its end if it went on today) or its limit
    ``is_over`` (that day, which has passed). ``is_begun``: it lies with its agency. ``is_moment``: a day that is
    reached.
    """

    key: str
    name: str
    english: str
    requires: tuple[str, ...]
    agency_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    has_end: bool = False
    is_begun: bool = False
    is_moment: bool = False
    is_stopped: bool = False
    is_over: bool = False


@dataclass(frozen=True)
class PermitOutlook:
    """A project's path as it stands: its circumstances and its open steps up to, without, the start of construction."""

    flags: frozenset[str]
    steps: tuple[OpenStep, ...]


def permit_outlooks(project_ids: Iterable[int]) -> dict[int, PermitOutlook]:
    """Of those projects that have a path, what is left of it; as many queries for many as for one.

    A path that cannot be read is left out: its own page says why.
    """
    numbers = list(project_ids)
    plans = plans_with_facts(PermitPlan.objects.filter(project_id__in=numbers).values_list("pk", flat=True))
    with batch():
        found = {plan.project_id: _outlook(plan) for plan in plans}
    return {number: outlook for number, outlook in found.items() if outlook is not None}


def _outlook(plan: PermitPlan) -> PermitOutlook | None:
    steps = {step.key: step for step in plan.steps.all()}
    try:
        laws, found = laws_of(plan), read_plan(plan, list(steps.values()))
    except DomainError as refusal:
        log.warning("projects.permits_unread", plan=plan.pk, code=refusal.code)
        return None
    wanted = _before(found.goal, laws)
    is_open = {key for key in wanted if found.steps[key].state is not PermitState.DONE}
    left = [_open_step(steps[key], laws[key], found, is_open) for key in laws if key in is_open]
    return PermitOutlook(frozenset(plan.flags), tuple(left))


def _before(goal: str, laws: Mapping[str, StepLaw]) -> set[str]:
    """The steps that come before one, near or far; what follows it (acceptance, cadastre) is another matter."""
    found: set[str] = set()
    front = [goal]
    while front:
        front = [each.key for key in front for each in laws[key].requires if each.key not in found]
        found.update(front)
    return found


def _open_step(step: PermitStep, law: StepLaw, found: Forecast, is_open: set[str]) -> OpenStep:
    reading = found.steps[step.key]
    return OpenStep(
        key=step.key,
        name=law.said.name,
        english=law.said.english,
        requires=tuple(each.key for each in law.requires if each.key in is_open),
        agency_id=step.agency_id,
        from_on=reading.earliest_start,
        until_on=reading.earliest_finish,
        has_end=reading.unknown is None,
        is_begun=reading.state in OPEN_STATES,
        is_moment=law.kind is PermitKind.MILESTONE,
        is_stopped=reading.unknown is PermitUnknown.STOPPED,
        is_over=reading.unknown is PermitUnknown.OVER,
    )
