"""Permits by programs: a project's steps and forecast, the county's list, the paths in versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from ninja import Query

from sushui.kernel import clock
from sushui.kernel.api import Listed, Number, Size, SmallNumber, seen_version
from sushui.kernel.errors import NotFound
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.projects.api.permit_schemas import (
    Extended,
    Filed,
    Granted,
    HolderOut,
    HoldersIn,
    Kind,
    ListedStepOut,
    OnADay,
    PathIn,
    PathText,
    PathTextOut,
    PathVersionOut,
    PermitQuery,
    PermitsOut,
    PermitStepOut,
    PermitTotalsOut,
    Prolonged,
    Resumed,
    SentBack,
    SlipOut,
    StepPlan,
    Stopped,
    TakenBack,
)
from sushui.projects.api.root import router
from sushui.projects.api.schemas import Cursor
from sushui.projects.enums.permits import (
    PermitPath,
    PermitVariant,
)
from sushui.projects.models import PermitStep, PermitTemplateVersion
from sushui.projects.panels.permits.sheet import PermitSheet, permit_sheet, slip_lines
from sushui.projects.panels.permits.versions import text_of
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.queries import permits as queries
from sushui.projects.services import permits as services

SORT = Sort(("due_on", "pk"), has_empty=True)


# --- the county ------------------------------------------------------------------------------------------------------
@router.reads("/permits", may_open_projects, Listed[ListedStepOut])
def permit_steps(
    request: ViewerRequest, narrowed: Annotated[PermitQuery, Query()], cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """Steps of all projects, narrowed: those whose limit ends first, then those without one."""
    rows = queries.permit_steps(request.viewer, narrowed.filter())
    found = stretch(rows, SORT, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/permits/totals", may_open_projects, PermitTotalsOut)
def permit_totals(request: ViewerRequest, narrowed: Annotated[PermitQuery, Query()]) -> dict[str, int]:
    """How many steps can be filed today, are in hand, over their limit or run out."""
    return queries.permit_sums(queries.permit_steps(request.viewer, narrowed.filter()))


@router.reads("/permits/holders", may_open_projects, list[HolderOut])
def permit_holders(request: ViewerRequest) -> list[dict[str, object]]:
    """Which agency of the viewer's division holds which permits."""
    named = queries.permit_holders(request.viewer.division_id)
    return [{"kind": kind, "agency_id": number} for kind, number in sorted(named.items())]


@router.writes("/permits/holders", may_keep_ledger, HoldersIn, method="PUT")
def name_permit_holders(request: ViewerRequest, asked: HoldersIn) -> Mapping[str, object]:
    """Say which agency holds which permits; kinds that are not named stay as they were."""
    services.name_permit_holders(request.viewer, asked.holders)
    return {"holders": queries.permit_holders(request.viewer.division_id)}


@router.reads("/permits/paths", may_open_projects, list[PathVersionOut])
def permit_paths(request: ViewerRequest) -> Iterable[PermitTemplateVersion]:
    """Every version that the viewer's division has written; version 0 of each path comes with the package."""
    return queries.permit_versions(request.viewer.division_id)


@router.reads("/permits/paths/{permit_path}/{permit_variant}/{permit_version}", may_open_projects, PathTextOut)
def permit_path_text(
    request: ViewerRequest, permit_path: PermitPath, permit_variant: PermitVariant, permit_version: SmallNumber
) -> dict[str, object]:
    """The text of a version of a path."""
    found = queries.permit_version(request.viewer.division_id, permit_path, permit_variant, permit_version)
    text = text_of(permit_path, permit_variant, found)
    return {"path": permit_path, "variant": permit_variant, "number": permit_version, "text": text}


@router.writes("/permits/paths/{permit_path}/{permit_variant}", may_keep_ledger, PathVersionOut, status=201)
def edit_permit_template(
    request: ViewerRequest, permit_path: PermitPath, permit_variant: PermitVariant, asked: PathText
) -> PermitTemplateVersion:
    """Write the next version of a path; one that no project could follow is refused, a circle shown."""
    return services.edit_permit_template(
        request.viewer,
        path=permit_path,
        variant=permit_variant,
        text=asked.text,
        note=asked.note,
        seen_number=asked.seen,
    )


# --- one project -----------------------------------------------------------------------------------------------------
@router.reads("/{project_id}/permits", may_open_projects, PermitsOut | None)
def permits(request: ViewerRequest, project_id: Number) -> dict[str, object] | None:
    """Where every step of a project stands today, and when construction can begin; null before a path is chosen."""
    sheet = permit_sheet(request.viewer, queries.permit_project_for(request.viewer, project_id))
    return _sheet(sheet) if sheet else None


@router.reads("/{project_id}/permits/what-if", may_open_projects, SlipOut)
def permit_slip(
    request: ViewerRequest, project_id: Number, step: Kind = "", days: Annotated[int, Query(ge=1, le=999)] = 5
) -> dict[str, object]:
    """What moves if a step ends so many working days later; without a step nothing does."""
    sheet = permit_sheet(request.viewer, queries.permit_project_for(request.viewer, project_id))
    if sheet is None or not step:
        return {"goal": None, "moves": []}
    lines, goal = slip_lines(sheet, step, days, clock.today())
    return {"goal": goal, "moves": [line.move for line in lines]}


@router.writes("/{project_id}/permits", may_keep_ledger, PermitsOut, method="PUT")
def choose_permit_path(request: ViewerRequest, project_id: Number, asked: PathIn) -> dict[str, object]:
    """Choose the path of a project and its circumstances; facts of its steps stay."""
    found, seen = queries.permit_project_for(request.viewer, project_id), seen_version(request, asked.version)
    services.choose_permit_path(
        request.viewer,
        found,
        path=asked.path,
        variant=asked.variant,
        flags=asked.flags,
        version=asked.template,
        seen_version=seen,
    )
    return _read(request, found.pk)


def _read(request: ViewerRequest, project_id: int) -> dict[str, object]:
    sheet = permit_sheet(request.viewer, queries.permit_project_for(request.viewer, project_id))
    if sheet is None:
        raise NotFound
    return _sheet(sheet)


def _sheet(sheet: PermitSheet) -> dict[str, object]:
    plan, found = sheet.plan, sheet.found
    said = ("on", "goal_on", "is_reached", "is_not_before", "is_provisional", "critical_path", "fileable", "over")
    return {
        **{name: getattr(found, name) for name in said},
        "undecided": [list(choice) for choice in found.undecided],
        "path": plan.path,
        "variant": plan.variant,
        "template": sheet.version,
        "flags": plan.flags,
        "steps": [_step(sheet, line.step) for line in sheet.lines],
        "version": plan.version,
    }


_STORED = ("key", "name", "english", "agency_kind", "agency_id", "filed_on", "accepted_on", "granted_on", "number")
_PLANNED = ("expires_on", "extended", "planned_days", "version")
_READ = ("state", "waiting_for", "due_on", "days_left", "is_over", "answer_by", "earliest_finish", "latest_finish")
_FORESEEN = ("slack_days", "is_not_before", "unknown")


def _step(sheet: PermitSheet, step: PermitStep) -> dict[str, Any]:
    line = sheet.by_key[step.key]
    return {
        "id": step.pk,
        **{name: getattr(step, name) for name in (*_STORED, *_PLANNED)},
        **{name: getattr(line.reading, name) for name in (*_READ, *_FORESEEN)},
        "stops": list(step.stops.all()),
        "limit_source": line.law.limit_source,
        "task_id": line.overrun.task_id if line.overrun else None,
    }


# --- acts on one step ------------------------------------------------------------------------------------------------
def _acted(request: ViewerRequest, step: PermitStep) -> dict[str, Any]:
    sheet = permit_sheet(request.viewer, step.project)
    assert sheet is not None, "a step has its plan"
    return _step(sheet, sheet.by_key[step.key].step)


@router.writes("/permits/steps/{permit_step_id}/file", may_open_projects, PermitStepOut)
def file_permit(request: ViewerRequest, permit_step_id: Number, asked: Filed) -> dict[str, Any]:
    """Record that the application was handed in on a day."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.file_permit(request.viewer, found, on=asked.on, confirmed=asked.confirmed, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/accept", may_open_projects, PermitStepOut)
def accept_permit(request: ViewerRequest, permit_step_id: Number, asked: OnADay) -> dict[str, Any]:
    """Record that the agency accepted the application on a day."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.accept_permit(request.viewer, found, on=asked.on, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/send-back", may_open_projects, PermitStepOut)
def send_back_permit(request: ViewerRequest, permit_step_id: Number, asked: SentBack) -> dict[str, Any]:
    """Record that the agency asked for corrections."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.send_back_permit(request.viewer, found, on=asked.on, reason=asked.reason, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/stop", may_open_projects, PermitStepOut)
def stop_permit(request: ViewerRequest, permit_step_id: Number, asked: Stopped) -> dict[str, Any]:
    """Record that the clock stands still since a day."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.stop_permit(request.viewer, found, kind=asked.kind, on=asked.on, reason=asked.reason, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/resume", may_open_projects, PermitStepOut)
def resume_permit(request: ViewerRequest, permit_step_id: Number, asked: Resumed) -> dict[str, Any]:
    """Record the day on which it went on."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.resume_permit(request.viewer, found, on=asked.on, note=asked.note, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/grant", may_open_projects, PermitStepOut)
def grant_permit(request: ViewerRequest, permit_step_id: Number, asked: Granted) -> dict[str, Any]:
    """Record that it was granted on a day, its number and its last good day."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.grant_permit(
        request.viewer,
        found,
        on=asked.on,
        number=asked.number,
        expires_on=asked.expires_on,
        confirmed=asked.confirmed,
        seen_version=seen,
    )
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/prolong", may_open_projects, PermitStepOut)
def prolong_permit_limit(request: ViewerRequest, permit_step_id: Number, asked: Prolonged) -> dict[str, Any]:
    """Record by how many days the agency prolonged the limit."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.prolong_permit_limit(request.viewer, found, by_days=asked.by_days, reason=asked.reason, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/extend", may_open_projects, PermitStepOut)
def extend_permit(request: ViewerRequest, permit_step_id: Number, asked: Extended) -> dict[str, Any]:
    """Record that it was extended: good until a later day."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.extend_permit(request.viewer, found, expires_on=asked.expires_on, reason=asked.reason, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/take-back", may_open_projects, PermitStepOut)
def take_back_permit(request: ViewerRequest, permit_step_id: Number, asked: TakenBack) -> dict[str, Any]:
    """Take back the newest of what was recorded; the story keeps what it was."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.take_back_permit(request.viewer, found, reason=asked.reason, seen_version=seen)
    return _acted(request, found)


@router.writes("/permits/steps/{permit_step_id}/plan", may_keep_ledger, PermitStepOut)
def plan_permit_step(request: ViewerRequest, permit_step_id: Number, asked: StepPlan) -> dict[str, Any]:
    """Say how long a step is expected to take, and which agency holds it for this project."""
    found, seen = queries.permit_step_for(request.viewer, permit_step_id), seen_version(request, asked.version)
    services.plan_permit_step(
        request.viewer, found, planned_days=asked.planned_days, agency_id=asked.agency_id, seen_version=seen
    )
    return _acted(request, found)
