"""Permits of many projects at once, as an office knows them when it begins to keep them here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.audit import record_acts
from sushui.kernel.errors import DomainError, Forbidden, NotFound
from sushui.kernel.viewer import Viewer
from sushui.projects.adapter.permits import steps_of
from sushui.projects.enums.permits import PermitPath, PermitStopKind, PermitVariant, PermitVerb
from sushui.projects.models import PermitPlan, PermitStep, PermitStop, PermitTemplateVersion, Project
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.queries.gates import permits_shown
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.queries.permits import permit_holders, permit_version
from sushui.projects.services.days import day_limits, require_act_day
from sushui.projects.services.gates import settle_permit
from sushui.projects.services.permits.paths import laid_out
from sushui.projects.services.permits.reading import read_plans

BATCH = 500
DAYS = ("filed_on", "accepted_on", "granted_on")


@dataclass(frozen=True)
class KnownStep:
    """What is known of one step; ``stopped_on``: its clock has stood still since then, for ``stopped_for``."""

    filed_on: date | None = None
    accepted_on: date | None = None
    granted_on: date | None = None
    number: str = ""
    planned_days: int | None = None
    stopped_on: date | None = None
    stopped_for: PermitStopKind = PermitStopKind.CORRECTIONS
    reason: str = ""


@dataclass(frozen=True)
class KnownPermits:
    """The path of one project, and what is known of its steps by their key; steps that do not apply are left out."""

    project_id: int
    path: PermitPath
    variant: PermitVariant
    flags: frozenset[str]
    steps: Mapping[str, KnownStep] = field(default_factory=dict)


@transaction.atomic
def bring_in_permits(viewer: Viewer, wanted: Sequence[KnownPermits]) -> int:
    """Give projects without a path their paths with all that is known, all or none; few statements however many.

    Raises:
        NotFound: one of the projects is not the viewer's.
        DomainError: ``permit_path_chosen``, ``day_in_future``, and those of `choose_permit_path`.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    projects = (
        visible_projects(viewer).filter(division_id=viewer.division_id).in_bulk([each.project_id for each in wanted])
    )
    _refuse(wanted, projects, viewer.division_id)
    newest = {
        kind: permit_version(viewer.division_id, *kind) for kind in {(each.path, each.variant) for each in wanted}
    }
    plans = PermitPlan.objects.bulk_create(
        [_plan(each, projects[each.project_id], newest[each.path, each.variant]) for each in wanted], BATCH
    )
    holders = permit_holders(viewer.division_id)
    steps = [step for plan, each in zip(plans, wanted, strict=True) for step in _steps(plan, each, holders)]
    PermitStep.objects.bulk_create(steps, BATCH)
    _stop(steps, {each.project_id: each for each in wanted})
    record_acts(viewer, PermitVerb.CHOOSE_PATH, [(plan.project, {}, _line(plan), "") for plan in plans])
    read = read_plans(plan.pk for plan in plans)
    for project_id, shown in permits_shown(projects).items():
        for step in shown:
            settle_permit(projects[project_id], step.key)
    return read


def _line(plan: PermitPlan) -> dict[str, object]:
    return {"path": plan.path, "variant": plan.variant, "flags": plan.flags}


def _refuse(wanted: Sequence[KnownPermits], projects: Mapping[int, Project], division_id: int) -> None:
    if any(each.project_id not in projects for each in wanted):
        raise NotFound
    taken = PermitPlan.objects.filter(project_id__in=list(projects)).select_related("project").first()
    if taken is not None:
        raise DomainError(
            "permit_path_chosen",
            _("“%(name)s” has a permit path already."),
            _("Record its steps on its page."),
            name=taken.project.name,
        )
    limits = day_limits(division_id)
    for step in (step for each in wanted for step in each.steps.values()):
        for day in (getattr(step, name) for name in DAYS):
            if day is not None:
                require_act_day(day, limits)


def _plan(known: KnownPermits, project: Project, newest: PermitTemplateVersion | None) -> PermitPlan:
    return PermitPlan(
        project=project,
        division_id=project.division_id,
        path=known.path,
        variant=known.variant,
        template=newest,
        flags=sorted(known.flags),
    )


def _steps(plan: PermitPlan, known: KnownPermits, holders: Mapping[str, int]) -> list[PermitStep]:
    found = []
    for place, law in enumerate(steps_of(plan.path, plan.variant, plan.template, plan.flags)):
        said = known.steps.get(law.key, KnownStep())
        step = PermitStep(plan=plan, project_id=plan.project_id, division_id=plan.division_id)
        for name in (*DAYS, "number", "planned_days"):
            setattr(step, name, getattr(said, name))
        found.append(laid_out(step, place, law, holders))
    return found


def _stop(steps: Sequence[PermitStep], known: Mapping[int, KnownPermits]) -> None:
    said = [(step, known[step.project_id].steps.get(step.key)) for step in steps]
    PermitStop.objects.bulk_create(
        [
            PermitStop(step=step, kind=each.stopped_for, from_on=each.stopped_on, reason=each.reason)
            for step, each in said
            if each is not None and each.stopped_on is not None
        ]
    )
