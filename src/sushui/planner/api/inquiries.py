"""What is asked of runs, and new plans that keep to them, by programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from sushui.kernel.api import Line, Number
from sushui.kernel.pages import ViewerRequest
from sushui.planner import queries, services
from sushui.planner.api.root import router
from sushui.planner.api.scenarios import RunOut
from sushui.planner.enums import Firmness, InquiryKind, InquiryState
from sushui.planner.models import Inquiry, Run
from sushui.planner.permissions import may_open_planner, may_plan


class InquiryOut(Schema):
    """What was asked of a run: about one project, or about all. ``answers``: by project, factor, bottleneck or date."""

    id: int
    run_id: int
    kind: InquiryKind
    about: str
    state: InquiryState
    asked: int
    answers: dict[str, Any]
    ended_at: datetime | None


class InquiryIn(Schema):
    """``about``: the number of a project that is left out; none: all."""

    kind: InquiryKind
    about: Annotated[Line, Field(max_length=32)] = ""


class ReplanIn(Schema):
    """``name``: what the copy is called where the scenario is adopted."""

    firmness: Firmness = Firmness.FIRM
    seconds: Annotated[int, Field(ge=1, le=100_000)] = 60
    name: Annotated[Line, Field(max_length=100)] = ""


@router.reads("/runs/{run_id}/inquiries", may_open_planner, list[InquiryOut])
def inquiries(request: ViewerRequest, run_id: Number) -> list[Inquiry]:
    """All that was asked of a run, with what has been answered by now."""
    return queries.inquiries_of(queries.run_for(request.viewer, run_id))


@router.writes("/runs/{run_id}/inquiries", may_plan, InquiryOut, status=201)
def inquire(request: ViewerRequest, run_id: Number, asked: InquiryIn) -> Inquiry:
    """Ask something of a run that has ended; the worker answers. What was asked before is given as it stands."""
    return services.inquire(request.viewer, queries.run_for(request.viewer, run_id), asked.kind, about=asked.about)


@router.writes("/runs/{run_id}/replan", may_plan, RunOut, status=201)
def replan(request: ViewerRequest, run_id: Number, asked: ReplanIn) -> Run:
    """Leave to the worker a plan that keeps to a run's, as the registers are now."""
    return services.replan(request.viewer, queries.run_for(request.viewer, run_id), **asked.model_dump())
