"""The room's door to the engine of permit networks: templates and facts go in, plain readings and sentences come out.

The engine knows no project and no calendar; what it says is turned into the values of `rules.permits` here, so that its
types never reach a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from sushui.engines.common import DayCounter
from sushui.engines.network import (
    Catalog,
    DayKind,
    Length,
    Limit,
    Network,
    NetworkError,
    RunsFrom,
    Schedule,
    Step,
    StepFacts,
    StepForecast,
    StopKind,
    StopPeriod,
    Template,
    Unit,
    dump_template,
    load_catalog,
    load_template,
    schedule,
    select,
    slip,
)
from sushui.engines.network import Word as EngineWord
from sushui.projects.adapter.permit_words import refused
from sushui.projects.enums.permits import (
    ClockStart,
    PermitKind,
    PermitPath,
    PermitState,
    PermitStopKind,
    PermitUnit,
    PermitUnknown,
    PermitVariant,
)
from sushui.projects.models import PermitPlan, PermitStep, PermitStop, PermitTemplateVersion
from sushui.projects.rules.permits import Forecast, Moved, Prerequisite, Said, Span, StepLaw, StepReading

_DATA = files("sushui.projects") / "data" / "permits"
_KEPT = 64  # templates and networks in memory: a county has six paths and a few versions of each


# --- paths -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PermitTemplate:
    """A permit path as pages show it: its steps in the order in which they are written, and the words it uses."""

    said: Said
    note: str
    goal: str
    agencies: Mapping[str, Said]
    flags: Mapping[str, Said]
    flag_notes: Mapping[str, str]
    choices: tuple[tuple[str, ...], ...]
    steps: tuple[StepLaw, ...]

    @property
    def laws(self) -> dict[str, StepLaw]:
        return {step.key: step for step in self.steps}


def packaged_text(path: PermitPath, variant: PermitVariant) -> str:
    """Version 0 of a path, whole: as it comes with the package, nothing left to its catalog of steps."""
    return dump_template(_packaged(path, variant))


def checked_text(path: PermitPath, variant: PermitVariant, text: str) -> None:
    """Refuse a text that no project could follow; a circle of prerequisites is shown in the order of its steps.

    Raises:
        DomainError: ``permit_template_refused``, ``permit_circle``, ``permit_other_path``.
    """
    try:
        template = load_template(text, _catalog())
    except NetworkError as error:
        raise refused(error, text) from error
    if (template.path, template.variant) != (path, variant):
        raise refused(None, f"{template.path} · {template.variant}")


def template_of(path: PermitPath, variant: PermitVariant, version: PermitTemplateVersion | None) -> PermitTemplate:
    """A path as it is written in a version (None: the package's)."""
    return _shown(version.pk if version else 0, path, variant, version.text if version else "")


@lru_cache(maxsize=_KEPT)
def _shown(number: int, path: PermitPath, variant: PermitVariant, text: str) -> PermitTemplate:
    template = _loaded(path, variant, text)
    agencies = {word.key: _said(word) for word in template.agencies}
    return PermitTemplate(
        said=Said(template.name, template.msgid),
        note=template.note,
        goal=template.goal,
        agencies=agencies,
        flags={word.key: _said(word) for word in template.flags},
        flag_notes={word.key: word.note for word in template.flags if word.note},
        choices=template.choices,
        steps=tuple(_law(step, agencies) for step in template.steps),
    )


@lru_cache(maxsize=1)
def _catalog() -> Catalog:
    return load_catalog((_DATA / "steps.yaml").read_text(encoding="utf-8"))


@lru_cache(maxsize=_KEPT)
def _packaged(path: PermitPath, variant: PermitVariant) -> Template:
    return load_template((_DATA / f"{path}_{variant}.yaml").read_text(encoding="utf-8"), _catalog())


@lru_cache(maxsize=_KEPT)
def _loaded(path: PermitPath, variant: PermitVariant, text: str) -> Template:
    return load_template(text, _catalog()) if text else _packaged(path, variant)


@lru_cache(maxsize=_KEPT * 16)
def _network(path: PermitPath, variant: PermitVariant, text: str, flags: frozenset[str]) -> Network:
    try:
        return select(_loaded(path, variant, text), flags)
    except NetworkError as error:
        raise refused(error) from error


def with_length(
    path: PermitPath, variant: PermitVariant, text: str, key: str, *, limit: Limited | None, promised: Span | None
) -> str:
    """The text of a path in which a step's limit or promised length says something else; None leaves it as it is."""
    template = _loaded(path, variant, text)
    changed = [_with(step, limit, promised) if step.key == key else step for step in template.steps]
    return dump_template(replace(template, steps=tuple(changed)))


@dataclass(frozen=True)
class Limited:
    """A limit that an office states: how long, from what on, and who says so."""

    span: Span
    runs_from: ClockStart
    source: str


def _with(step: Step, limit: Limited | None, promised: Span | None) -> Step:
    if limit is not None:
        length = _length(limit.span)
        step = replace(step, limit=Limit(length, limit.source, RunsFrom(limit.runs_from.value)))
    return replace(step, promised=_length(promised)) if promised is not None else step


# --- one project -----------------------------------------------------------------------------------------------------
def laws_of(plan: PermitPlan) -> dict[str, StepLaw]:
    """What the path of a project says of each step that applies to it, in order; prerequisites as they are for it."""
    network, template = _network_of(plan), template_of(plan.path, plan.variant, plan.template)
    return {step.key: _law(step, template.agencies) for step in network.steps}


def steps_of(
    path: PermitPath, variant: PermitVariant, version: PermitTemplateVersion | None, flags: Iterable[str]
) -> list[StepLaw]:
    """The steps that apply under these circumstances, each after its prerequisites.

    Raises:
        DomainError: ``permit_choose_one``, ``permit_unknown_flag``, ``permit_goal_dropped``.
    """
    network = _network(path, variant, version.text if version else "", frozenset(flags))
    agencies = template_of(path, variant, version).agencies
    return [_law(step, agencies) for step in network.steps]


def forecast(
    plan: PermitPlan, steps: Iterable[PermitStep], started_on: date | None, on: date, days: DayCounter
) -> Forecast:
    """Where every step of a project stands on a day; ``steps`` with their ``stops`` at hand.

    Raises:
        DomainError: what the engine refuses of the facts, in words.
    """
    network = _network_of(plan)
    try:
        found = schedule(network, _facts(network, steps, started_on), on, days)
    except NetworkError as error:
        raise refused(error) from error
    return _forecast(found)


def moved_by_slip(
    plan: PermitPlan,
    steps: Iterable[PermitStep],
    started_on: date | None,
    on: date,
    days: DayCounter,
    *,
    key: str,
    by_days: int,
) -> tuple[list[Moved], Moved | None]:
    """What moves if a step ends so many working days later, and how far the start of construction does.

    Raises:
        DomainError: ``permit_no_slip`` and what `forecast` raises.
    """
    network = _network_of(plan)
    try:
        found = slip(network, _facts(network, steps, started_on), on, days, key, by_days)
    except NetworkError as error:
        raise refused(error) from error
    moves = [Moved(move.key, move.from_on, move.to_on, move.days) for move in found.moves]
    goal = found.goal
    return moves, Moved(goal.key, goal.from_on, goal.to_on, goal.days) if goal else None


def _network_of(plan: PermitPlan) -> Network:
    text = plan.template.text if plan.template else ""
    return _network(plan.path, plan.variant, text, frozenset(plan.flags))


def _facts(network: Network, steps: Iterable[PermitStep], started_on: date | None) -> dict[str, StepFacts]:
    """Facts by step; the day on which construction began is the ledger's to say, not the plan's."""
    facts = {step.key: _step_facts(step) for step in steps}
    facts.pop(network.goal, None)
    if started_on is not None:
        facts[network.goal] = StepFacts(granted_on=started_on)
    return facts


def _step_facts(step: PermitStep) -> StepFacts:
    return StepFacts(
        filed_on=step.filed_on,
        accepted_on=step.accepted_on,
        stops=tuple(_stop(each) for each in step.stops.all()) if step.filed_on or step.accepted_on else (),
        extended=step.extended,
        granted_on=step.granted_on,
        number=step.number,
        expires_on=step.expires_on,
        planned_days=step.planned_days,
    )


def _stop(stop: PermitStop) -> StopPeriod:
    return StopPeriod(StopKind(stop.kind.value), stop.from_on, stop.until_on)


# --- the engine's values as the room's -------------------------------------------------------------------------------
def _said(word: EngineWord) -> Said:
    return Said(word.name, word.msgid)


def _span(length: Length | None) -> Span | None:
    if length is None:
        return None
    if length.unit is Unit.MONTH:
        return Span(length.count, PermitUnit.MONTH)
    return Span(length.count, PermitUnit.WORKING_DAY if length.is_working else PermitUnit.CALENDAR_DAY)


def _length(span: Span) -> Length:
    if span.unit is PermitUnit.MONTH:
        return Length(span.count, Unit.MONTH, DayKind.CALENDAR)
    kind = DayKind.WORKING if span.unit is PermitUnit.WORKING_DAY else DayKind.CALENDAR
    return Length(span.count, day_kind=kind)


def _law(step: Step, agencies: Mapping[str, Said]) -> StepLaw:
    limit, minimum, validity = step.limit, step.minimum, step.validity
    stated: dict[str, Any] = {
        "limit": _span(limit.length) if limit else None,
        "limit_from": ClockStart(limit.runs_from.value) if limit else None,
        "prolongable": _span(limit.extension) if limit else None,
        "minimum": _span(minimum.length) if minimum else None,
        "validity": _span(validity.length) if validity else None,
        "extension": _span(validity.extension) if validity else None,
    }
    sources = {"limit_source": limit, "minimum_source": minimum, "validity_source": validity}
    stated |= {name: found.source for name, found in sources.items() if found is not None}
    return StepLaw(
        key=step.key,
        said=Said(step.name, step.msgid),
        agency_kind=step.agency,
        agency=agencies[step.agency],
        kind=PermitKind(step.kind.value),
        promised=_span(step.promised),
        extensions=validity.extensions if validity else 0,
        stops={PermitStopKind(stop.kind.value): stop.source for stop in step.stops},
        documents=step.documents,
        documents_source=step.documents_source,
        basis=step.basis,
        note=step.note,
        requires=tuple(Prerequisite(each.key, each.source, each.through) for each in step.requires),
        **stated,
    )


def _forecast(found: Schedule) -> Forecast:
    return Forecast(
        on=found.on,
        goal=found.goal,
        goal_on=found.goal_on,
        is_reached=found.is_reached,
        is_not_before=found.is_not_before,
        is_provisional=found.is_provisional,
        unknown=found.unknown,
        critical_path=found.critical_path,
        undecided=found.undecided,
        steps={key: _reading(step) for key, step in found.steps.items()},
    )


def _reading(step: StepForecast) -> StepReading:
    standing = step.standing
    return StepReading(
        key=step.key,
        state=PermitState(standing.state.value),
        waiting_for=standing.waiting_for,
        clock_from_on=standing.clock_from_on,
        is_deemed_accepted=standing.is_deemed_accepted,
        due_on=standing.due_on,
        promised_on=standing.promised_on,
        days_left=standing.days_left,
        is_over=standing.is_over,
        stopped_on=standing.stopped_on,
        answer_by=standing.answer_by,
        expires_on=standing.expires_on,
        renew_by=standing.renew_by,
        earliest_start=step.earliest_start,
        earliest_finish=step.earliest_finish,
        latest_finish=step.latest_finish,
        slack_days=step.slack_days,
        unknown=PermitUnknown(step.unknown.value) if step.unknown else None,
        is_not_before=step.is_not_before,
        is_provisional=step.is_provisional,
        expires_too_early=step.expires_too_early,
    )
