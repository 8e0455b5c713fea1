"""A task's story from its audit lines: who did what, in which post, when, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.models import AuditLine
from sushui.kernel.words import Word, msg
from sushui.supervision.enums import (
    ClockKind,
    Grade,
    NodeCycle,
    ReportKind,
    Rung,
    TaskKind,
    Verb,
)

CLOCKWORK = msg("Automatically")

# Fields that a reader wants to see move, with what they are called and the words that they hold.
FIELDS: Mapping[str, tuple[str, type[Word] | None]] = {
    "due_on": (msg("Deadline"), None),
    "old_due_on": (msg("Present deadline"), None),
    "new_due_on": (msg("Deadline asked for"), None),
    "deadline_on": (msg("Deadline"), None),
    "grade": (msg("Grade"), Grade),
    "handler": (msg("Handler"), None),
    "holder": (msg("Held by"), None),
    "named_agency": (msg("Agency named"), None),
    "owner": (msg("Responsible agency"), None),
    "agencies": (msg("Agencies"), None),
    "unanswered": (msg("Not answered yet"), None),
    "plan": (msg("Plan"), None),
    "kind": (msg("Kind"), TaskKind),
    "title": (msg("Task"), None),
    "node_cycle": (msg("Reports"), NodeCycle),
    "day": (msg("Deadline"), None),
}
# What makes an act plain at once.
DETAILS: Mapping[str, Mapping[str, type[Word]]] = {
    Verb.REPORT: {"kind": ReportKind},
    Verb.CLIMB: {"rung": Rung, "what": ClockKind},
}
# What the act itself says already.
LEFT_OUT: Mapping[str, set[str]] = {Verb.DRAFT: {"title"}, Verb.REPORT: {"kind"}, Verb.ANSWER: {"kind"}}


def story_of(lines: Iterable[AuditLine]) -> list[StoryEntry]:
    """The lines as entries, newest first."""
    return [_entry(line) for line in reversed(list(lines))]


def _entry(line: AuditLine) -> StoryEntry:
    by_clock = line.user_id is None
    return StoryEntry(
        at=line.at,
        act=_act(line),
        who="" if by_clock else line.user_name,
        post=_(CLOCKWORK) if by_clock else line.post_name,
        quote=line.note,
        changes=tuple(_changes(line)),
    )


def _act(line: AuditLine) -> str:
    """What was done, with what kind of report or clock it was and, if not clear from who did it, to whom."""
    verbs = {verb.value: verb.msgid for verb in Verb}
    said = [_(verbs[line.verb]) if line.verb in verbs else line.verb]
    said += [_said(line.after[name], words) for name, words in DETAILS.get(line.verb, {}).items() if name in line.after]
    about = line.after.get("agency")
    return " · ".join([*said, about] if about and about not in line.post_name else said)


def _changes(line: AuditLine) -> Iterable[Change]:
    for name, (label, words) in FIELDS.items():
        if name not in line.after or name in LEFT_OUT.get(line.verb, set()):
            continue
        yield Change(_(label), _said(line.before.get(name), words) or None, _said(line.after[name], words))


def _said(value: Any, words: type[Word] | None) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if words is not None:
        return _(words(value).msgid)
    if isinstance(value, list):
        return _("; ").join(_said(each, None) for each in value)
    if isinstance(value, dict):  # a step of a plan
        return f"{value.get('on', '')} {value.get('text', '')}".strip()
    return str(value)


def plan_steps(plan: Iterable[Mapping[str, str]]) -> list[tuple[date, str]]:
    """A stored plan as days and texts."""
    return [(date.fromisoformat(step["on"]), step["text"]) for step in plan]
