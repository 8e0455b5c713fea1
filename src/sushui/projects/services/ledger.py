"""Registering and editing projects, moving them through their life."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.requirements import require_text
from sushui.kernel.subjects import SubjectFacts, keep_subjects
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import GateVerb, ProjectStage, ProjectVerb
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.models import Project, ProjectFunding, StageChange
from sushui.projects.permissions import may_edit_project, may_keep_ledger
from sushui.projects.queries import PROJECT_SUBJECT, project_for, stage_before_rest
from sushui.projects.rules.days import DayLimits
from sushui.projects.rules.gates import Piece
from sushui.projects.rules.stages import AFTER_COMPLETION, AT_REST, BEFORE_START, may_follow
from sushui.projects.services.asking import NOTHING
from sushui.projects.services.days import day_limits, require_act_day, require_planned_day, require_planned_months
from sushui.projects.services.drafts import DRAFT_FIELDS, Funding, Known, ProjectDraft, checked, odd_codes
from sushui.projects.services.evidence import ask_about_the_way, pass_gates
from sushui.projects.services.gates import enter_gates, require_days
from sushui.projects.services.lighting import light_projects
from sushui.projects.services.steps import locked

BATCH = 500
PLANNED = ("planned_start_month", "planned_completion_month")


@dataclass(frozen=True)
class Registration:
    """A project that is to enter the ledger in a stage that it reached on a day (default: today).

    ``started_on`` and ``completed_on``: when it began and was completed, where the stage is a later one. ``evidence``:
    what shows the stage; what is missing is owed.
    """

    draft: ProjectDraft
    stage: ProjectStage = ProjectStage.PLANNED
    stage_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    evidence: tuple[Piece, ...] = ()


def register_project(
    viewer: Viewer,
    draft: ProjectDraft,
    *,
    stage: ProjectStage = ProjectStage.PLANNED,
    stage_on: date | None = None,
    started_on: date | None = None,
    completed_on: date | None = None,
    evidence: Sequence[Piece] = (),
) -> Project:
    """Enter a project into the ledger; see `register_projects`."""
    wanted = Registration(draft, stage, stage_on, started_on, completed_on, tuple(evidence))
    return register_projects(viewer, [wanted])[0]


@transaction.atomic
def register_by_hand(viewer: Viewer, wanted: Registration, *, confirmed: Collection[ActDoubt] = NOTHING) -> Project:
    """Enter a project that somebody has before them: evidence that is missing on its whole way is asked about and owed.

    Raises:
        DomainError: those of `register_projects`; `QuestionsAskedError` unless confirmed.
    """
    ask_about_the_way(viewer, wanted.stage, wanted.draft.code, wanted.evidence, confirmed)
    return register_projects(viewer, [wanted], is_whole_way=True)[0]


@transaction.atomic
def register_projects(viewer: Viewer, wanted: Sequence[Registration], *, is_whole_way: bool = False) -> list[Project]:
    """Enter projects into the ledger, all or none; a fixed number of statements for each five hundred.

    ``is_whole_way``: evidence is owed for every gate up to the stage, not only for its own.

    Raises:
        DomainError: ``text_missing``, ``code_odd``, ``code_taken``, ``no_such_industry``, ``elsewhere``,
            ``amount_below_zero``, ``amount_too_large``, ``day_in_future``, ``at_rest_from_the_start``, those of
            `gates.require_days` and `days.require_planned_months`; ``place`` in ``params`` is the place of the refused
            one among those wanted, from 0.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    known, limits = Known(viewer), day_limits(viewer.division_id)
    projects = [_new_project(viewer, known, limits, place, each) for place, each in enumerate(wanted)]
    Project.objects.bulk_create(projects, BATCH)
    _keep_subjects(projects)
    _write_funding([(project, each.draft.funding) for project, each in zip(projects, wanted, strict=True)])
    _note_stages(viewer, [(project, None, project.stage_on, "") for project in projects])
    drafts = [each.draft for each in wanted]
    record_acts(
        viewer,
        ProjectVerb.REGISTER,
        [(row, {}, _registered(row, draft), "") for row, draft in zip(projects, drafts, strict=True)],
    )
    entered = [(project, each.evidence) for project, each in zip(projects, wanted, strict=True)]
    enter_gates(viewer, entered, is_whole_way=is_whole_way)
    numbers = [project.pk for project in projects]
    for start in range(0, len(numbers), BATCH):
        light_projects(numbers[start : start + BATCH])
    lit = Project.objects.in_bulk(numbers)
    return [lit[number] for number in numbers]


def _new_project(viewer: Viewer, known: Known, limits: DayLimits, place: int, wanted: Registration) -> Project:
    try:
        day = wanted.stage_on or clock.today()
        _refuse_at_rest(wanted.stage)
        require_days(wanted.stage, day, wanted.started_on, wanted.completed_on, limits=limits)
        values = checked(known, wanted.draft)
        require_planned_months(values["planned_start_month"], values["planned_completion_month"], limits)
        known.take(values["code"], values["name"])
    except DomainError as refusal:
        refusal.params["place"] = place
        raise
    project = Project(division_id=viewer.division_id, stage=wanted.stage, stage_on=day, **values)
    project.first_start_month = project.planned_start_month
    project.started_on, project.completed_on = wanted.started_on, wanted.completed_on
    _date_stage(project, wanted.stage, day)
    return project


def _registered(project: Project, draft: ProjectDraft) -> dict[str, Any]:
    """What the audit line says of a new project."""
    said = {name: value for name in DRAFT_FIELDS if (value := getattr(project, name)) not in (None, "")}
    return {**said, "stage": project.stage, **_confirmed(draft)}


@transaction.atomic
def edit_project(viewer: Viewer, project: Project, draft: ProjectDraft, *, seen_version: int | None = None) -> Project:
    """Let the ledger say something else of a project; the planned start moves by `postpone_start` once it is set.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        DomainError: as `register_projects`; ``start_is_postponed``.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    known = Known(viewer)
    values = checked(known, draft)
    if values["code"] != row.code:
        known.take(values["code"], values["name"])
    _refuse_silent_postponement(row, values["planned_start_month"])
    if any(values[name] != getattr(row, name) for name in PLANNED):
        begins, ends = (values[name] for name in PLANNED)
        require_planned_months(begins, ends, day_limits(row.division_id))
    before = {name: getattr(row, name) for name in DRAFT_FIELDS if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    row.first_start_month = row.first_start_month or row.planned_start_month
    save_changes(row, *values, "first_start_month")
    _keep_subjects([row])
    funding = _keep_funding(row, draft.funding)
    after = {name: values[name] for name in before} | funding | _confirmed(draft)
    record_act(viewer, ProjectVerb.EDIT, row, before=before, after=after)
    light_projects([row.pk])
    return project_for(viewer, row.pk)


@transaction.atomic
def move_project(
    viewer: Viewer,
    project: Project,
    *,
    stage: ProjectStage,
    on: date,
    note: str = "",
    review_on: date | None = None,
    evidence: Sequence[Piece] = (),
    is_owed: bool = False,
    confirmed: Collection[ActDoubt] = NOTHING,
    seen_version: int | None = None,
) -> Project:
    """Note that a project reached a stage on a day; suspension wants its reason and a day of review, the end a reason.

    The gate of the stage opens on ``evidence``, recorded here or before, or on a waiver; gates on the way whose
    evidence is missing are asked about and owed. ``is_owed``: what is missing is owed instead of refused, as where a
    county's own list is read in (docs/decisions/0016-evidence-owed.md).

    Raises:
        DomainError: ``wrong_stage``, ``before_start``, ``day_in_future``, ``day_too_early``, ``text_missing``,
            ``review_day_missing``, ``evidence_missing``, ``permit_after_start``, those of `evidence.pass_gates`.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    limits = day_limits(row.division_id)
    _refuse_stage(row, stage)
    require_act_day(on, limits)
    _refuse_before_start(row, stage, on)
    if stage in {ProjectStage.SUSPENDED, ProjectStage.TERMINATED}:
        note = require_text(note, "Reason")
    if stage is ProjectStage.SUSPENDED and (review_on is None or review_on <= clock.today()):
        raise DomainError(
            "review_day_missing",
            _("A suspended project needs a day on which it is looked at again."),
            _("Give a day after today."),
        )
    if review_on is not None:
        require_planned_day(review_on, limits)
    passed, odd = pass_gates(viewer, row, stage, evidence, on=on, is_owed=is_owed, confirmed=confirmed)
    before = {"stage": row.stage, "started_on": row.started_on, "completed_on": row.completed_on}
    was, row.stage, row.stage_on, row.stage_note = row.stage, stage, on, note
    row.review_on = review_on if stage is ProjectStage.SUSPENDED else None
    _date_stage(row, stage, on)
    save_changes(row, "stage", "stage_on", "stage_note", "review_on", "started_on", "completed_on")
    _note_stages(viewer, [(row, was, on, note)])
    after = {name: getattr(row, name) for name in before} | ({"gate": passed} if passed else {})
    after |= {"confirmed": odd} if odd else {}
    record_act(viewer, ProjectVerb.MOVE, row, before=before, after={**after, "on": on}, note=note)
    light_projects([row.pk])
    return project_for(viewer, row.pk)


@transaction.atomic
def correct_days(
    viewer: Viewer,
    project: Project,
    *,
    started_on: date | None,
    completed_on: date | None,
    reason: str,
    seen_version: int | None = None,
) -> Project:
    """Say on which days construction began and was completed, where nobody has or they were noted wrongly.

    Raises:
        DomainError: ``text_missing``, those of `gates.require_days`.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    require_days(stage_before_rest(row), clock.today(), started_on, completed_on, limits=day_limits(row.division_id))
    before = {"started_on": row.started_on, "completed_on": row.completed_on}
    row.started_on, row.completed_on = started_on, completed_on
    save_changes(row, "started_on", "completed_on")
    after = {name: getattr(row, name) for name in before}
    note = require_text(reason, "Reason")
    record_act(viewer, GateVerb.CORRECT_DAYS, row, before=before, after=after, note=note)
    light_projects([row.pk])
    return project_for(viewer, row.pk)


@transaction.atomic
def postpone_start(
    viewer: Viewer, project: Project, *, month: date, reason: str, seen_version: int | None = None
) -> Project:
    """Move the planned start to a later month for a good reason; the month first planned stays visible.

    Raises:
        DomainError: ``text_missing``, ``already_started``, ``not_later``, those of `days.require_planned_months`.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    if row.started_on is not None:
        raise DomainError("already_started", _("The project has started."), _("Correct its stage if that is wrong."))
    if row.planned_start_month is not None and month_of(month) <= row.planned_start_month:
        raise DomainError(
            "not_later",
            _("%(month)s is not later than the planned start."),
            _("Give a later month, or edit the project if the plan was typed wrongly."),
            month=f"{month:%Y-%m}",
        )
    require_planned_months(month_of(month), row.planned_completion_month, day_limits(row.division_id))
    before = {"planned_start_month": row.planned_start_month}
    row.planned_start_month = month_of(month)
    row.first_start_month = row.first_start_month or row.planned_start_month
    save_changes(row, "planned_start_month", "first_start_month")
    after = {"planned_start_month": row.planned_start_month}
    record_act(viewer, ProjectVerb.POSTPONE, row, before=before, after=after, note=require_text(reason, "Reason"))
    light_projects([row.pk])
    return project_for(viewer, row.pk)


# --- refusals --------------------------------------------------------------------------------------------------------
def _refuse_silent_postponement(row: Project, month: date | None) -> None:
    planned = row.planned_start_month
    if planned is not None and planned < clock.today() and (month is None or month > planned) and not row.started_on:
        raise DomainError(
            "start_is_postponed",
            _("The planned start has come: it is moved by a postponement with its reason."),
            _("Leave the planned start as it is, and postpone it on the project's page."),
        )


def _refuse_at_rest(stage: ProjectStage) -> None:
    if stage in AT_REST:
        raise DomainError(
            "at_rest_from_the_start",
            _("A project is not entered as “%(stage)s”: its reason and the day of review would be missing."),
            _("Enter it in the stage before, then suspend or end it on its page."),
            stage=label_of(stage),
        )


def _refuse_stage(row: Project, stage: ProjectStage) -> None:
    if not may_follow(stage, row.stage):
        raise DomainError(
            "wrong_stage",
            _("A project that is “%(stage)s” cannot become “%(wanted)s”."),
            _("Open the project again to see what can follow."),
            stage=label_of(row.stage),
            wanted=label_of(stage),
        )


# --- keeping ---------------------------------------------------------------------------------------------------------
def _date_stage(row: Project, stage: ProjectStage, on: date) -> None:
    """The dated facts that a stage is: a start that is taken back has no day any more.

    A stage that was skipped has no day either: nobody has said on which it was.
    """
    if stage in AT_REST:
        return
    if stage in BEFORE_START:
        row.started_on = None
    if stage not in AFTER_COMPLETION:
        row.completed_on = None
    if stage is ProjectStage.UNDER_CONSTRUCTION:
        row.started_on = row.started_on or on
    if stage is ProjectStage.COMPLETED:
        row.completed_on = row.completed_on or on


def _refuse_before_start(row: Project, stage: ProjectStage, on: date) -> None:
    if row.started_on is not None and on < row.started_on and stage in {*AFTER_COMPLETION, *AT_REST}:
        raise DomainError(
            "before_start",
            _("%(day)s lies before the start of construction on %(start)s."),
            _("Give the day on which the stage was reached."),
            day=on.isoformat(),
            start=row.started_on.isoformat(),
        )


def _note_stages(viewer: Viewer, moved: Sequence[tuple[Project, ProjectStage | None, date, str]]) -> None:
    """Write down where projects were, on which day they moved and why."""
    moment = clock.now()
    StageChange.objects.bulk_create(
        [
            StageChange(
                project=row,
                division_id=row.division_id,
                before=was or "",
                after=row.stage,
                on=on,
                at=moment,
                post_id=viewer.post_id,
                note=note,
            )
            for row, was, on, note in moved
        ],
        BATCH,
    )


def _keep_subjects(projects: Sequence[Project]) -> None:
    """The rows by which the rooms below know the projects."""
    subjects = keep_subjects(PROJECT_SUBJECT, [(project, _facts(project)) for project in projects])
    new = [project for project, subject in zip(projects, subjects, strict=True) if project.subject_id != subject.pk]
    for project, subject in zip(projects, subjects, strict=True):
        project.subject = subject
    Project.objects.bulk_update(new, ["subject"], BATCH)


def _facts(project: Project) -> SubjectFacts:
    return SubjectFacts(
        label=project.name,
        url=f"/projects/{project.pk}/",
        division_id=project.division_id,
        agency_id=project.agency_id,
        search_text=" ".join([project.code, project.owner_name, project.owner_code, project.place_text]),
    )


def _keep_funding(project: Project, funding: Funding) -> dict[str, Any]:
    """Replace the planned money by source; what the audit line says of it when it changed."""
    before = {(row.year, row.source): row.amount for row in project.funding.all()}
    if before == dict(funding):
        return {}
    project.funding.all().delete()
    _write_funding([(project, funding)])
    return {"funding": {f"{year} {source}": amount for (year, source), amount in funding.items()}}


def _write_funding(given: Sequence[tuple[Project, Funding]]) -> None:
    rows = [
        ProjectFunding(project=project, year=year, source=source, amount=amount)
        for project, funding in given
        for (year, source), amount in funding.items()
    ]
    ProjectFunding.objects.bulk_create(rows, BATCH)


def _confirmed(draft: ProjectDraft) -> dict[str, Any]:
    odd = sorted(odd_codes(draft.code, draft.owner_code))
    return {"confirmed": odd} if odd else {}
