"""Evidence for stages: recorded at the gate or, where it is a permit, with the permits; and gates passed by it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import EvidenceKind, GateState, ProjectStage
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.models import Project, StageEvidence
from sushui.projects.permissions import may_report_on_project
from sushui.projects.queries import gate_shortfalls, openings_of, pieces_at, stage_before_rest
from sushui.projects.rules.gates import (
    Piece,
    Shortfall,
    gates_between,
    is_ahead,
    is_later,
    is_number_odd,
    is_too_short,
    shortfalls,
)
from sushui.projects.rules.stages import LIFE
from sushui.projects.services.asking import NOTHING, Question, ask, question
from sushui.projects.services.gates import (
    forgive_beyond,
    gate_of,
    gates_up_to,
    keep_evidence,
    note_passage,
    refuse_piece,
    require_open,
    settle,
    shortfall_in_words,
)
from sushui.projects.services.permits.papers import ask_about_permit, grant_by, is_shown
from sushui.projects.services.steps import locked


@transaction.atomic
def add_evidence(
    viewer: Viewer,
    project: Project,
    stage: ProjectStage,
    piece: Piece,
    *,
    confirmed: Collection[ActDoubt] = NOTHING,
) -> StageEvidence | None:
    """Record what shows that a project reached a stage, before or after it did; what was owed may be settled by it.

    A permit of the project's path is recorded with the permits, which show it at the gate; then this gives None.

    Raises:
        DomainError: those of `gates.keep_evidence`; `QuestionsAskedError` unless confirmed.
    """
    if not may_report_on_project(viewer, project):
        raise Forbidden
    row = locked(project)
    refuse_piece(viewer, row, stage, piece)
    ask([*_doubts(viewer, row, stage, piece), *_later(row, stage, piece)], confirmed)
    made = _take(viewer, row, stage, piece)
    settle(row, stage)
    return made


def pass_gates(
    viewer: Viewer,
    row: Project,
    stage: ProjectStage,
    given: Sequence[Piece],
    *,
    on: date,
    is_owed: bool = False,
    confirmed: Collection[ActDoubt] = NOTHING,
) -> tuple[GateState | None, list[ActDoubt]]:
    """Let a locked project through the gate of a stage that it reached on a day, and those on the way there.

    Gives how it stands at the gate (None where nothing was asked) and what was confirmed. Called before the project's
    stage changes. A stage behind the furthest one reached asks for nothing. ``is_owed``: a list says so, nothing is
    asked and only the stage itself is owed for.

    Raises:
        DomainError: ``evidence_missing`` and ``permit_after_start`` unless ``is_owed``; those of `add_evidence`.
    """
    reached = stage_before_rest(row)
    is_forward = stage in LIFE and is_ahead(stage, reached)
    between = gates_between(reached, stage) if is_forward and not is_owed else []
    way = [*between, stage]
    placed = [(gate_of(piece, way), piece) for piece in given]
    for at, piece in placed:
        refuse_piece(viewer, row, at, piece)
    questions = [each for at, piece in placed for each in _doubts(viewer, row, at, piece)]
    questions += [each for at, piece in placed if at is stage for each in _asked_if_later(piece, on)]
    questions += _owed_on_the_way(row, between, placed)
    asked = ask(questions, confirmed)
    for at, piece in placed:
        _take(viewer, row, at, piece)
    if not is_forward:
        if stage in LIFE:
            forgive_beyond(row, stage)
        return None, asked
    for each in between:
        _pass(viewer, row, each, is_owed=True)
    if not is_owed and stage is ProjectStage.UNDER_CONSTRUCTION:
        _refuse_permit_after_start(row, on)
    return _pass(viewer, row, stage, is_owed=is_owed), asked


def _pass(viewer: Viewer, row: Project, stage: ProjectStage, *, is_owed: bool) -> GateState | None:
    if not openings_of(row.division_id).get(stage):
        return None
    stands = row.passages.filter(stage=stage).first()
    if stands is not None and stands.state is GateState.WAIVED:
        return GateState.WAIVED
    found = gate_shortfalls(row, stage)
    if not is_owed:
        require_open(found, stage)
    return note_passage(viewer, row, stage, GateState.OWED if found else GateState.OPENED)


def _take(viewer: Viewer, row: Project, stage: ProjectStage, piece: Piece) -> StageEvidence | None:
    """Keep a piece where it belongs: with the permits, or at the gate; None where the permits show it."""
    said = replace(piece, number=piece.number.strip(), text=piece.text.strip())
    if is_shown(row, stage, said) or grant_by(viewer, row, stage, said):
        return None
    return keep_evidence(viewer, row, stage, said)


def _refuse_permit_after_start(row: Project, on: date) -> None:
    """A permit of a later day does not let construction begin; a waiver does, or a written ground beside it."""
    stage = ProjectStage.UNDER_CONSTRUCTION
    openings, known = openings_of(row.division_id).get(stage, ()), pieces_at(row, stage)
    late = [each for each in known if is_later(each, on)]
    is_waived = row.passages.filter(stage=stage, state=GateState.WAIVED).exists()
    if late and not is_waived and shortfalls(openings, [each for each in known if each not in late]):
        raise DomainError(
            "permit_after_start",
            _("%(kind)s %(number)s is of %(day)s: it does not let construction begin on %(start)s."),
            _("Correct one of the two days; what began without a permit needs a written ground or a waiver."),
            kind=label_of(late[0].kind),
            number=late[0].number,
            day=late[0].day,
            start=on.isoformat(),
        )


def ask_about_the_way(
    viewer: Viewer,
    stage: ProjectStage,
    code: str,
    given: Sequence[Piece],
    confirmed: Collection[ActDoubt],
) -> list[ActDoubt]:
    """Of a project that is entered in a stage: what is missing up to there, and what is odd about what is given.

    Raises:
        QuestionsAskedError: unless confirmed.
    """
    openings = openings_of(viewer.division_id)
    known = [*given, *([Piece(EvidenceKind.PROJECT_CODE, code)] if code.strip() else [])]
    way = gates_up_to(stage, is_whole_way=True)
    missing = {each: shortfalls(openings.get(each, ()), known) for each in way}
    questions = [each for piece in given for each in _oddities(piece)]
    return ask([*questions, *_owed(missing)], confirmed)


# --- what is asked about ---------------------------------------------------------------------------------------------
def _doubts(viewer: Viewer, row: Project, stage: ProjectStage, piece: Piece) -> Iterator[Question]:
    yield from _oddities(piece)
    yield from ask_about_permit(viewer, row, stage, piece)


def _oddities(piece: Piece) -> Iterator[Question]:
    number, text = piece.number.strip(), piece.text.strip()
    if number and is_number_odd(piece.kind, number):
        yield question(
            ActDoubt.NUMBER_ODD,
            _("“%(number)s” does not look like the number of “%(kind)s”."),
            number=number,
            kind=label_of(piece.kind),
        )
    if is_too_short(text):
        yield question(ActDoubt.TEXT_SHORT, _("“%(text)s” says hardly anything about what happened."), text=text)


def _later(row: Project, stage: ProjectStage, piece: Piece) -> Iterator[Question]:
    """Asked of evidence that comes after the stage: the day is that of the start, or of the stage it stands in."""
    day = row.started_on if stage is ProjectStage.UNDER_CONSTRUCTION else None
    return _asked_if_later(piece, day or (row.stage_on if row.stage is stage else None))


def _asked_if_later(piece: Piece, day: date | None) -> Iterator[Question]:
    """A construction permit after the start is refused at the gate; other papers may be late."""
    if day is not None and is_later(piece, day):
        yield question(
            ActDoubt.PAPER_LATER,
            _("%(kind)s is of %(day)s, after the %(stage_on)s on which the stage was reached."),
            kind=label_of(piece.kind),
            day=piece.day,
            stage_on=day.isoformat(),
        )


def _owed_on_the_way(
    row: Project, between: Sequence[ProjectStage], placed: Sequence[tuple[ProjectStage, Piece]]
) -> Iterator[Question]:
    passed = {each.stage for each in row.passages.filter(state__in=[GateState.WAIVED, GateState.OPENED])}
    missing = {
        stage: gate_shortfalls(row, stage, [piece for at, piece in placed if at is stage])
        for stage in between
        if stage not in passed
    }
    yield from _owed(missing)


def _owed(missing: Mapping[ProjectStage, Sequence[Shortfall]]) -> Iterator[Question]:
    line = gettext("“%(stage)s”: %(missing)s")
    owed = [
        line % {"stage": label_of(stage), "missing": shortfall_in_words(found)}
        for stage, found in missing.items()
        if found
    ]
    if owed:
        said = _("Evidence for these stages is missing and will be owed: %(owed)s.")
        yield question(ActDoubt.GATES_OWED, said, owed=gettext("; ").join(owed))
