"""Reads of permits. `permit_projects` is the wall: who may know of a project, and the agencies that hold its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import divisions_within
from sushui.projects.enums.permits import PermitPath, PermitState, PermitVariant
from sushui.projects.models import (
    PermitHolder,
    PermitOverrun,
    PermitPlan,
    PermitStep,
    PermitTemplateVersion,
    Project,
)
from sushui.projects.permissions import may_open_projects, may_see_all_projects
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.rules.permits import OPEN_STATES, PROJECT_UNIT
from sushui.projects.rules.stages import AT_REST

IN_HAND = "open"
FILEABLE = Q(state=PermitState.FILEABLE) & ~Q(agency_kind=PROJECT_UNIT)  # the unit's own work is filed with nobody


# --- one project -----------------------------------------------------------------------------------------------------
def permit_projects(viewer: Viewer) -> QuerySet[Project]:
    """Projects of whose permits the viewer may know: those visible to them, and those of which their agency holds a
    step, whoever answers for them."""
    seen = visible_projects(viewer)
    if may_see_all_projects(viewer) or not may_open_projects(viewer):
        return seen
    held = PermitStep.objects.filter(agency_id__in=viewer.agency_ids, applies=True)
    return Project.objects.filter(
        Q(pk__in=seen.values("pk")) | Q(pk__in=held.values("project_id")), division_id__in=viewer.division_ids
    )


def permit_project_for(viewer: Viewer, project_id: int) -> Project:
    """One project whose permits the viewer may know of.

    Raises:
        NotFound: none such.
    """
    rows = permit_projects(viewer).select_related("agency", "division", "subject", "place")
    found = rows.filter(pk=project_id).first()
    if found is None:
        raise NotFound
    return found


def permit_plan_of(project: Project) -> PermitPlan | None:
    """The project's path with its version; None before one is chosen."""
    return PermitPlan.objects.filter(project=project).select_related("template").first()


def permit_steps_of(plan: PermitPlan) -> list[PermitStep]:
    """The steps that apply, in order, with their stops, agencies and overruns; three queries."""
    overruns = Prefetch("overruns", PermitOverrun.objects.select_related("task").order_by("due_on"))
    rows = plan.steps.filter(applies=True).select_related("agency").prefetch_related("stops", overruns)
    steps = list(rows.order_by("place"))
    for step in steps:
        step.plan = plan
    return steps


def steps_of_charts(project_ids: Iterable[int]) -> list[PermitStep]:
    """Steps that a chart of many projects shows, with their plans: what lies with an agency, and as long as nobody
    builds, what was begun and what decides when that can be; in the order of their paths, one query."""
    begun = Q(filed_on__isnull=False) | Q(accepted_on__isnull=False) | Q(granted_on__isnull=False)
    shown = Q(state__in=OPEN_STATES) | Q(plan__is_reached=False) & (begun | Q(is_critical=True))
    numbers = list(project_ids)
    rows = PermitStep.objects.filter(shown, project_id__in=numbers, applies=True)
    rows = rows.filter(plan__project_id__in=numbers)  # the same again, else the plans of a whole province are read
    return list(rows.select_related("plan__template").order_by("plan", "place"))


def permit_step_for(viewer: Viewer, step_id: int) -> PermitStep:
    """One step of a path.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_permit_steps(viewer).select_related(
        "agency", "plan__template", "project__agency", "project__division", "project__subject"
    )
    found = rows.filter(pk=step_id).first()
    if found is None:
        raise NotFound
    return found


def same_number(step: PermitStep, number: str) -> PermitStep | None:
    """A step of another project of the division that has this number; the first."""
    rows = PermitStep.objects.filter(division_id=step.division_id, number=number).exclude(number="")
    return rows.exclude(project_id=step.project_id).select_related("project").order_by("pk").first()


# --- the whole county ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class PermitFilter:
    """What the list of steps is narrowed to; every field may be left out.

    ``state``: a `PermitState`, or `IN_HAND` for every open one; what can be filed lies with an agency, the unit's own
    work is no filing. ``unfinished``: without what is granted and good. ``over``: over the limit. ``mine``: held by the
    viewer's own agencies. ``path``: of projects on this path. ``due_by``: whose limit ends on or before the day.
    """

    state: str = ""
    over: bool = False
    mine: bool = False
    critical: bool = False
    agency_id: int | None = None
    division_id: int | None = None
    path: str = ""
    key: str = ""
    due_by: date | None = None
    text: str = ""
    unfinished: bool = False

    @property
    def query(self) -> str:
        """The query under which the page is narrowed so."""
        names = {"agency_id": "agency", "division_id": "division"}
        said = {names.get(each.name, each.name): getattr(self, each.name) for each in fields(self)}
        return urlencode({name: 1 if value is True else value for name, value in said.items() if value})


def visible_permit_steps(viewer: Viewer) -> QuerySet[PermitStep]:
    """Steps of paths that the viewer may know of."""
    return PermitStep.objects.filter(applies=True, project__in=permit_projects(viewer).values("pk"))


def permit_steps(viewer: Viewer, narrowed: PermitFilter = PermitFilter()) -> QuerySet[PermitStep]:
    """Steps of projects that are not at rest, narrowed; not yet ordered or paged."""
    rows = visible_permit_steps(viewer).exclude(project__stage__in=AT_REST)
    rows = rows.select_related("agency", "project__agency", "project__division", "plan")
    pairs = (
        ("agency_id", narrowed.agency_id),
        ("plan__path", narrowed.path),
        ("key", narrowed.key),
        ("due_on__lte", narrowed.due_by),
        ("is_over", narrowed.over),
        ("is_critical", narrowed.critical),
    )
    rows = rows.filter(**{field: value for field, value in pairs if value})
    if narrowed.state:
        rows = rows.filter(state__in=OPEN_STATES if narrowed.state == IN_HAND else [narrowed.state])
    if narrowed.state == PermitState.FILEABLE:
        rows = rows.filter(FILEABLE)
    if narrowed.unfinished:
        rows = rows.exclude(state=PermitState.DONE)
    if narrowed.mine:
        rows = rows.filter(agency_id__in=viewer.agency_ids)
    if narrowed.division_id:
        rows = rows.filter(division_id__in=divisions_within(narrowed.division_id).values("pk"))
    if narrowed.text:
        text = narrowed.text.strip()
        rows = rows.filter(Q(project__name__icontains=text) | Q(name__icontains=text) | Q(number__icontains=text))
    return rows


def permit_sums(rows: QuerySet[PermitStep]) -> dict[str, int]:
    """How many steps of a list can be filed today, are open, over their limit, run out; and of how many projects."""
    sums: dict[str, int] = rows.order_by().aggregate(
        steps=Count("pk"),
        projects=Count("project_id", distinct=True),
        fileable=Count("pk", filter=FILEABLE),
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        over=Count("pk", filter=Q(is_over=True)),
        expired=Count("pk", filter=Q(state=PermitState.EXPIRED)),
    )
    return sums


def permit_sums_by_agency(rows: QuerySet[PermitStep]) -> list[dict[str, object]]:
    """For each agency that holds steps of a list: how many can be filed, are open and over; the most late first."""
    grouped = rows.order_by().exclude(agency=None).values("agency_id", "agency__name", "agency__short_name")
    counted = grouped.annotate(
        fileable=Count("pk", filter=FILEABLE),
        open=Count("pk", filter=Q(state__in=OPEN_STATES)),
        over=Count("pk", filter=Q(is_over=True)),
    )
    return [dict(row) for row in counted.filter(Q(fileable__gt=0) | Q(open__gt=0)).order_by("-over", "agency_id")]


# --- paths -----------------------------------------------------------------------------------------------------------
def permit_versions(division_id: int) -> QuerySet[PermitTemplateVersion]:
    """Every version that a division has written, the newest of each path first; version 0 is the package's."""
    rows = PermitTemplateVersion.objects.filter(division_id=division_id).select_related("user", "post__agency")
    return rows.order_by("path", "variant", "-number")


def permit_version(
    division_id: int, path: PermitPath, variant: PermitVariant, number: int | None = None
) -> PermitTemplateVersion | None:
    """One version of a path (default: the newest); None for the package's.

    Raises:
        NotFound: there is no version of this number.
    """
    rows = permit_versions(division_id).filter(path=path, variant=variant)
    if number is None:
        return rows.first()
    found = rows.filter(number=number).first()
    if found is None and number != 0:
        raise NotFound
    return found


def permit_holders(division_id: int) -> dict[str, int]:
    """Kind of agency in the paths to the division's agency that it is."""
    return dict(PermitHolder.objects.filter(division_id=division_id).values_list("kind", "agency_id"))


# --- what is to be read again ----------------------------------------------------------------------------------------
def plans_to_read(on: date) -> QuerySet[PermitPlan]:
    """Plans whose forecast is of another day, or older than the last change of their project."""
    stale = Q(read_on=None) | Q(read_on__lt=on) | Q(read_at__lte=F("project__updated_at"))
    return PermitPlan.objects.filter(stale).exclude(project__stage__in=AT_REST)


def plans_with_facts(plan_ids: Iterable[int]) -> list[PermitPlan]:
    """Plans with their project, version, steps and stops at hand; four queries however many."""
    steps = Prefetch("steps", PermitStep.objects.filter(applies=True).order_by("place").prefetch_related("stops"))
    rows = PermitPlan.objects.filter(pk__in=list(plan_ids)).select_related("project__subject", "template")
    return list(rows.prefetch_related(steps).order_by("pk"))


def _late_steps() -> QuerySet[PermitStep]:
    """Steps over a limit that is no task yet, of projects not at rest; the project unit's own work is nobody's task."""
    raised = PermitOverrun.objects.filter(step_id=OuterRef("pk"), due_on=OuterRef("due_on"))
    rows = PermitStep.objects.filter(~Exists(raised), is_over=True, applies=True, due_on__isnull=False)
    return rows.exclude(agency_kind=PROJECT_UNIT).exclude(project__stage__in=AT_REST)


def projects_to_raise() -> list[int]:
    """Projects with a limit that passed and is no task yet."""
    return list(_late_steps().order_by("project_id").values_list("project_id", flat=True).distinct())


def late_steps_of(plan_ids: Sequence[int]) -> list[PermitStep]:
    """Late steps of these plans, each with its project."""
    rows = _late_steps().filter(plan_id__in=plan_ids).select_related("project__subject")
    return list(rows.order_by("project_id", "place"))


def permit_tasks_of(step_ids: Iterable[int]) -> dict[int, PermitOverrun]:
    """The newest overrun of each step with its task; one query."""
    rows = PermitOverrun.objects.filter(step_id__in=list(step_ids)).select_related("task")
    return {each.step_id: each for each in rows.order_by("due_on")}
