"""What happens to one permit step: filed, accepted, sent back, stopped, granted, extended; or taken back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in
from sushui.projects.adapter.permits import laws_of
from sushui.projects.enums.permits import PermitDoubt, PermitKind, PermitState, PermitStopKind, PermitVerb
from sushui.projects.models import PermitPlan, PermitStep, PermitStop
from sushui.projects.permissions import may_file_permit, may_plan_permits, may_record_permit
from sushui.projects.queries.permits import permit_steps_of, same_number
from sushui.projects.rules.permits import Forecast, StepLaw, may_follow, too_early
from sushui.projects.services.days import day_limits, require_act_day
from sushui.projects.services.gates import settle_permit
from sushui.projects.services.permits.reading import read_plan, settled
from sushui.projects.services.steps import name_for

V = PermitVerb
LONGEST_PLAN = 7300
_MOVE_GATES = frozenset({V.GRANT, V.EXTEND, V.TAKE_BACK})
NONE: frozenset[PermitDoubt] = frozenset()
_NOTHING: tuple[object, ...] = (None, "", [])  # what a line need not say


@dataclass(frozen=True)
class _Work:
    """A step that is being worked on: its plan is locked, its reading is of this moment."""

    viewer: Viewer
    plan: PermitPlan
    step: PermitStep
    steps: dict[str, PermitStep]
    found: Forecast
    law: StepLaw

    @property
    def state(self) -> PermitState:
        return self.found.steps[self.step.key].state

    def act_day(self, day: date) -> date:
        return require_act_day(day, day_limits(self.step.division_id))

    def done(self, verb: PermitVerb, fields: Collection[str], *, note: str = "", **said: Any) -> PermitStep:
        """Save, read anew and write the line; gives the step as it stands now."""
        before = self._before(fields)
        save_changes(self.step, *fields)
        after = {name: getattr(self.step, name) for name in fields} | said
        line = {"step": self.step.name, **{name: value for name, value in after.items() if value not in _NOTHING}}
        record_act(self.viewer, verb, self.plan.project, before=before, after=line, note=note)
        settled(self.plan)
        if verb in _MOVE_GATES:
            settle_permit(self.plan.project, self.step.key)
        self.step.refresh_from_db()
        return self.step

    def _before(self, fields: Collection[str]) -> dict[str, Any]:
        stored = PermitStep.objects.filter(pk=self.step.pk).values(*fields).first() if fields else {}
        return {name: value for name, value in (stored or {}).items() if value not in (*_NOTHING, 0)}


def _begin(viewer: Viewer, step: PermitStep, verb: PermitVerb, seen_version: int | None) -> _Work:
    """Hold the plan, and look whether the step can undergo this at all.

    Raises:
        DomainError: ``permit_start_is_the_ledgers``, ``permit_wrong_state``; `StaleRecord`.
    """
    plan = PermitPlan.objects.select_for_update(of=("self",)).select_related("template").get(pk=step.plan_id)
    plan.project = step.project
    steps = {each.key: each for each in permit_steps_of(plan)}
    row = steps[step.key]
    row.project = step.project
    check_version(row, seen_version)
    found = read_plan(plan, list(steps.values()))
    if row.key == found.goal:
        raise DomainError(
            "permit_start_is_the_ledgers",
            _("The start of construction is recorded in the ledger of projects."),
            _("Move the project to the stage “Under construction” on its page."),
        )
    work = _Work(viewer, plan, row, steps, found, laws_of(plan)[row.key])
    if not may_follow(verb, work.state):
        raise DomainError(
            "permit_wrong_state",
            _("“%(step)s” stands at “%(state)s”: this cannot be done to it."),
            _("Open the permits again to see what can be done now."),
            step=row.name,
            state=label_of(work.state),
        )
    return work


# --- the application -------------------------------------------------------------------------------------------------
@transaction.atomic
def file_permit(
    viewer: Viewer,
    step: PermitStep,
    *,
    on: date,
    confirmed: Collection[PermitDoubt] = NONE,
    seen_version: int | None = None,
) -> PermitStep:
    """Record that the application was handed in on a day.

    Raises:
        DomainError: ``permit_before_prerequisites`` unless confirmed, ``day_in_future``, ``permit_wrong_state``.
    """
    if not may_file_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.FILE, seen_version)
    work.step.filed_on = work.act_day(on)
    return work.done(V.FILE, ["filed_on"], odd=_ask_about_order(work, on, confirmed))


@transaction.atomic
def accept_permit(viewer: Viewer, step: PermitStep, *, on: date, seen_version: int | None = None) -> PermitStep:
    """Record that the agency accepted the application on a day; open corrections end with it.

    Raises:
        DomainError: ``permit_before_filed``, ``day_in_future``, ``permit_wrong_state``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.ACCEPT, seen_version)
    work.step.accepted_on = _not_before_filed(work, work.act_day(on))
    _end_stop(work, PermitStopKind.CORRECTIONS, on)
    return work.done(V.ACCEPT, ["accepted_on"])


@transaction.atomic
def send_back_permit(
    viewer: Viewer, step: PermitStep, *, on: date, reason: str, seen_version: int | None = None
) -> PermitStep:
    """Record that the agency asked for corrections, all in one notice (行政许可法, article 32).

    Raises:
        DomainError: ``text_missing``, ``permit_before_filed``, ``day_in_future``, ``permit_wrong_state``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.SEND_BACK, seen_version)
    said = require_text(reason, "What is to be corrected")
    _stop(work, PermitStopKind.CORRECTIONS, on, said)
    return work.done(V.SEND_BACK, [], note=said, from_on=on)


# --- the clock -------------------------------------------------------------------------------------------------------
@transaction.atomic
def stop_permit(
    viewer: Viewer,
    step: PermitStep,
    *,
    kind: PermitStopKind,
    on: date,
    reason: str,
    seen_version: int | None = None,
) -> PermitStep:
    """Record that the clock stands still since a day, for something that the step's law lets it stand still for.

    Raises:
        DomainError: ``permit_no_such_stop``, ``text_missing``, ``permit_before_filed``, ``day_in_future``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.STOP, seen_version)
    if kind not in work.law.stops:
        raise DomainError(
            "permit_no_such_stop",
            _("Nothing says that the clock of “%(step)s” stands still for this: %(kind)s."),
            _("Choose another reason; if a rule says so, write a new version of the permit path."),
            step=work.step.name,
            kind=label_of(kind),
        )
    said = require_text(reason, "Reason")
    _stop(work, kind, on, said)
    return work.done(V.STOP, [], note=said, kind=kind, from_on=on)


@transaction.atomic
def resume_permit(
    viewer: Viewer, step: PermitStep, *, on: date, note: str = "", seen_version: int | None = None
) -> PermitStep:
    """Record the day on which it went on: the corrections were handed in, the experts are done.

    Raises:
        DomainError: ``permit_before_stop``, ``day_in_future``, ``permit_wrong_state``.
    """
    if not may_file_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.RESUME, seen_version)
    kind = _end_stop(work, None, work.act_day(on), note.strip())
    return work.done(V.RESUME, [], note=note.strip(), until_on=on, **({"kind": kind} if kind else {}))


@transaction.atomic
def prolong_permit_limit(
    viewer: Viewer, step: PermitStep, *, by_days: int, reason: str, seen_version: int | None = None
) -> PermitStep:
    """Record by how many days the agency prolonged the limit, as far as the law lets it.

    Raises:
        DomainError: ``permit_extended_too_far``, ``text_missing``, ``permit_wrong_state``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.PROLONG, seen_version)
    work.step.extended = by_days
    at_most = work.law.prolongable.count if work.law.prolongable else 0
    if not 0 <= by_days <= at_most:
        raise DomainError(
            "permit_extended_too_far",
            _("The limit of “%(step)s” can be prolonged by at most %(at_most)s days."),
            _("Give a number up to that; without one in the law the limit stays as it is."),
            step=work.step.name,
            at_most=at_most,
        )
    return work.done(V.PROLONG, ["extended"], note=require_text(reason, "Reason"))


# --- the paper -------------------------------------------------------------------------------------------------------
@transaction.atomic
def grant_permit(
    viewer: Viewer,
    step: PermitStep,
    *,
    on: date,
    number: str = "",
    expires_on: date | None = None,
    confirmed: Collection[PermitDoubt] = NONE,
    seen_version: int | None = None,
) -> PermitStep:
    """Record that it was granted on a day, or granted anew after it had run out; its number, and its last good day.

    Raises:
        DomainError: ``permit_before_filed``, ``day_in_future``, ``permit_expires_before``, ``permit_number_twice``;
            unless confirmed ``permit_before_prerequisites``, ``permit_number_elsewhere`` and ``permit_without_number``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.GRANT, seen_version)
    row = work.step
    row.granted_on = _not_before_filed(work, work.act_day(on))
    if expires_on is not None and expires_on < on:
        raise DomainError(
            "permit_expires_before",
            _("It would be good until %(last)s, before it was granted on %(day)s."),
            _("Correct one of the two days."),
            last=expires_on.isoformat(),
            day=on.isoformat(),
        )
    row.number, row.expires_on = number.strip(), expires_on
    odd = [*_ask_about_order(work, on, confirmed), *_ask_about_number(work, confirmed)]
    odd += _ask_about_no_number(work, confirmed)
    _end_stop(work, None, on, by_grant=True)
    return work.done(V.GRANT, ["granted_on", "number", "expires_on"], odd=odd)


@transaction.atomic
def extend_permit(
    viewer: Viewer, step: PermitStep, *, expires_on: date, reason: str, seen_version: int | None = None
) -> PermitStep:
    """Record that it was extended: good until a later day.

    Raises:
        DomainError: ``permit_not_later``, ``text_missing``, ``permit_wrong_state``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.EXTEND, seen_version)
    until = work.found.steps[work.step.key].expires_on
    if until is not None and expires_on <= until:
        raise DomainError(
            "permit_not_later",
            _("It is good until %(until)s already."),
            _("Give a later day."),
            until=until.isoformat(),
        )
    work.step.expires_on = expires_on
    return work.done(V.EXTEND, ["expires_on"], note=require_text(reason, "Reason"))


@transaction.atomic
def take_back_permit(viewer: Viewer, step: PermitStep, *, reason: str, seen_version: int | None = None) -> PermitStep:
    """Take back the newest of what was recorded: the grant, else an open stop, else acceptance, else the filing.

    What waited until the grant waits again.

    Raises:
        DomainError: ``permit_nothing_recorded``, ``text_missing``.
    """
    if not may_record_permit(viewer, step):
        raise Forbidden
    work = _begin(viewer, step, V.TAKE_BACK, seen_version)
    note, row = require_text(reason, "Reason"), work.step
    if row.granted_on is not None:
        said = _reopen_stop(row)
        row.granted_on, row.number, row.expires_on = None, "", None
        return work.done(V.TAKE_BACK, ["granted_on", "number", "expires_on"], note=note, **said)
    open_stop = _open_stop(row)
    if open_stop is not None:
        open_stop.delete()
        return work.done(V.TAKE_BACK, [], note=note, kind=open_stop.kind, from_on=open_stop.from_on)
    if row.accepted_on is not None:
        row.accepted_on = None
        return work.done(V.TAKE_BACK, ["accepted_on"], note=note)
    if row.filed_on is not None:
        row.filed_on, row.extended = None, 0
        PermitStop.objects.filter(step=row).delete()
        return work.done(V.TAKE_BACK, ["filed_on", "extended"], note=note)
    raise DomainError(
        "permit_nothing_recorded",
        _("Nothing is recorded of “%(step)s”."),
        _("Go back to the permits of the project."),
        step=row.name,
    )


@transaction.atomic
def plan_permit_step(
    viewer: Viewer,
    step: PermitStep,
    *,
    planned_days: int | None,
    agency_id: int | None,
    seen_version: int | None = None,
) -> PermitStep:
    """Say how long a step is expected to take from its beginning, and which agency holds it for this project.

    Raises:
        NotFound: the agency is of another division.
        DomainError: ``permit_planned_out_of_range``.
    """
    if not may_plan_permits(viewer, step.project):
        raise Forbidden
    work = _begin(viewer, step, V.PLAN_STEP, seen_version)
    if planned_days is not None and not 0 <= planned_days <= LONGEST_PLAN:
        raise DomainError(
            "permit_planned_out_of_range",
            _("A step cannot be planned with %(days)s days."),
            _("Give a number from 0 to 7300, or leave it empty."),
            days=planned_days,
        )
    holder = agency_in(viewer, step.division_id, agency_id).pk if agency_id is not None else None
    work.step.planned_days, work.step.agency_id = planned_days, holder
    return work.done(V.PLAN_STEP, ["planned_days", "agency_id"])


# --- what they share -------------------------------------------------------------------------------------------------
def _not_before_filed(work: _Work, day: date) -> date:
    last = max((each for each in (work.step.filed_on, work.step.accepted_on) if each and each != day), default=None)
    if last is not None and day < last:
        raise DomainError(
            "permit_before_filed",
            _("%(day)s lies before the application was filed or accepted on %(last)s."),
            _("Correct the day; take back what was recorded if that is wrong."),
            day=day.isoformat(),
            last=last.isoformat(),
        )
    return day


def _ask_about_order(work: _Work, day: date, confirmed: Collection[PermitDoubt]) -> list[PermitDoubt]:
    """Ask about a day on which what has to come before was not granted yet; what was confirmed stands in the line."""
    met = [(each.key, _met_on(work, each.key)) for each in work.law.requires]
    missing = too_early(day, met)
    if not missing:
        return []
    if PermitDoubt.BEFORE_PREREQUISITES not in confirmed:
        raise DomainError(
            "permit_before_prerequisites",
            _("On %(day)s these were not granted yet: %(missing)s."),
            _("Look at the documents. If it was so, confirm it."),
            day=day.isoformat(),
            missing="、".join(work.steps[key].name for key in missing),
        )
    return [PermitDoubt.BEFORE_PREREQUISITES]


def _met_on(work: _Work, key: str) -> date | None:
    return work.plan.project.started_on if key == work.found.goal else work.steps[key].granted_on


def _ask_about_number(work: _Work, confirmed: Collection[PermitDoubt]) -> list[PermitDoubt]:
    """A number stands at one step of a project; two projects may share a document, which somebody confirms."""
    row = work.step
    others = (each for each in work.steps.values() if each.key != row.key)
    twin = next((each for each in others if row.number and each.number == row.number), None)
    if twin is not None:
        raise DomainError(
            "permit_number_twice",
            _("The number “%(number)s” stands at “%(step)s” of this project already."),
            _("Compare the two documents and correct the number."),
            number=row.number,
            step=twin.name,
        )
    other = same_number(row, row.number)
    if other is None:
        return []
    if PermitDoubt.NUMBER_ELSEWHERE not in confirmed:
        raise DomainError(
            "permit_number_elsewhere",
            _("The number “%(number)s” stands at “%(step)s” of another project: %(project)s."),
            _("Compare the documents. If both projects stand on one document, confirm it."),
            number=row.number,
            step=other.name,
            project=name_for(work.viewer, other.project),
        )
    return [PermitDoubt.NUMBER_ELSEWHERE]


def _ask_about_no_number(work: _Work, confirmed: Collection[PermitDoubt]) -> list[PermitDoubt]:
    """What an agency examined and decided has a number; somebody who has none says so."""
    if work.step.number or work.law.kind is not PermitKind.REVIEW:
        return []
    if PermitDoubt.WITHOUT_NUMBER not in confirmed:
        raise DomainError(
            "permit_without_number",
            _("“%(step)s” is granted by a document, and no number of it is given."),
            _("Give the number that stands on it. If there is none, confirm it."),
            step=work.step.name,
        )
    return [PermitDoubt.WITHOUT_NUMBER]


def _open_stop(step: PermitStep) -> PermitStop | None:
    return next((each for each in step.stops.all() if each.until_on is None), None)


def _stop(work: _Work, kind: PermitStopKind, on: date, reason: str) -> None:
    _not_before_filed(work, work.act_day(on))
    if _open_stop(work.step) is not None:
        raise DomainError(
            "permit_stopped_already",
            _("“%(step)s” waits already."),
            _("Record first that it went on."),
            step=work.step.name,
        )
    PermitStop.objects.create(step=work.step, kind=kind, from_on=on, reason=reason)


def _end_stop(
    work: _Work, kind: PermitStopKind | None, on: date, note: str = "", *, by_grant: bool = False
) -> PermitStopKind | None:
    """End the open stop, of this kind if one is named; gives its kind."""
    found = _open_stop(work.step)
    if found is None or kind not in (None, found.kind):
        return None
    if on < found.from_on:
        raise DomainError(
            "permit_before_stop",
            _("%(day)s lies before it began to wait on %(from_on)s."),
            _("Correct the day."),
            day=on.isoformat(),
            from_on=found.from_on.isoformat(),
        )
    found.until_on, found.ended_reason, found.is_ended_by_grant = on, note, by_grant
    found.save(update_fields=["until_on", "ended_reason", "is_ended_by_grant"])
    return PermitStopKind(found.kind)


def _reopen_stop(row: PermitStep) -> dict[str, Any]:
    """Let what waited until the grant wait again; gives what the line says of it."""
    ended = [each for each in row.stops.all() if each.is_ended_by_grant and each.until_on == row.granted_on]
    if not ended or _open_stop(row) is not None:
        return {}
    found = ended[-1]
    found.until_on, found.is_ended_by_grant = None, False
    found.save(update_fields=["until_on", "is_ended_by_grant"])
    return {"kind": found.kind, "from_on": found.from_on}
