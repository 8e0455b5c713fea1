"""What a gate asks for and what is missing, as plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.projects.enums import EvidenceKind, EvidencePart, ProjectStage
from sushui.projects.rules.gates import Opening, Piece, gates, is_ahead, nearest, shortfalls
from sushui.projects.rules.stages import LIFE

S, K, P = ProjectStage, EvidenceKind, EvidencePart
PERMIT = Opening(K.CONSTRUCTION_PERMIT, (P.NUMBER, P.DAY), "x")
GROUND = Opening(K.WRITTEN_GROUND, (P.TEXT,), "x")
DAY = date(2026, 3, 1)


def missing(*pieces: Piece) -> dict[EvidenceKind, tuple[EvidencePart, ...]]:
    return {each.opening.kind: each.missing for each in shortfalls([PERMIT, GROUND], pieces)}


def test_without_evidence_every_opening_misses_all_that_it_asks_for() -> None:
    assert missing() == {K.CONSTRUCTION_PERMIT: (P.NUMBER, P.DAY), K.WRITTEN_GROUND: (P.TEXT,)}


@pytest.mark.parametrize(
    "piece", [Piece(K.CONSTRUCTION_PERMIT, "8号", DAY), Piece(K.WRITTEN_GROUND, text="限额以下")], ids=str
)
def test_one_opening_is_enough(piece: Piece) -> None:
    assert missing(piece) == {}


def test_half_a_paper_leaves_the_other_half_missing() -> None:
    assert missing(Piece(K.CONSTRUCTION_PERMIT, "8号"))[K.CONSTRUCTION_PERMIT] == (P.DAY,)


def test_halves_of_two_papers_are_not_one() -> None:
    pieces = Piece(K.CONSTRUCTION_PERMIT, "8号"), Piece(K.CONSTRUCTION_PERMIT, day=DAY)

    assert missing(*pieces)[K.CONSTRUCTION_PERMIT] == (P.DAY,)


def test_evidence_of_another_kind_opens_nothing() -> None:
    assert missing(Piece(K.CONTRACT, "8号", DAY, "x", Decimal(1))) == missing()


def test_an_amount_of_nothing_is_said() -> None:
    assert Piece(K.RETURN_FIGURES, amount=Decimal()).says(P.AMOUNT)


def test_a_gate_that_asks_for_nothing_is_open() -> None:
    assert shortfalls([], []) == []


def test_what_was_begun_is_named_before_what_was_not() -> None:
    found = shortfalls([PERMIT, GROUND], [Piece(K.CONSTRUCTION_PERMIT, "8号")])

    assert [each.opening for each in nearest(found)] == [PERMIT]
    assert nearest(shortfalls([PERMIT, GROUND], [])) == shortfalls([PERMIT, GROUND], [])


def test_gates_stand_in_the_order_of_the_life() -> None:
    stages = list(gates())

    assert stages == [each for each in LIFE if each in stages]
    assert set(LIFE) - set(stages) == {S.PLANNED, S.IN_PIPELINE, S.PRE_CONSTRUCTION}


def test_every_opening_of_the_data_asks_for_something_and_says_where_that_stands() -> None:
    openings = [each for gate in gates().values() for each in gate]

    assert [each.kind for each in openings if not each.parts or not each.source] == []
    assert sorted({each.kind for each in openings}) == sorted(K)


@pytest.mark.parametrize(
    ("stage", "of", "ahead"),
    [
        (S.SIGNED, S.PLANNED, True),
        (S.PLANNED, S.SIGNED, False),
        (S.SIGNED, S.SIGNED, False),
        (S.SUSPENDED, S.SIGNED, False),
    ],
)
def test_a_stage_lies_ahead_of_those_before_it(stage: ProjectStage, of: ProjectStage, ahead: bool) -> None:
    assert is_ahead(stage, of) is ahead
