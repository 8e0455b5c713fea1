"""Gates by programs: what each stage asks of a project, the evidence for it, what is owed and what was waived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from ninja import Schema

from sushui.kernel.api import Listed, Number, Size, Text, seen_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.projects import queries, services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import Confirmed, Cursor, EvidenceIn, ProjectOut, Seen, WithReason
from sushui.projects.enums import EvidenceKind, EvidencePart, GateState, ProjectStage
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.permissions import may_keep_ledger, may_open_projects
from sushui.projects.queries.gates import permits_shown
from sushui.projects.rules.gates import Opening, shortfalls
from sushui.projects.services import Piece

LONGEST = Sort(("at", "pk"))


class StageEvidenceIn(EvidenceIn, Confirmed):
    """Evidence for a stage."""

    stage: ProjectStage


class EvidenceOut(Schema):
    """Evidence for a stage; one that was withdrawn says why."""

    id: int
    project_id: int
    stage: ProjectStage
    kind: EvidenceKind
    number: str
    day: date | None
    text: str
    amount: Decimal | None
    at: datetime
    post_id: int
    withdrawn_at: datetime | None
    withdrawn_reason: str
    version: int


class OpeningOut(Schema):
    """One way through a gate: the kind of evidence, what has to be said of it, and where that is stated."""

    kind: EvidenceKind
    parts: list[EvidencePart]
    source: str


class GateOut(Schema):
    """A gate as a project stands at it; one of ``openings`` is enough, none asks for nothing."""

    stage: ProjectStage
    state: GateState
    is_open: bool
    reason: str
    openings: list[OpeningOut]


class PassageOut(Schema):
    """A gate that was waived or whose evidence is owed."""

    project_id: int
    stage: ProjectStage
    state: GateState
    reason: str
    post_id: int
    at: datetime


class WaiverIn(Schema):
    """A stage that is to be entered without its evidence, and why."""

    stage: ProjectStage
    reason: Text


class DaysIn(Seen):
    """The days on which construction began and was completed."""

    started_on: date | None = None
    completed_on: date | None = None
    reason: Text


@router.reads("/gates", may_open_projects, Listed[PassageOut])
def gate_passages(
    request: ViewerRequest, state: Literal["owed", "waived"] = "owed", cursor: Cursor = "", limit: Size = 50
) -> dict[str, object]:
    """Evidence that is owed, or what was waived, the longest first."""
    rows = queries.gate_passages(request.viewer, GateState(state))
    found = stretch(rows, LONGEST, after=cursor, size=limit)
    return {"items": found.rows, "next": found.after}


@router.reads("/{project_id}/gates", may_open_projects, list[GateOut])
def gates(request: ViewerRequest, project_id: Number) -> list[dict[str, Any]]:
    """What each stage asks of a project, and how the project stands at it."""
    found = queries.project_for(request.viewer, project_id)
    passages, evidence = queries.passages_of(found), queries.evidence_of(found)
    permits = permits_shown([found.pk]).get(found.pk, [])
    return [
        _gate(stage, openings, passages.get(stage), queries.pieces_of(found, stage, evidence, permits))
        for stage, openings in queries.openings_of(found.division_id).items()
    ]


def _gate(
    stage: ProjectStage, openings: tuple[Opening, ...], passage: GatePassage | None, pieces: list[Piece]
) -> dict[str, Any]:
    return {
        "stage": stage,
        "state": passage.state if passage else GateState.AHEAD,
        "is_open": not shortfalls(openings, pieces),
        "reason": passage.reason if passage else "",
        "openings": [{"kind": each.kind, "parts": list(each.parts), "source": each.source} for each in openings],
    }


@router.reads("/{project_id}/evidence", may_open_projects, list[EvidenceOut])
def evidence(request: ViewerRequest, project_id: Number) -> Iterable[StageEvidence]:
    """All evidence of a project in the order in which it was recorded."""
    return queries.evidence_of(queries.project_for(request.viewer, project_id))


@router.writes("/{project_id}/evidence", may_open_projects, EvidenceOut | None, status=201)
def add_evidence(request: ViewerRequest, project_id: Number, asked: StageEvidenceIn) -> StageEvidence | None:
    """Record what shows that a project reached a stage; what was owed may be settled by it.

    Null: the permits show it.
    """
    found = queries.project_for(request.viewer, project_id)
    return services.add_evidence(request.viewer, found, asked.stage, asked.piece(), confirmed=asked.doubts)


@router.writes("/evidence/{evidence_id}/withdraw", may_open_projects, EvidenceOut)
def withdraw_evidence(request: ViewerRequest, evidence_id: Number, asked: WithReason) -> StageEvidence:
    """Take back evidence that was recorded wrongly."""
    found, seen = queries.evidence_for(request.viewer, evidence_id), seen_version(request, asked.version)
    return services.withdraw_evidence(request.viewer, found, reason=asked.reason, seen_version=seen)


@router.writes("/{project_id}/gates/waive", may_open_projects, PassageOut)
def waive_gate(request: ViewerRequest, project_id: Number, asked: WaiverIn) -> GatePassage:
    """Let a project enter a stage without its evidence, for a reason."""
    found = queries.project_for(request.viewer, project_id)
    return services.waive_gate(request.viewer, found, asked.stage, reason=asked.reason)


@router.writes("/{project_id}/days", may_keep_ledger, ProjectOut)
def correct_days(request: ViewerRequest, project_id: Number, asked: DaysIn) -> Project:
    """Say on which days construction began and was completed."""
    found, seen = queries.project_for(request.viewer, project_id), seen_version(request, asked.version)
    return services.correct_days(request.viewer, found, **asked.model_dump(exclude={"version"}), seen_version=seen)
