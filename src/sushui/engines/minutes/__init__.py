"""Reads what meetings, instructions and speeches ask of whom by when: draft tasks, each with its sentence.

`read_minutes` takes a text and gives a `MinutesReading`; nothing is guessed, nothing decided. Rules, words and patterns
are data (`data/`), and every draft says which pattern made it. The rules: docs/algorithms/minutes.md.
"""

from .errors import MinutesError, Refusal
from .reading import LONGEST_TEXT, read_minutes
from .readings import (
    Attendee,
    DeadlineForm,
    DraftSource,
    DraftTask,
    Figure,
    Gazetteer,
    Hints,
    Meeting,
    MeetingDay,
    MeetingKind,
    MinutesReading,
    NamedProject,
    Owner,
    OwnerKind,
    OwnerRole,
    Remark,
    RemarkKind,
    Span,
    StatedDeadline,
    YearReason,
)

__all__ = [
    "LONGEST_TEXT",
    "Attendee",
    "DeadlineForm",
    "DraftSource",
    "DraftTask",
    "Figure",
    "Gazetteer",
    "Hints",
    "Meeting",
    "MeetingDay",
    "MeetingKind",
    "MinutesError",
    "MinutesReading",
    "NamedProject",
    "Owner",
    "OwnerKind",
    "OwnerRole",
    "Refusal",
    "Remark",
    "RemarkKind",
    "Span",
    "StatedDeadline",
    "YearReason",
    "read_minutes",
]
