"""What is an agency's to do, and doing it."""

from __future__ import annotations

from django.http import HttpResponse

from sushui.kernel.api import Listed, Number, Size, seen_version, tell_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.supervision import queries, services
from sushui.supervision.api.root import router
from sushui.supervision.api.schemas import (
    Application,
    Appointment,
    ClockOut,
    Cursor,
    DisputeIn,
    ExtensionIn,
    PartOut,
    PartRow,
    ReportIn,
    ReportOut,
    RequestOut,
    Signature,
    SuspensionIn,
)
from sushui.supervision.models import ProgressReport, TaskClock, TaskPart, TaskRequest
from sushui.supervision.permissions import may_open_agency_list, may_open_own_list, may_open_supervision

BY_DEADLINE = Sort(("due_on", "pk"), has_empty=True)


# --- reads -----------------------------------------------------------------------------------------------------------
@router.reads("/parts/mine", may_open_own_list, Listed[PartRow])
def own_parts(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Open parts that are your post's to work on, by deadline."""
    found = stretch(queries.own_parts_in_arms(request.viewer), BY_DEADLINE, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/parts/agency", may_open_agency_list, Listed[PartRow])
def agency_parts(request: ViewerRequest, cursor: Cursor = "", limit: Size = 50) -> dict[str, object]:
    """Open parts of your agency and of those under it, by deadline."""
    found = stretch(queries.agency_parts(request.viewer), BY_DEADLINE, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/parts/{part_id}", may_open_supervision, PartRow)
def part(request: ViewerRequest, part_id: Number, response: HttpResponse) -> TaskPart:
    """One part; its version comes as the ETag."""
    found = queries.part_for(request.viewer, part_id)
    tell_version(response, found.version)
    return found


@router.reads("/parts/{part_id}/clocks", may_open_supervision, list[ClockOut])
def running_clocks(request: ViewerRequest, part_id: Number) -> list[TaskClock]:
    """The clocks of a part that run, earliest deadline first."""
    return queries.running_clocks(queries.part_for(request.viewer, part_id))


# --- acts ------------------------------------------------------------------------------------------------------------
@router.writes("/parts/{part_id}/sign", may_open_own_list, PartOut)
def sign_for_task(request: ViewerRequest, part_id: Number, said: Signature) -> TaskPart:
    """Sign for a part, and report the first day's arrangement in the same step if it is given."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    services.sign_for_task(request.viewer, own, arrangement=said.arrangement, seen_version=seen)
    return queries.part_for(request.viewer, part_id)


@router.writes("/parts/{part_id}/appoint", may_open_agency_list, PartOut)
def appoint_handler(request: ViewerRequest, part_id: Number, said: Appointment) -> TaskPart:
    """Name the post that handles a part."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    services.appoint_handler(request.viewer, own, handler_post_id=said.handler_post_id, seen_version=seen)
    return queries.part_for(request.viewer, part_id)


@router.writes("/parts/{part_id}/report", may_open_own_list, ReportOut, status=201)
def report_progress(request: ViewerRequest, part_id: Number, said: ReportIn) -> ProgressReport:
    """Report on a part; the clock that asked for this kind of report is met."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    return services.report_progress(request.viewer, own, kind=said.kind, text=said.text, seen_version=seen)


@router.writes("/parts/{part_id}/apply", may_open_own_list, RequestOut, status=201)
def apply_for_closing(request: ViewerRequest, part_id: Number, said: Application) -> TaskRequest:
    """Say that the task is done and ask the office to close it."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    return services.apply_for_closing(request.viewer, own, text=said.text, seen_version=seen)


@router.writes("/parts/{part_id}/ask-extension", may_open_own_list, RequestOut, status=201)
def ask_extension(request: ViewerRequest, part_id: Number, said: ExtensionIn) -> TaskRequest:
    """Ask for a later deadline of a running clock, before it has passed."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    running = TaskClock(pk=said.clock_id)  # only named: the service looks it up among the part's own
    day, reason = said.new_due_on, said.reason
    return services.ask_extension(
        request.viewer, own, running=running, new_due_on=day, reason=reason, seen_version=seen
    )


@router.writes("/parts/{part_id}/ask-suspension", may_open_own_list, RequestOut, status=201)
def ask_suspension(request: ViewerRequest, part_id: Number, said: SuspensionIn) -> TaskRequest:
    """Ask to suspend a task that cannot be done now, with a plan of dated steps."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    plan = [services.PlanStep(step.on, step.text) for step in said.plan]
    return services.ask_suspension(request.viewer, own, reason=said.reason, plan=plan, seen_version=seen)


@router.writes("/parts/{part_id}/dispute", may_open_own_list, RequestOut, status=201)
def dispute_ownership(request: ViewerRequest, part_id: Number, said: DisputeIn) -> TaskRequest:
    """Say that a part is another agency's, and whose."""
    own, seen = queries.part_for(request.viewer, part_id), seen_version(request, said.version)
    named_id, reason = said.named_agency_id, said.reason
    return services.dispute_ownership(request.viewer, own, named_agency_id=named_id, reason=reason, seen_version=seen)
