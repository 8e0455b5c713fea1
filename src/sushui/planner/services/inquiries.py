"""Asking why a run's plan is as it is, and the worker's side of it. What has been answered stands, whoever dies.

An inquiry is a job that may be begun more than once; each answer is written down as it is found, and an inquiry that
has ended is never changed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, jobs
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.versions import save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.planner import queries
from sushui.planner.adapter import Explainer, Hold, Question, engine_explainer
from sushui.planner.enums import ActivityKind, InquiryKind, InquiryState, PlannerVerb, PlanStatus
from sushui.planner.models import Inquiry, Run
from sushui.planner.permissions import may_keep_planned
from sushui.planner.rules.holds import Held, held
from sushui.planner.rules.pictures import placed_by_project
from sushui.planner.rules.weeks import Weeks

log = structlog.get_logger(__name__)
GIVEN_UP = msg("It was begun several times and never ended: it is too large for this machine.")
JOB = "planner.inquire"
SILENT = timedelta(minutes=3)  # a single question may take long
MOST_TURNS = 3
SECONDS = {
    InquiryKind.LEFT_OUT: 120,
    InquiryKind.CONFLICT: 60,
    InquiryKind.WORTH: 120,
    InquiryKind.BOTTLENECKS: 120,
    InquiryKind.RISKS: 60,
}


@transaction.atomic
def inquire(viewer: Viewer, run: Run, kind: InquiryKind, *, about: str = "") -> Inquiry:
    """Ask something of a run that has ended; what was asked before is given back as it stands.

    Raises:
        DomainError: ``run_open``, ``no_plan``, ``has_a_plan``, ``not_left_out``, ``no_bottleneck``.
    """
    if not may_keep_planned(viewer, run):
        raise Forbidden
    _refuse_senseless(run, kind, about)
    facts = _facts(viewer, run) if kind is InquiryKind.BOTTLENECKS else {}
    if kind is InquiryKind.BOTTLENECKS and not facts["holds"]:
        raise DomainError(
            "no_bottleneck",
            _("No open bottleneck holds up what the plan has still to begin."),
            _("Enter bottlenecks on the pages of the projects."),
        )
    made = _asked(run, kind, about, facts)
    record_act(viewer, PlannerVerb.INQUIRE, run.scenario, after={"kind": kind, "subject": str(run.number)})
    return made


def inquire_of_ended(run: Run) -> None:
    """What is asked of every run once it has ended: why projects are left out, or why it has no plan."""
    if run.status is PlanStatus.INFEASIBLE:
        _asked(run, InquiryKind.CONFLICT)
    elif run.plan is not None:
        if left_out(run):
            _asked(run, InquiryKind.LEFT_OUT)
        if run.replans_id is not None:
            _asked(run, InquiryKind.RISKS)


def left_out(run: Run) -> list[str]:
    """The projects that the plan leaves out, the higher ranks first."""
    inside = {row[0] for row in run.plan or []}
    keys = [project["key"] for project in run.problem.get("projects", ()) if project["key"] not in inside]
    rank = {key: place for place, key in enumerate(run.facts.get("ranked", []))}
    return sorted(keys, key=lambda key: rank.get(key, len(rank)))


def _asked(run: Run, kind: InquiryKind, about: str = "", facts: dict[str, Any] | None = None) -> Inquiry:
    """The inquiry, left to the worker if it is a new one."""
    made, is_new = Inquiry.objects.get_or_create(
        run=run,
        kind=kind,
        about=about,
        defaults={"division_id": run.division_id, "seconds": SECONDS[kind], "facts": facts or {}},
    )
    if is_new:
        jobs.enqueue(JOB, inquiry_id=made.pk)
    return made


def _refuse_senseless(run: Run, kind: InquiryKind, about: str) -> None:
    if not run.is_final:
        raise DomainError("run_open", _("The plan is still being looked for."), _("Wait for its end, or stop it."))
    if kind is InquiryKind.CONFLICT:
        if run.plan is not None:
            raise DomainError("has_a_plan", _("The run has a plan: nothing contradicts."), _("Look at the plan."))
        return
    if run.plan is None:
        raise DomainError("no_plan", _("The run has found no plan."), _("Change the scenario and ask for a new run."))
    if about and about not in left_out(run):
        raise DomainError("not_left_out", _("The plan does not leave this project out."), _("Look at the plan."))


# --- bottlenecks -----------------------------------------------------------------------------------------------------
def _facts(viewer: Viewer, run: Run) -> dict[str, Any]:
    """The open bottlenecks as they are now: what each holds up, and until when."""
    placed = placed_by_project(run.plan or [])
    rows = queries.open_bottlenecks(viewer, [int(key) for key in placed])
    weeks = Weeks(run.scenario.year, run.scenario.years)
    done = {
        (project["key"], activity["key"])
        for project in run.problem.get("projects", ())
        for activity in project.get("activities", [])
        if "done" in activity
    }
    holds = []
    for row in rows:
        key, now = str(row.project_id), weeks.within(clock.today())
        open_ones = [each for each in placed[key] if (key, each.key) not in done]
        said = Held(row.pk, key, f"{ActivityKind.PERMIT}:{row.step}", weeks.after(row.due_on) if row.due_on else None)
        found = held(said, open_ones, now, weeks.count)
        if found is not None:
            holds.append([str(row.pk), key, found.activity, found.until, found.by])
    return {"holds": holds}


# --- the worker ------------------------------------------------------------------------------------------------------
def carry_inquiry(inquiry_id: int, explainer: Explainer | None = None) -> None:
    """Work out what was asked until its time is over. Idempotent: one that has ended is left alone."""
    inquiry = _taken(inquiry_id)
    if inquiry is None:
        return
    try:
        for key, answer in (explainer or engine_explainer())(_question(inquiry)):
            if not _note(inquiry, key, answer):
                return
    except Exception as failure:
        log.exception("planner.inquiry_failed", inquiry=inquiry_id)
        _end(inquiry, InquiryState.FAILED, why=f"{type(failure).__name__}: {failure}"[:500])
        return
    _end(inquiry, InquiryState.ANSWERED)


def take_up_inquiries() -> int:
    """Give to the worker the inquiries that were left."""
    left = list(queries.inquiries_left(clock.now() - SILENT).values_list("pk", flat=True))
    for inquiry_id in left:
        jobs.enqueue(JOB, inquiry_id=inquiry_id)
    return len(left)


@transaction.atomic
def _taken(inquiry_id: int) -> Inquiry | None:
    """The inquiry, from now on ours; None where there is nothing to do."""
    row = Inquiry.objects.select_for_update(of=("self",)).select_related("run").filter(pk=inquiry_id).first()
    if row is None or row.is_final:
        return None
    is_heard = row.heartbeat_at is not None and row.heartbeat_at > clock.now() - SILENT
    if row.state is InquiryState.RUNNING and is_heard:
        return None
    if row.turns >= MOST_TURNS:
        _end(row, InquiryState.FAILED, why=GIVEN_UP)
        return None
    row.state, row.turns, row.heartbeat_at = InquiryState.RUNNING, row.turns + 1, clock.now()
    row.asked = len(_wanted(row))
    return save_changes(row, "state", "turns", "heartbeat_at", "asked")


def _wanted(inquiry: Inquiry) -> list[str]:
    """Of what there should be an answer, as far as it is known beforehand."""
    run = inquiry.run
    match inquiry.kind:
        case InquiryKind.LEFT_OUT:
            return [inquiry.about] if inquiry.about else left_out(run)
        case InquiryKind.WORTH:
            return [each["key"] for each in (*run.problem.get("factors", []), *run.problem.get("sources", []))]
        case InquiryKind.BOTTLENECKS:
            return [each[0] for each in inquiry.facts["holds"]]
    return []


def _question(inquiry: Inquiry) -> Question:
    """What is still to be answered."""
    run = inquiry.run
    return Question(
        inquiry.kind,
        run.problem,
        run.plan or [],
        run.objective or 0,
        run.bound,
        keys=[key for key in _wanted(inquiry) if key not in inquiry.answers],
        holds=[Hold(*each) for each in inquiry.facts.get("holds", [])],
        seconds=inquiry.seconds,
    )


@transaction.atomic
def _note(inquiry: Inquiry, key: str, answer: dict[str, Any]) -> bool:
    """Write an answer down; whether the inquiry is still ours."""
    row = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if row.is_final or row.turns != inquiry.turns:
        return False
    inquiry.version, inquiry.heartbeat_at = row.version, clock.now()
    inquiry.answers = {**inquiry.answers, key: answer}
    save_changes(inquiry, "answers", "heartbeat_at")
    return True


def _end(inquiry: Inquiry, state: InquiryState, why: str = "") -> None:
    inquiry.state, inquiry.ended_at, inquiry.why = state, clock.now(), why
    save_changes(inquiry, "state", "ended_at", "why")
