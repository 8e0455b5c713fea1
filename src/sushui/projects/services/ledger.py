"""Registering and editing projects, moving them through their life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.kernel.months import month_of
from sushui.kernel.requirements import require_past, require_text
from sushui.kernel.subjects import keep_subject
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, division_tree
from sushui.projects.enums import CodeFlaw, FundingSource, ProjectLevel, ProjectSector, ProjectStage, ProjectVerb
from sushui.projects.models import Project, ProjectCluster, ProjectFunding, StageChange
from sushui.projects.permissions import may_edit_project, may_keep_ledger
from sushui.projects.queries import PROJECT_SUBJECT, project_for
from sushui.projects.rules.codes import clean_code, credit_code_flaw, project_code_flaw
from sushui.projects.rules.stages import may_follow
from sushui.projects.services.lighting import light_projects
from sushui.projects.services.steps import locked, require_amount

Funding = Mapping[tuple[int, FundingSource], Decimal]


@dataclass(frozen=True)
class ProjectDraft:
    """What the ledger is to say of a project; what nobody has said stays empty.

    ``funding``: planned money in yuan by (year, source), year 0 for the whole project. ``confirmed``: the codes
    (``code``, ``owner_code``) that a person confirmed though something is odd about them.
    """

    name: str
    code: str = ""
    content: str = ""
    owner_name: str = ""
    owner_code: str = ""
    industry_code: str = ""
    cluster_id: int | None = None
    level: ProjectLevel = ProjectLevel.OTHER
    sector: ProjectSector | None = None
    agency_id: int | None = None
    place_id: int | None = None
    place_text: str = ""
    total_investment: Decimal | None = None
    expected_output: Decimal | None = None
    expected_tax: Decimal | None = None
    area_mu: Decimal | None = None
    energy_tce: Decimal | None = None
    jobs: int | None = None
    planned_start_month: date | None = None
    planned_completion_month: date | None = None
    note: str = ""
    funding: Funding = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()


DRAFT_FIELDS = tuple(each.name for each in fields(ProjectDraft) if each.name not in {"funding", "confirmed"})


@transaction.atomic
def register_project(
    viewer: Viewer, draft: ProjectDraft, *, stage: ProjectStage = ProjectStage.PLANNED, stage_on: date | None = None
) -> Project:
    """Enter a project into the ledger in a stage that it reached on a day (default: today).

    Raises:
        DomainError: ``text_missing``, ``code_odd``, ``code_taken``, ``no_such_industry``, ``elsewhere``,
            ``amount_below_zero``, ``amount_too_large``, ``day_in_future``.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    day = require_past(stage_on or clock.today())
    values = _checked(viewer, draft)
    _refuse_taken(viewer.division_id, values["code"], None)
    project = Project(division_id=viewer.division_id, stage=stage, stage_on=day, **values)
    project.first_start_month = project.planned_start_month
    _date_stage(project, stage, day)
    project.save(force_insert=True)
    _keep_subject(project)
    _keep_funding(project, draft.funding)
    _note_stage(viewer, project, None, day, "")
    said = {name: value for name, value in values.items() if value not in (None, "")}
    record_act(viewer, ProjectVerb.REGISTER, project, after={**said, "stage": stage, **_confirmed(draft)})
    light_projects([project.pk])
    project.refresh_from_db()
    return project


@transaction.atomic
def edit_project(viewer: Viewer, project: Project, draft: ProjectDraft, *, seen_version: int | None = None) -> Project:
    """Let the ledger say something else of a project; the planned start moves by `postpone_start` once it is set.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        DomainError: as `register_project`; ``start_is_postponed``.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    values = _checked(viewer, draft)
    _refuse_taken(row.division_id, values["code"], row.pk)
    _refuse_silent_postponement(row, values["planned_start_month"])
    before = {name: getattr(row, name) for name in DRAFT_FIELDS if getattr(row, name) != values[name]}
    for name, value in values.items():
        setattr(row, name, value)
    row.first_start_month = row.first_start_month or row.planned_start_month
    save_changes(row, *values, "first_start_month")
    _keep_subject(row)
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
    seen_version: int | None = None,
) -> Project:
    """Note that a project reached a stage on a day; suspension wants its reason and a day of review, the end a reason.

    Raises:
        DomainError: ``wrong_stage``, ``day_in_future``, ``text_missing``, ``review_day_missing``.
    """
    if not may_edit_project(viewer, project):
        raise Forbidden
    row = locked(project)
    check_version(row, seen_version)
    _refuse_stage(row, stage)
    if stage in {ProjectStage.SUSPENDED, ProjectStage.TERMINATED}:
        note = require_text(note, "Reason")
    if stage is ProjectStage.SUSPENDED and (review_on is None or review_on <= clock.today()):
        raise DomainError(
            "review_day_missing",
            _("A suspended project needs a day on which it is looked at again."),
            _("Give a day after today."),
        )
    before = {"stage": row.stage, "started_on": row.started_on, "completed_on": row.completed_on}
    was, row.stage, row.stage_on, row.stage_note = row.stage, stage, require_past(on), note
    row.review_on = review_on if stage is ProjectStage.SUSPENDED else None
    _date_stage(row, stage, on)
    save_changes(row, "stage", "stage_on", "stage_note", "review_on", "started_on", "completed_on")
    _note_stage(viewer, row, was, on, note)
    after = {name: getattr(row, name) for name in before}
    record_act(viewer, ProjectVerb.MOVE, row, before=before, after={**after, "on": on}, note=note)
    light_projects([row.pk])
    return project_for(viewer, row.pk)


@transaction.atomic
def postpone_start(
    viewer: Viewer, project: Project, *, month: date, reason: str, seen_version: int | None = None
) -> Project:
    """Move the planned start to a later month for a good reason; the month first planned stays visible.

    Raises:
        DomainError: ``text_missing``, ``already_started``, ``not_later``.
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
    before = {"planned_start_month": row.planned_start_month}
    row.planned_start_month = month_of(month)
    row.first_start_month = row.first_start_month or row.planned_start_month
    save_changes(row, "planned_start_month", "first_start_month")
    after = {"planned_start_month": row.planned_start_month}
    record_act(viewer, ProjectVerb.POSTPONE, row, before=before, after=after, note=require_text(reason, "Reason"))
    light_projects([row.pk])
    return project_for(viewer, row.pk)


@transaction.atomic
def keep_clusters(viewer: Viewer, names: Sequence[str]) -> list[ProjectCluster]:
    """The clusters of the viewer's division in this order; names that are new are added, none is taken away."""
    if not may_keep_ledger(viewer):
        raise Forbidden
    known = {each.name: each for each in ProjectCluster.objects.filter(division_id=viewer.division_id)}
    for rank, name in enumerate(names, start=1):
        cluster = known.setdefault(name, ProjectCluster(division_id=viewer.division_id, name=name))
        cluster.rank = rank
        cluster.save()
    record_acts(viewer, ProjectVerb.EDIT, [(known[name], {}, {"name": name}, "") for name in names])
    return [known[name] for name in names]


# --- checks ----------------------------------------------------------------------------------------------------------
def odd_codes(code: str, owner_code: str) -> dict[str, CodeFlaw]:
    """What is odd about the codes, by field; an empty code is not odd."""
    pairs = (("code", code, project_code_flaw), ("owner_code", owner_code, credit_code_flaw))
    found = {name: flaw_of(clean_code(text)) for name, text, flaw_of in pairs if text.strip()}
    return {name: flaw for name, flaw in found.items() if flaw is not None}


def _checked(viewer: Viewer, draft: ProjectDraft) -> dict[str, Any]:
    """The columns of the project as they are to be; refuses what cannot be."""
    values = {name: getattr(draft, name) for name in DRAFT_FIELDS}
    values["name"] = require_text(draft.name, "Name")
    values["code"], values["owner_code"] = clean_code(draft.code), clean_code(draft.owner_code)
    values["sector"] = draft.sector or ""
    for name in ("planned_start_month", "planned_completion_month"):
        values[name] = month_of(values[name]) if values[name] else None
    for name in ("total_investment", "expected_output", "expected_tax", "area_mu", "energy_tce", "jobs"):
        require_amount(values[name])
    _refuse_odd(draft, values)
    _refuse_elsewhere(viewer, draft)
    if draft.industry_code and industry(draft.industry_code) is None:
        raise DomainError(
            "no_such_industry",
            _("GB/T 4754-2017 has no industry %(typed)s."),
            _("Choose one by its code of 2 to 4 digits, such as 3217."),
            typed=draft.industry_code,
        )
    return values


def _refuse_odd(draft: ProjectDraft, values: dict[str, Any]) -> None:
    flaws = odd_codes(draft.code, draft.owner_code)
    for name in ("code", "owner_code"):
        values[f"{name}_flaw"] = flaws.get(name, "")
    for name, flaw in flaws.items():
        if name not in draft.confirmed:
            raise DomainError(
                "code_odd",
                _("Code %(typed)s: %(flaw)s"),
                _("Compare it with the document. If it stands there so, confirm it."),
                typed=values[name],
                flaw=label_of(flaw),
                field=name,
            )


def _refuse_elsewhere(viewer: Viewer, draft: ProjectDraft) -> None:
    """Agency, cluster and place are of the viewer's own division."""
    own = viewer.division_id
    wanted = (
        (draft.agency_id, agencies(viewer).filter(division_id=own)),
        (draft.cluster_id, ProjectCluster.objects.filter(division_id=own)),
    )
    is_elsewhere = draft.place_id and draft.place_id not in {row.division.pk for row in division_tree(viewer)}
    if is_elsewhere or any(number and not rows.filter(pk=number).exists() for number, rows in wanted):
        raise DomainError(
            "elsewhere",
            _("An agency, cluster or place named here is not of this division."),
            _("Choose one of the list."),
        )


def _refuse_taken(division_id: int, code: str, own: int | None) -> None:
    others = Project.objects.filter(division_id=division_id, code=code).exclude(pk=own or 0)
    taken = others.first() if code else None
    if taken is not None:
        raise DomainError(
            "code_taken",
            _("Project code %(typed)s is already that of “%(name)s”."),
            _("Open that project, or correct the code."),
            typed=code,
            name=taken.name,
        )


def _refuse_silent_postponement(row: Project, month: date | None) -> None:
    planned = row.planned_start_month
    if planned is not None and planned < clock.today() and (month is None or month > planned) and not row.started_on:
        raise DomainError(
            "start_is_postponed",
            _("The planned start has come: it is moved by a postponement with its reason."),
            _("Leave the planned start as it is, and postpone it on the project's page."),
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
    """The dated facts that a stage is: a start that is taken back has no day any more."""
    order = list(ProjectStage)
    if stage in {ProjectStage.SUSPENDED, ProjectStage.TERMINATED}:
        return
    begun = order.index(stage) >= order.index(ProjectStage.UNDER_CONSTRUCTION)
    done = order.index(stage) >= order.index(ProjectStage.COMPLETED)
    row.started_on = (row.started_on or on) if begun else None
    row.completed_on = (row.completed_on or on) if done else None


def _note_stage(viewer: Viewer, row: Project, was: ProjectStage | None, on: date, note: str) -> None:
    StageChange.objects.create(
        project=row,
        division_id=row.division_id,
        before=was or "",
        after=row.stage,
        on=on,
        at=clock.now(),
        post_id=viewer.post_id,
        note=note,
    )


def _keep_subject(project: Project) -> None:
    """The row by which the rooms below know the project."""
    subject = keep_subject(
        PROJECT_SUBJECT,
        project,
        label=project.name,
        url=f"/projects/{project.pk}/",
        division_id=project.division_id,
        agency_id=project.agency_id,
        search_text=" ".join([project.code, project.owner_name, project.owner_code, project.place_text]),
    )
    if project.subject_id != subject.pk:
        project.subject = subject
        Project.objects.filter(pk=project.pk).update(subject=subject)


def _keep_funding(project: Project, funding: Funding) -> dict[str, Any]:
    """Replace the planned money by source; what the audit line says of it when it changed."""
    before = {(row.year, row.source): row.amount for row in project.funding.all()}
    if before == dict(funding):
        return {}
    for amount in funding.values():
        require_amount(amount)
    project.funding.all().delete()
    ProjectFunding.objects.bulk_create(
        [
            ProjectFunding(project=project, year=year, source=source, amount=amount)
            for (year, source), amount in funding.items()
        ]
    )
    return {"funding": {f"{year} {source}": amount for (year, source), amount in funding.items()}}


def _confirmed(draft: ProjectDraft) -> dict[str, Any]:
    odd = sorted(odd_codes(draft.code, draft.owner_code))
    return {"confirmed": odd} if odd else {}
