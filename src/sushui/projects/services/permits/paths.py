"""The path of a project, who holds which permits, and new versions of a path."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, locks
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agency_in, post_for
from sushui.projects.adapter.permits import checked_text, packaged_text, steps_of
from sushui.projects.enums.permits import PermitPath, PermitVariant, PermitVerb
from sushui.projects.models import PermitHolder, PermitPlan, PermitStep, PermitTemplateVersion, Project
from sushui.projects.permissions import may_keep_ledger, may_plan_permits
from sushui.projects.queries.permits import permit_holders, permit_version
from sushui.projects.rules.permits import StepLaw
from sushui.projects.services.permits.reading import settled

BATCH = 500


@transaction.atomic
def choose_permit_path(
    viewer: Viewer,
    project: Project,
    *,
    path: PermitPath,
    variant: PermitVariant,
    flags: Collection[str],
    version: int | None = None,
    seen_version: int | None = None,
) -> PermitPlan:
    """Choose the path of a project and its circumstances, or others than before; facts of steps stay, by their key.

    ``version``: a number of the path (0: the package's); by default the newest that the division has written.

    Raises:
        NotFound: there is no such version.
        DomainError: ``permit_choose_one``, ``permit_unknown_flag``, ``permit_goal_dropped``.
    """
    if not may_plan_permits(viewer, project):
        raise Forbidden
    locks.hold(f"projects.permit_plan:{project.pk}")
    template = permit_version(project.division_id, path, variant, version)
    laws = steps_of(path, variant, template, flags)
    plan = PermitPlan.objects.select_for_update().filter(project=project).first()
    before = _said(plan) if plan else {}
    if plan is not None:
        check_version(plan, seen_version)
    plan = plan or PermitPlan(project=project, division_id=project.division_id)
    plan.project, plan.path, plan.variant, plan.template, plan.flags = project, path, variant, template, sorted(flags)
    if before:
        save_changes(plan, "path", "variant", "template", "flags")
    else:
        plan.save()
    lay_out_steps(plan, laws, permit_holders(project.division_id))
    record_act(viewer, PermitVerb.CHOOSE_PATH, project, before=before, after=_said(plan))
    settled(plan)
    return plan


def _said(plan: PermitPlan) -> dict[str, object]:
    number = plan.template.number if plan.template else 0
    return {"path": plan.path, "variant": plan.variant, "template": number, "flags": list(plan.flags)}


def lay_out_steps(plan: PermitPlan, laws: Sequence[StepLaw], holders: Mapping[str, int]) -> None:
    """Keep a row for each step that applies, in order; what no longer applies is set aside with its facts."""
    known = {step.key: step for step in PermitStep.objects.filter(plan=plan)}
    for step in known.values():
        step.applies = False
    laid = [laid_out(known.get(law.key) or _blank(plan), place, law, holders) for place, law in enumerate(laws)]
    PermitStep.objects.bulk_create([step for step in laid if step.pk is None], BATCH)
    names = ("place", "applies", "agency_kind", "agency", "name", "english")
    PermitStep.objects.bulk_update(known.values(), names, BATCH)


def _blank(plan: PermitPlan) -> PermitStep:
    return PermitStep(plan=plan, project_id=plan.project_id, division_id=plan.division_id)


def laid_out(step: PermitStep, place: int, law: StepLaw, holders: Mapping[str, int]) -> PermitStep:
    """The row of a step as its path says it; an agency that was named for it stays."""
    if step.agency_id is None or step.agency_kind != law.agency_kind:
        step.agency_id = holders.get(law.agency_kind)
    step.key, step.place, step.applies, step.agency_kind = law.key, place, True, law.agency_kind
    step.name, step.english = law.said.name, law.said.english
    return step


@transaction.atomic
def name_permit_holders(viewer: Viewer, holders: Mapping[str, int | None]) -> None:
    """Say which agency of the division holds the permits of each kind; steps that nobody holds yet are given to it.

    Raises:
        DomainError: ``elsewhere`` when an agency is of another division.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    division_id, before = viewer.division_id, permit_holders(viewer.division_id)
    named = {kind: agency_in(viewer, division_id, number).pk for kind, number in holders.items() if number is not None}
    PermitHolder.objects.filter(division_id=division_id, kind__in=list(holders)).delete()
    PermitHolder.objects.bulk_create(
        [PermitHolder(division_id=division_id, kind=kind, agency_id=number) for kind, number in named.items()]
    )
    for kind, number in named.items():
        held = PermitStep.objects.filter(division_id=division_id, agency_kind=kind, granted_on=None)
        held.filter(Q(agency=None) | Q(agency_id=before.get(kind))).update(agency_id=number)
    seat = post_for(viewer, viewer.post_id)
    record_act(viewer, PermitVerb.NAME_HOLDERS, seat, before=before, after=named)


@transaction.atomic
def edit_permit_template(
    viewer: Viewer, *, path: PermitPath, variant: PermitVariant, text: str, note: str, seen_number: int | None = None
) -> PermitTemplateVersion:
    """Write the next version of a path; projects stay on the version they were given until somebody chooses anew.

    Raises:
        DomainError: ``permit_circle`` with the circle, ``permit_…`` for what else no project could follow,
            ``permit_template_unchanged``, ``permit_template_moved`` when somebody wrote a version meanwhile,
            ``text_missing``.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    locks.hold(f"projects.permit_template:{viewer.division_id}:{path}:{variant}")
    taken = PermitTemplateVersion.objects.filter(division_id=viewer.division_id, path=path, variant=variant)
    number = taken.aggregate(last=Max("number"))["last"] or 0
    if seen_number is not None and seen_number != number:
        raise DomainError(
            "permit_template_moved",
            _("Version %(number)s was written meanwhile."),
            _("Look at what changed, then carry your change over to it."),
            number=number,
        )
    checked_text(path, variant, text)
    newest = taken.filter(number=number).first()
    if text.strip() == (newest.text if newest else packaged_text(path, variant)).strip():
        raise DomainError("permit_template_unchanged", _("Nothing was changed."), _("Change the text, then send it."))
    made = taken.create(
        division_id=viewer.division_id,
        path=path,
        variant=variant,
        number=number + 1,
        text=text,
        note=require_text(note, "What was changed, and by which document"),
        at=clock.now(),
        user_id=viewer.user_id,
        post_id=viewer.post_id,
    )
    after = {"path": path, "variant": variant, "template": made.number}
    record_act(viewer, PermitVerb.EDIT_TEMPLATE, made, after=after, note=made.note)
    return made
