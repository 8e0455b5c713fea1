"""A task's story from its audit lines: who did what, in which post, when, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of_value, label_of_verb
from sushui.kernel.models import AuditLine
from sushui.kernel.words import msg
from sushui.supervision.enums import FIELDS, Verb

CLOCKWORK = msg("Automatically")

# Values that a reader wants to see move, in this order.
SHOWN = (
    "due_on",
    "old_due_on",
    "new_due_on",
    "deadline_on",
    "grade",
    "handler",
    "holder",
    "named_agency",
    "owner",
    "agencies",
    "unanswered",
    "files",
    "plan",
    "kind",
    "title",
    "node_cycle",
    "day",
)
# What makes an act plain at once.
DETAILS: Mapping[str, tuple[str, ...]] = {
    Verb.REPORT: ("kind",),
    Verb.CLIMB: ("rung", "what"),
    Verb.RETURN: ("rung",),
}
# What the act itself says already.
LEFT_OUT: Mapping[str, set[str]] = {Verb.DRAFT: {"title"}, Verb.REPORT: {"kind"}, Verb.ANSWER: {"kind"}}


def story_of(lines: Iterable[AuditLine]) -> list[StoryEntry]:
    """The lines as entries, newest first."""
    return [_entry(line) for line in reversed(list(lines))]


@dataclass(frozen=True)
class Stretch:
    """A piece of a story, newest first; ``is_folded``: nothing but reminders of the clock, shown as one line."""

    entries: list[StoryEntry]
    is_folded: bool = False

    @property
    def first(self) -> StoryEntry:
        return self.entries[-1]

    @property
    def last(self) -> StoryEntry:
        return self.entries[0]


def stretches_of(lines: Iterable[AuditLine]) -> list[Stretch]:
    """The story with every run of reminders folded, so that what people did stands out; one stretch at least."""
    found: list[Stretch] = []
    for is_climb, run in groupby(reversed(list(lines)), key=lambda line: line.verb == Verb.CLIMB):
        entries = [_entry(line) for line in run]
        if is_climb and len(entries) > 1:
            found.append(Stretch(entries, is_folded=True))
        elif found and not found[-1].is_folded:
            found[-1].entries.extend(entries)
        else:
            found.append(Stretch(entries))
    return found or [Stretch([])]


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
    said = [label_of_verb(line.verb)]
    said += [_said(line.verb, name, line.after[name]) for name in DETAILS.get(line.verb, ()) if name in line.after]
    about = line.after.get("agency")
    return " · ".join([*said, about] if about and about not in line.post_name else said)


def _changes(line: AuditLine) -> Iterable[Change]:
    """What moved; a value that was and is empty did not."""
    for name in SHOWN:
        if name not in line.after or name in LEFT_OUT.get(line.verb, set()):
            continue
        before, after = (_said(line.verb, name, values.get(name)) for values in (line.before, line.after))
        if before or after:
            yield Change(_(FIELDS[name]), before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return _("; ").join(_said(verb, name, each) for each in value)
    if isinstance(value, dict):  # a step of a plan
        return f"{value.get('on', '')} {value.get('text', '')}".strip()
    return label_of_value(verb, name, str(value))


def plan_steps(plan: Iterable[Mapping[str, str]]) -> list[tuple[date, str]]:
    """A stored plan as days and texts."""
    return [(date.fromisoformat(step["on"]), step["text"]) for step in plan]
