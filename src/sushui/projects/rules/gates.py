"""Gates: whether what shows that a project reached a stage is there, and what is missing. Plain values."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from sushui.projects.enums import EvidenceKind, EvidencePart, ProjectStage
from sushui.projects.rules.codes import clean_code, project_code_flaw
from sushui.projects.rules.stages import LIFE

# Numbers that an authority gives to one project alone.
GIVEN_ONCE = frozenset({EvidenceKind.FILING, EvidenceKind.CONSTRUCTION_PERMIT})
# Papers that let something happen are of a day before it; records of what happened come after.
COMES_FIRST = frozenset(
    {EvidenceKind.CONTRACT, EvidenceKind.FILING, EvidenceKind.APPROVAL, EvidenceKind.CONSTRUCTION_PERMIT}
)
SHORTEST_TEXT = 3
# “…号”, or four signs with a digit among them.
_NUMBER = re.compile(r"^(?=.*\d).{4,}$|^.+\u53f7$|\u53f7.+$", re.DOTALL)


@dataclass(frozen=True)
class Opening:
    """One way through a gate: the kind of evidence, what has to be said of it, and where that is stated.

    ``permits``: keys of permit steps that are this evidence once they are granted.
    """

    kind: EvidenceKind
    parts: tuple[EvidencePart, ...]
    source: str
    permits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as far as it is known. ``amount`` is yuan."""

    kind: EvidenceKind
    number: str = ""
    day: date | None = None
    text: str = ""
    amount: Decimal | None = None

    def says(self, part: EvidencePart) -> bool:
        """Whether a part of it is said."""
        return getattr(self, part.value) not in (None, "")


@dataclass(frozen=True)
class Shortfall:
    """An opening that is not through, and what is still missing of its evidence."""

    opening: Opening
    missing: tuple[EvidencePart, ...]


@cache
def gates() -> Mapping[ProjectStage, tuple[Opening, ...]]:
    """The openings of every gate as `data/gates.toml` says them; one of a gate's openings is enough."""
    return {
        ProjectStage(gate["stage"]): tuple(
            Opening(
                EvidenceKind(each["evidence"]),
                tuple(map(EvidencePart, each["parts"])),
                each["source"],
                tuple(each.get("permits", ())),
            )
            for each in gate["openings"]
        )
        for gate in _written()
    }


@cache
def _written() -> list[dict[str, Any]]:
    text = resources.files("sushui.projects").joinpath("data/gates.toml").read_text(encoding="utf-8")
    written: list[dict[str, Any]] = tomllib.loads(text)["gate"]
    return written


def gates_between(reached: ProjectStage, stage: ProjectStage) -> list[ProjectStage]:
    """The stages whose gates a project passes on its way from one to another, without that of the other itself.

    What may be skipped (`data/gates.toml`) is left out: nobody owes a contract that was never signed.
    """
    skippable = {ProjectStage(gate["stage"]) for gate in _written() if gate.get("skippable")}
    passed = (each for each in LIFE if is_ahead(each, reached) and is_ahead(stage, each))
    return [each for each in passed if each in gates() and each not in skippable]


@dataclass(frozen=True)
class Paper:
    """A permit that was granted: the key of its step in the permit path, and what the paper says."""

    key: str
    number: str
    day: date
    text: str


def shown_by(papers: Iterable[Paper], stage: ProjectStage) -> list[Piece]:
    """What papers of permits are at the gate of a stage."""
    known = list(papers)
    return [
        Piece(opening.kind, paper.number, paper.day, paper.text)
        for opening in gates().get(stage, ())
        for paper in known
        if paper.key in opening.permits
    ]


def stages_of_permit(key: str) -> list[ProjectStage]:
    """The stages at whose gates a permit step is evidence."""
    return [stage for stage, openings in gates().items() if any(key in each.permits for each in openings)]


def shortfalls(openings: Sequence[Opening], pieces: Iterable[Piece]) -> list[Shortfall]:
    """What each opening still misses; empty when the gate is open: one opening is through, or there is none.

    Of several pieces of a kind the one that says most counts: parts of two papers do not make one.
    """
    known = list(pieces)
    found = [Shortfall(each, _missing(each, known)) for each in openings]
    return [] if any(not each.missing for each in found) else found


def _missing(opening: Opening, pieces: Sequence[Piece]) -> tuple[EvidencePart, ...]:
    own = [each for each in pieces if each.kind is opening.kind]
    left = [tuple(part for part in opening.parts if not each.says(part)) for each in own]
    return min(left, key=len, default=opening.parts)


def nearest(found: Sequence[Shortfall]) -> Sequence[Shortfall]:
    """The openings for which something is there already; all of them while nothing is."""
    begun = [each for each in found if len(each.missing) < len(each.opening.parts)]
    return begun or found


def is_ahead(stage: ProjectStage, of: ProjectStage) -> bool:
    """Whether ``stage`` lies further in the life than ``of``: what was reached once is not asked for again."""
    return stage in LIFE and of in LIFE and LIFE.index(stage) > LIFE.index(of)


def is_number_odd(kind: EvidenceKind, number: str) -> bool:
    """Whether a number does not look like that of a document: neither “…号” nor four signs with a digit among them."""
    if kind is EvidenceKind.PROJECT_CODE:
        return project_code_flaw(clean_code(number)) is not None
    return _NUMBER.search(number) is None


def is_too_short(text: str) -> bool:
    """Whether a text that is said says hardly anything."""
    return 0 < len(text) < SHORTEST_TEXT


def is_later(piece: Piece, day: date | None) -> bool:
    """Whether a paper that comes before what it lets happen is of a later day."""
    return piece.kind in COMES_FIRST and piece.day is not None and day is not None and piece.day > day
