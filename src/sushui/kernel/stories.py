"""What the audit chain says of a record, as its story shows it."""

from __future__ import annotations

from collections.abc import Iterable

from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.labels import label_of_verb
from sushui.kernel.models import AuditLine


def entry_of(line: AuditLine, changes: Iterable[Change]) -> StoryEntry:
    """A line as the act it is about; ``changes`` are what the room tells of its values."""
    return StoryEntry(
        at=line.at,
        act=label_of_verb(line.verb),
        who=line.user_name,
        post=line.post_name,
        quote=line.note,
        changes=tuple(changes),
    )
