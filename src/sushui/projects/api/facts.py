"""Milestones, money from above and bottlenecks by programs."""

from __future__ import annotations

from collections.abc import Iterable

from sushui.kernel.api import Number, seen_version
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import (
    BottleneckIn,
    BottleneckOut,
    FundsIn,
    FundsOut,
    MilestoneIn,
    MilestoneOut,
    MilestoneReached,
    PaymentCorrection,
    PaymentIn,
    Resolved,
    WithReason,
)
from sushui.projects.models import Bottleneck, FundsReceived, Milestone
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.services import PaymentDemand
from sushui.supervision.services import TaskDraft


# --- milestones ------------------------------------------------------------------------------------------------------
@router.reads("/{project_id}/milestones", may_open_projects, list[MilestoneOut])
def milestones(request: ViewerRequest, project_id: Number) -> Iterable[Milestone]:
    """The dated steps of a project, by planned day."""
    return queries.milestones_of(queries.project_for(request.viewer, project_id))


@router.writes("/{project_id}/milestones", may_keep_ledger, MilestoneOut, status=201)
def add_milestone(request: ViewerRequest, project_id: Number, asked: MilestoneIn) -> Milestone:
    """Plan a step of the project for a day."""
    found = queries.project_for(request.viewer, project_id)
    return services.add_milestone(request.viewer, found, name=asked.name, planned_on=asked.planned_on)


@router.writes("/milestones/{milestone_id}/reach", may_open_projects, MilestoneOut)
def reach_milestone(request: ViewerRequest, milestone_id: Number, asked: MilestoneReached) -> Milestone:
    """Say that a step was reached on a day, and by what that shows."""
    found, seen = queries.milestone_for(request.viewer, milestone_id), seen_version(request, asked.version)
    return services.reach_milestone(
        request.viewer, found, reached_on=asked.reached_on, evidence=asked.evidence, seen_version=seen
    )


@router.writes("/milestones/{milestone_id}/drop", may_keep_ledger, MilestoneOut)
def drop_milestone(request: ViewerRequest, milestone_id: Number, asked: WithReason) -> Milestone:
    """Take a step out of the plan; the story keeps it."""
    found, seen = queries.milestone_for(request.viewer, milestone_id), seen_version(request, asked.version)
    return services.drop_milestone(request.viewer, found, reason=asked.reason, seen_version=seen)


# --- money -----------------------------------------------------------------------------------------------------------
@router.reads("/{project_id}/funds", may_open_projects, list[FundsOut])
def funds(request: ViewerRequest, project_id: Number) -> list[FundsReceived]:
    """Money that came from above with what was paid out of it, in the order of its coming."""
    return queries.funds_of(queries.project_for(request.viewer, project_id))


@router.writes("/{project_id}/funds", may_keep_ledger, FundsOut, status=201)
def receive_funds(request: ViewerRequest, project_id: Number, asked: FundsIn) -> FundsReceived:
    """Record money that came from above, and what must be paid out of it by when."""
    found = queries.project_for(request.viewer, project_id)
    said = asked.model_dump(exclude={"demands"})
    demands = [PaymentDemand(each.by_on, each.percent) for each in asked.demands]
    return services.receive_funds(request.viewer, found, **said, demands=demands)


@router.writes("/funds/{received_id}/pay", may_open_projects, FundsOut)
def pay_funds(request: ViewerRequest, received_id: Number, asked: PaymentIn) -> FundsReceived:
    """Record a payment out of received money."""
    found = queries.funds_for(request.viewer, received_id)
    services.pay_funds(request.viewer, found, amount=asked.amount, paid_on=asked.paid_on, note=asked.note)
    return queries.funds_for(request.viewer, received_id)


@router.writes("/payments/{payment_id}/correct", may_open_projects, FundsOut)
def correct_payment(request: ViewerRequest, payment_id: Number, asked: PaymentCorrection) -> FundsReceived:
    """Say another amount for a payment (0: it was never paid); what was said before is kept beside it."""
    found = queries.payment_for(request.viewer, payment_id)
    services.correct_payment(request.viewer, found, **asked.model_dump())
    return queries.funds_for(request.viewer, found.received_id)


# --- bottlenecks -----------------------------------------------------------------------------------------------------
@router.reads("/{project_id}/bottlenecks", may_open_projects, list[BottleneckOut])
def bottlenecks(request: ViewerRequest, project_id: Number) -> Iterable[Bottleneck]:
    """What holds or held a project up."""
    return queries.bottlenecks_of(queries.project_for(request.viewer, project_id))


@router.writes("/{project_id}/bottlenecks", may_open_projects, BottleneckOut, status=201)
def raise_bottleneck(request: ViewerRequest, project_id: Number, asked: BottleneckIn) -> Bottleneck:
    """Record what holds the project up; it may become a supervised task in the same act."""
    found = queries.project_for(request.viewer, project_id)
    draft = TaskDraft(asked.text, lead_agency_id=asked.agency_id, deadline_on=asked.deadline_on or asked.due_on)
    said = asked.model_dump(exclude={"is_task", "deadline_on"})
    return services.raise_bottleneck(request.viewer, found, **said, task=draft if asked.is_task else None)


@router.writes("/bottlenecks/{bottleneck_id}/resolve", may_open_projects, BottleneckOut)
def resolve_bottleneck(request: ViewerRequest, bottleneck_id: Number, asked: Resolved) -> Bottleneck:
    """Say that it holds nothing up any more, and how."""
    found, seen = queries.bottleneck_for(request.viewer, bottleneck_id), seen_version(request, asked.version)
    return services.resolve_bottleneck(
        request.viewer, found, resolved_on=asked.resolved_on, resolution=asked.resolution, seen_version=seen
    )
