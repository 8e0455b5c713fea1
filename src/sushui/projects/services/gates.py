"""Gates: what is kept of evidence, what is owed, waived and settled. `evidence` records it and passes gates by it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.requirements import require_text
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import EvidenceKind, GateState, GateVerb, ProjectStage
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.permissions import may_report_on_project, may_waive_gates
from sushui.projects.queries import coded, gate_shortfalls, openings_of, others_with_number
from sushui.projects.rules.days import USUAL, DayLimits
from sushui.projects.rules.gates import (
    GIVEN_ONCE,
    Piece,
    Shortfall,
    gates,
    gates_between,
    is_ahead,
    nearest,
    shortfalls,
    stages_of_permit,
)
from sushui.projects.rules.stages import LIFE
from sushui.projects.services.days import day_limits, require_act_day
from sushui.projects.services.steps import locked, name_for, require_amount


# --- what is asked ---------------------------------------------------------------------------------------------------
def shortfall_in_words(found: Sequence[Shortfall]) -> str:
    """What is missing, as a sentence goes on: "Investment contract (its number, its day)"."""
    comma, other = gettext(", "), gettext(" or ")
    return other.join(
        gettext("%(kind)s (%(parts)s)")
        % {"kind": label_of(each.opening.kind), "parts": comma.join(map(label_of, each.missing))}
        for each in nearest(found)
    )


def require_open(found: Sequence[Shortfall], stage: ProjectStage) -> None:
    """Refuse to pass a gate whose evidence is missing.

    Raises:
        DomainError: ``evidence_missing``, naming what is missing and how to mend it.
    """
    if found:
        raise DomainError(
            "evidence_missing",
            _("“%(stage)s” needs evidence that is missing: %(missing)s."),
            _("Give it here; or let the county leader waive it with a reason."),
            stage=label_of(stage),
            missing=shortfall_in_words(found),
        )


def forgive_beyond(row: Project, stage: ProjectStage) -> None:
    """A stage that was noted too early is taken back: what it owed is asked for when it is reached."""
    beyond = [each for each in LIFE if is_ahead(each, stage)]
    if row.stage in LIFE:
        row.passages.filter(stage__in=beyond, state=GateState.OWED).delete()


def note_passage(viewer: Viewer, row: Project, stage: ProjectStage, state: GateState, reason: str = "") -> GateState:
    said = {
        "division_id": row.division_id,
        "state": state,
        "reason": reason,
        "post_id": viewer.post_id,
        "user_id": viewer.user_id,
        "at": clock.now(),
    }
    GatePassage.objects.update_or_create(project=row, stage=stage, defaults=said)
    return state


def enter_gates(
    viewer: Viewer, entered: Iterable[tuple[Project, Sequence[Piece]]], *, is_whole_way: bool = False
) -> None:
    """Projects that are registered in a later stage: evidence given is kept, what is missing is owed.

    ``is_whole_way``: for every gate up to that stage, not only for its own (docs/decisions/0026-gates-on-the-way.md).
    """
    rows = list(entered)
    ways = {project.pk: gates_up_to(project.stage, is_whole_way=is_whole_way) for project, _pieces in rows}
    openings = openings_of(viewer.division_id) if any(ways.values()) else {}
    passages = []
    for project, pieces in rows:
        for piece in pieces if ways[project.pk] else ():
            keep_evidence(viewer, project, gate_of(piece, ways[project.pk]), piece)
        known = [*pieces, *coded(project)]
        passages += [
            _passage(viewer, project, stage, shortfalls(openings[stage], known))
            for stage in ways[project.pk]
            if openings[stage]
        ]
    GatePassage.objects.bulk_create(passages, 500)


def gates_up_to(stage: ProjectStage, *, is_whole_way: bool) -> list[ProjectStage]:
    """The stages at whose gates a project stands that is entered in a stage."""
    way = gates_between(ProjectStage.PLANNED, stage) if is_whole_way else []
    return [*way, stage] if stage in gates() else way


def gate_of(piece: Piece, way: Sequence[ProjectStage]) -> ProjectStage:
    """The gate among those on the way that asks for such a piece, the furthest first; the last one where none does."""
    asking = (stage for stage in reversed(way) if piece.kind in {each.kind for each in gates().get(stage, ())})
    return next(asking, way[-1])


def _passage(viewer: Viewer, project: Project, stage: ProjectStage, found: Sequence[Shortfall]) -> GatePassage:
    return GatePassage(
        project=project,
        division_id=project.division_id,
        stage=stage,
        state=GateState.OWED if found else GateState.OPENED,
        post_id=viewer.post_id,
        user_id=viewer.user_id,
        at=clock.now(),
    )


# --- evidence --------------------------------------------------------------------------------------------------------
def keep_evidence(viewer: Viewer, row: Project, stage: ProjectStage, piece: Piece) -> StageEvidence:
    """Write a piece of evidence of a locked project down, with its line in the audit chain.

    Raises:
        DomainError: ``no_such_evidence``, ``evidence_empty``, ``day_in_future``, ``day_too_early``, ``number_taken``,
            ``amount_below_zero``, ``amount_too_large``.
    """
    number, text = piece.number.strip(), piece.text.strip()
    refuse_piece(viewer, row, stage, piece)
    made = StageEvidence.objects.create(
        project=row,
        division_id=row.division_id,
        stage=stage,
        kind=piece.kind,
        number=number,
        day=piece.day,
        text=text,
        amount=piece.amount,
        post_id=viewer.post_id,
        at=clock.now(),
    )
    record_act(viewer, GateVerb.ADD_EVIDENCE, row, after=_said(made), note=text)
    return made


def _said(evidence: StageEvidence) -> dict[str, Any]:
    said = {"stage": evidence.stage, "evidence_kind": evidence.kind, "number": evidence.number, "day": evidence.day}
    return {name: value for name, value in {**said, "amount": evidence.amount}.items() if value not in (None, "")}


def refuse_piece(viewer: Viewer, row: Project, stage: ProjectStage, piece: Piece) -> None:
    """Refuse evidence that cannot be; see `keep_evidence`."""
    number, text = piece.number.strip(), piece.text.strip()
    if piece.kind not in {each.kind for each in gates().get(stage, ())}:
        raise DomainError(
            "no_such_evidence",
            _("“%(stage)s” does not ask for “%(kind)s”."),
            _("Choose a kind of evidence that the stage asks for."),
            stage=label_of(stage),
            kind=label_of(piece.kind),
        )
    if not (number or text or piece.day or piece.amount is not None):
        raise DomainError("evidence_empty", _("The evidence says nothing."), _("Give its number, its day or its text."))
    require_amount(piece.amount)
    if piece.day is not None:
        require_act_day(piece.day, day_limits(row.division_id))
    _refuse_number_of_another(viewer, row, piece.kind, number)


def _refuse_number_of_another(viewer: Viewer, row: Project, kind: EvidenceKind, number: str) -> None:
    other = others_with_number(row, kind, number).first() if number and kind in GIVEN_ONCE else None
    if other is not None:
        raise DomainError(
            "number_taken",
            _("%(kind)s %(number)s is already that of “%(name)s”."),
            _("Compare it with the paper; where that project is wrong, withdraw it there first."),
            kind=label_of(kind),
            number=number,
            name=name_for(viewer, other.project),
        )


def settle(row: Project, stage: ProjectStage) -> None:
    """What is owed for the stage is settled once its gate is open."""
    owed = row.passages.filter(stage=stage, state=GateState.OWED).first()
    if owed is not None and not gate_shortfalls(row, stage):
        owed.state = GateState.OPENED
        save_changes(owed, "state")


@transaction.atomic
def withdraw_evidence(
    viewer: Viewer, evidence: StageEvidence, *, reason: str, seen_version: int | None = None
) -> StageEvidence:
    """Take back evidence that was recorded wrongly; a gate that stood on it is owed again.

    Raises:
        DomainError: ``text_missing``.
    """
    if not may_report_on_project(viewer, evidence.project):
        raise Forbidden
    row = locked(evidence.project)
    check_version(evidence, seen_version)
    evidence.withdrawn_at, evidence.withdrawn_reason = clock.now(), require_text(reason, "Reason")
    save_changes(evidence, "withdrawn_at", "withdrawn_reason")
    record_act(viewer, GateVerb.WITHDRAW_EVIDENCE, row, before=_said(evidence), note=evidence.withdrawn_reason)
    _owe_again(row, evidence.stage)
    return evidence


def _owe_again(row: Project, stage: ProjectStage) -> None:
    """A gate that stood on what is gone is owed again."""
    opened = row.passages.filter(stage=stage, state=GateState.OPENED).first()
    if opened is not None and gate_shortfalls(row, stage):
        opened.state = GateState.OWED
        save_changes(opened, "state")


def settle_permit(project: Project, key: str) -> None:
    """After a permit was granted, extended or taken back: what was owed for want of it is settled, and what stood on it
    is owed again."""
    for stage in stages_of_permit(key):
        settle(project, stage)
        _owe_again(project, stage)


# --- waivers ---------------------------------------------------------------------------------------------------------
@transaction.atomic
def waive_gate(viewer: Viewer, project: Project, stage: ProjectStage, *, reason: str) -> GatePassage:
    """Let a project pass a gate without its evidence, for a reason that stays in sight.

    Raises:
        DomainError: ``no_gate``, ``gate_opened``, ``text_missing``.
    """
    if not may_waive_gates(viewer, project):
        raise Forbidden
    row, said = locked(project), require_text(reason, "Reason")
    if stage not in gates():
        raise DomainError(
            "no_gate", _("“%(stage)s” asks for no evidence."), _("Choose another stage."), stage=label_of(stage)
        )
    if row.passages.filter(stage=stage, state=GateState.OPENED).exists():
        raise DomainError(
            "gate_opened",
            _("The evidence for “%(stage)s” is there."),
            _("Nothing is to be waived."),
            stage=label_of(stage),
        )
    note_passage(viewer, row, stage, GateState.WAIVED, said)
    record_act(viewer, GateVerb.WAIVE_GATE, row, after={"stage": stage}, note=said)
    return GatePassage.objects.get(project=row, stage=stage)


# --- days ------------------------------------------------------------------------------------------------------------
def require_days(
    stage: ProjectStage,
    stage_on: date,
    started_on: date | None,
    completed_on: date | None,
    *,
    limits: DayLimits = USUAL,
) -> None:
    """The days of start and completion that a stage can have.

    Raises:
        DomainError: ``day_in_future``, ``day_too_early``, ``day_before_its_stage``, ``days_out_of_order``.
    """
    require_act_day(stage_on, limits)
    for day, since in ((started_on, ProjectStage.UNDER_CONSTRUCTION), (completed_on, ProjectStage.COMPLETED)):
        if day is not None and is_ahead(since, stage):
            raise DomainError(
                "day_before_its_stage",
                _("A project that is “%(stage)s” has no such day yet."),
                _("Leave the day empty, or choose the stage that was reached."),
                stage=label_of(stage),
            )
        if day is not None:
            require_act_day(day, limits)
    days = [day for day in (started_on, completed_on, stage_on) if day is not None]
    if days != sorted(days):
        raise DomainError(
            "days_out_of_order",
            _("Start, completion and the day of the stage follow one another: %(days)s do not."),
            _("Correct the day that was typed wrongly."),
            days=" → ".join(day.isoformat() for day in days),
        )
