"""How well minutes are read: the gold set of texts marked by hand, in two halves.

    python -m benchmarks.minutes              # figures of both halves, and of texts in other offices' styles
    python -m benchmarks.minutes --errors     # and every difference in the half for tuning; the other is only counted

A text belongs to the half for tuning if the SHA-256 of its name is even. How texts are marked:
docs/algorithms/minutes.md.
"""

from __future__ import annotations

import hashlib
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from sushui.engines.minutes import DeadlineForm, DraftTask, Hints, OwnerRole, Span, read_minutes

GOLD = Path(__file__).resolve().parent.parent / "tests" / "engines" / "minutes" / "gold"
OTHER_STYLES = {"other_style.yaml": "other style", "later_style.yaml": "later style"}
LEAST_OVERLAP = 0.5
_GAP = "〜"


@dataclass(frozen=True)
class MarkedTask:
    """What a person marked: where the action stands, who, and by when ("" for no deadline)."""

    places: frozenset[int]
    action: str
    owners: frozenset[str]
    supporting: frozenset[str]
    deadline: str


@dataclass(frozen=True)
class GoldText:
    """One text with its tasks."""

    name: str
    text: str
    hints: Hints
    held_on: date | None
    tasks: tuple[MarkedTask, ...]

    @property
    def is_for_tuning(self) -> bool:
        return int(hashlib.sha256(self.name.encode()).hexdigest(), 16) % 2 == 0


@dataclass
class Score:
    """Counts over some texts; `differences` are sentences for who tunes."""

    texts: int = 0
    marked: int = 0
    drafted: int = 0
    matched: int = 0
    owners_exact: int = 0
    deadlines_exact: int = 0
    owners_invented: int = 0
    days_invented: int = 0
    meeting_days: int = 0
    meeting_days_exact: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.matched / self.drafted if self.drafted else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.marked if self.marked else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def owners(self) -> float:
        return self.owners_exact / self.matched if self.matched else 1.0

    @property
    def deadlines(self) -> float:
        return self.deadlines_exact / self.matched if self.matched else 1.0


def gold(names: Iterable[str] | None = None) -> Iterator[GoldText]:
    """The texts of the gold set; by default all but those in other offices' styles."""
    paths = sorted(GOLD.glob("*.yaml"))
    wanted = set(names) if names is not None else {path.name for path in paths} - set(OTHER_STYLES)
    for path in paths:
        if path.name in wanted:
            yield from (_text(entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8")))


def _text(entry: dict[str, Any]) -> GoldText:
    text = entry["text"]
    return GoldText(
        entry["name"],
        text,
        Hints(year=entry.get("year")),
        entry.get("held_on"),
        tuple(_task(task, text, entry["name"]) for task in entry["tasks"]),
    )


def _task(task: dict[str, Any], text: str, name: str) -> MarkedTask:
    by = task.get("by", "")
    return MarkedTask(
        _places(text, task["action"], name),
        task["action"],
        frozenset(task.get("owners", ())),
        frozenset(task.get("with", ())),
        "words" if isinstance(by, dict) else str(by),
    )


def _places(text: str, action: str, name: str) -> frozenset[int]:
    """Where the signs of an action stand; 〜 leaves out what stands between its first and its last words."""
    first, *last = ["".join(part.split()) for part in action.split(_GAP)]
    kept = [index for index, sign in enumerate(text) if not sign.isspace()]
    flat = "".join(text[index] for index in kept)
    start = flat.find(first)
    end = flat.find(last[0], start + len(first)) + len(last[0]) if last else start + len(first)
    if start < 0 or end <= start:
        raise ValueError(f"{name}: the action “{action}” does not stand in the text.")
    return _signs(text, kept[start:end])


def _signs(text: str, places: Iterable[int]) -> frozenset[int]:
    return frozenset(place for place in places if text[place].isalnum())


def score(texts: Iterable[GoldText]) -> Score:
    """Read every text and compare."""
    total = Score()
    for one in texts:
        reading = read_minutes(one.text, hints=one.hints)
        total.texts += 1
        total.marked += len(one.tasks)
        total.drafted += len(reading.drafts)
        held = next((meeting.held.on for meeting in reading.meetings if meeting.held), None)
        if one.held_on:
            total.meeting_days += 1
            total.meeting_days_exact += held == one.held_on
            if held != one.held_on:
                total.differences.append(f"{one.name}: held on {held}, marked {one.held_on}")
        _compare(one, reading.drafts, total)
    return total


def _compare(one: GoldText, drafts: Sequence[DraftTask], total: Score) -> None:
    left = list(drafts)
    for marked in one.tasks:
        best = max(left, key=lambda draft: _overlap(one.text, marked, draft.span), default=None)
        if best is None or _overlap(one.text, marked, best.span) < LEAST_OVERLAP:
            total.differences.append(f"{one.name}: missed 「{marked.action}」")
            continue
        left.remove(best)
        total.matched += 1
        _compare_owners(one, marked, best, total)
        _compare_deadline(one, marked, best, total)
    total.differences += [f"{one.name}: not marked 「{draft.action}」 ({draft.pattern})" for draft in left]


def _overlap(text: str, marked: MarkedTask, span: Span) -> float:
    drafted = _signs(text, range(span.start, span.end))
    return len(marked.places & drafted) / len(marked.places | drafted)


def _compare_owners(one: GoldText, marked: MarkedTask, draft: DraftTask, total: Score) -> None:
    own = {owner.name for owner in draft.owners if owner.role is not OwnerRole.SUPPORTING}
    supporting = {owner.name for owner in draft.owners if owner.role is OwnerRole.SUPPORTING}
    total.owners_invented += bool(draft.owners and not marked.owners)
    total.owners_invented += any(name not in "".join(one.text.split()) for name in own | supporting)
    if own == marked.owners and supporting == marked.supporting:
        total.owners_exact += 1
        return
    total.differences.append(
        f"{one.name}: 「{marked.action}」 owners {sorted(own)} with {sorted(supporting)}, "
        f"marked {sorted(marked.owners)} with {sorted(marked.supporting)}"
    )


def _compare_deadline(one: GoldText, marked: MarkedTask, draft: DraftTask, total: Score) -> None:
    said = _said(draft)
    total.days_invented += bool(draft.deadline and draft.deadline.on and not marked.deadline)
    if said == marked.deadline:
        total.deadlines_exact += 1
        return
    total.differences.append(f"{one.name}: 「{marked.action}」 by {said or 'none'}, marked {marked.deadline or 'none'}")


def _said(draft: DraftTask) -> str:
    if draft.deadline is None:
        return ""
    return str(draft.deadline.on) if draft.deadline.form is DeadlineForm.DAY else str(draft.deadline.form)


def table(scores: Sequence[tuple[str, Score]]) -> str:
    """The figures as a table, a column for each set of texts."""
    rows = [
        ("texts", [f"{score.texts}" for _, score in scores]),
        ("tasks marked", [f"{score.marked}" for _, score in scores]),
        ("drafts", [f"{score.drafted}" for _, score in scores]),
        ("precision", [f"{score.precision:.3f}" for _, score in scores]),
        ("recall", [f"{score.recall:.3f}" for _, score in scores]),
        ("F1", [f"{score.f1:.3f}" for _, score in scores]),
        ("owners exact", [f"{score.owners:.3f}" for _, score in scores]),
        ("deadlines exact", [f"{score.deadlines:.3f}" for _, score in scores]),
        ("owners invented", [f"{score.owners_invented}" for _, score in scores]),
        ("days invented", [f"{score.days_invented}" for _, score in scores]),
        ("meeting days exact", [f"{score.meeting_days_exact}/{score.meeting_days}" for _, score in scores]),
    ]
    head = f"{'':<20}" + "".join(f"{name:>14}" for name, _ in scores)
    return "\n".join([head, *(f"{name:<20}" + "".join(f"{cell:>14}" for cell in cells) for name, cells in rows)])


def main() -> None:
    """Print the table."""
    texts = list(gold())
    begun = time.perf_counter()
    scores = [
        ("tuning", score(text for text in texts if text.is_for_tuning)),
        ("unseen", score(text for text in texts if not text.is_for_tuning)),
    ]
    scores += [(column, score(gold([file]))) for file, column in OTHER_STYLES.items()]
    signs = sum(len(re.sub(r"\s", "", text.text)) for text in texts)
    print(table(scores))
    print(f"\n{signs:,} signs in {time.perf_counter() - begun:.2f} s")
    if "--errors" in sys.argv:
        print("\n".join(scores[0][1].differences))


if __name__ == "__main__":
    main()
