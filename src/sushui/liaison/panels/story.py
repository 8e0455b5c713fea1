"""The story of a visit or of a subject's liaisons, from the audit lines: who did what, in which post, when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from sushui.kernel.audit import target_of
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of_field, label_of_value
from sushui.kernel.models import AuditLine
from sushui.kernel.stories import entry_of

# Values that a reader wants to see, in this order; those that a correction left as they were are not told again.
SHOWN = ("role", "who", "from_on", "to_on", "holder", "visited_on", "way", "place", "companions", "seen", "files")


def story_of(records: Iterable[Model]) -> list[StoryEntry]:
    """What happened to these records, newest first; one query."""
    lines = AuditLine.objects.filter(target__in=[target_of(record) for record in records]).order_by("-id")
    return [entry_of(line, _changes(line)) for line in lines]


def _changes(line: AuditLine) -> Iterable[Change]:
    for name in SHOWN:
        before, after = (_said(line.verb, name, values.get(name)) for values in (line.before, line.after))
        if before != after:
            yield Change(label_of_field(line.verb, name), before or None, after)


def _said(verb: str, name: str, value: Any) -> str:
    """A stored value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    return label_of_value(verb, name, str(value))
