"""What was understood of a text: plain values that know where in the text they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sushui.engines.calendar import Reading
from sushui.engines.readers import AgencyIndex, AgencyName


@dataclass(frozen=True, order=True)
class Span:
    """Signs from `start` up to but not including `end`, counted in the text as it was given."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"A span holds at least one sign: {self.start} to {self.end} holds none.")


class OwnerRole(StrEnum):
    """What an owner has in a task, as far as the text says it."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORTING = "supporting"


class OwnerKind(StrEnum):
    """Whether it is said who that is."""

    NAMED = "named"
    GENERIC = "generic"  # 各乡镇, 相关部门, 施工单位: stays as it is


@dataclass(frozen=True)
class Owner:
    """Who is asked, in the text's words. `key`: the agency of the gazetteer so called, "" if none or several are."""

    name: str
    role: OwnerRole
    kind: OwnerKind
    span: Span
    key: str = ""


class DeadlineForm(StrEnum):
    """What kind of deadline the words give."""

    DAY = "day"
    CONTINUING = "continuing"
    RECURRING = "recurring"
    WORDS = "words"  # said, and no day can be told from it


class YearReason(StrEnum):
    """Why a day has the year it has."""

    STATED = "stated"  # written with it
    RELATIVE = "relative"  # told from the meeting's day: 本周五, 一周内, 年底
    MEETING_YEAR = "meeting_year"  # the year of the meeting
    NEXT_YEAR = "next_year"  # the day had passed in the meeting's year, more than half a year before
    HEADING = "heading"  # of a meeting: in its title, number or first lines
    CLOSING = "closing"  # of a meeting: in the day that closes the text
    GIVEN = "given"  # of a meeting: said by who had the text read
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class StatedDeadline:
    """By when, in the text's words. `on` is the last day, of a DAY only; `reading` is the calendar's reason for it.

    Raises `ValueError` for a DAY without a day, or a day with another form.
    """

    words: str
    span: Span
    form: DeadlineForm
    on: date | None = None
    year_reason: YearReason = YearReason.UNKNOWN
    reading: Reading | None = None

    def __post_init__(self) -> None:
        if (self.form is DeadlineForm.DAY) != (self.on is not None):
            raise ValueError(f"A deadline has a day if its form is DAY, and only then: {self.words!r} is {self.form}.")


class DraftSource(StrEnum):
    """Who read it."""

    PATTERNS = "patterns"
    SECOND_READER = "second_reader"


@dataclass(frozen=True)
class DraftTask:
    """One thing asked, for a person to accept or not. `pattern`: the row of the table that made it."""

    action: str
    span: Span
    sentence: str
    sentence_span: Span
    owners: tuple[Owner, ...] = ()
    deadline: StatedDeadline | None = None
    speaker: str = ""
    pattern: str = ""
    source: DraftSource = DraftSource.PATTERNS


class RemarkKind(StrEnum):
    """What is kept beside the tasks."""

    DECISION = "decision"
    FORECAST = "forecast"


@dataclass(frozen=True)
class Remark:
    """A decision that was taken, or what is expected by when: never a task."""

    kind: RemarkKind
    words: str
    span: Span
    deadline: StatedDeadline | None = None


@dataclass(frozen=True)
class Figure:
    """A number with its unit; `measures` is what it measures, `of` what that belongs to, both as they stand there."""

    value: Decimal
    unit: str
    measures: str
    words: str
    span: Span
    of: str = ""


@dataclass(frozen=True)
class NamedProject:
    """A project that is called by a name of its own."""

    name: str
    span: Span


class MeetingKind(StrEnum):
    """What the text is about or made of."""

    MEETING = "meeting"
    VISIT = "visit"
    INSPECTION = "inspection"
    INSTRUCTION = "instruction"
    SPEECH = "speech"
    WORK_LIST = "work_list"
    OTHER = "other"


@dataclass(frozen=True)
class Attendee:
    """Somebody who was there: a post, a name, or both; one of them may be ""."""

    post: str
    name: str
    span: Span


@dataclass(frozen=True)
class MeetingDay:
    """The day of a meeting; `on` only where its year is known, and then `reason` says from where."""

    month: int
    day: int
    on: date | None
    reason: YearReason
    words: str
    span: Span


@dataclass(frozen=True)
class Meeting:
    """One meeting, visit, instruction or list, with everything that was read in it, in the order of the text."""

    kind: MeetingKind
    title: str
    span: Span
    held: MeetingDay | None
    place: str
    chair: Attendee | None
    present: tuple[Attendee, ...]
    drafts: tuple[DraftTask, ...]
    remarks: tuple[Remark, ...]
    figures: tuple[Figure, ...]
    projects: tuple[NamedProject, ...]


@dataclass(frozen=True)
class MinutesReading:
    """All that was read in a text."""

    text: str
    meetings: tuple[Meeting, ...]

    @property
    def drafts(self) -> tuple[DraftTask, ...]:
        """The drafts of all meetings, in the order of the text."""
        return tuple(draft for meeting in self.meetings for draft in meeting.drafts)


@dataclass(frozen=True)
class Hints:
    """What somebody else knows of the text: the `day` it is of, or only the `year`."""

    day: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Gazetteer:
    """Names the house knows: its agencies and projects. Without any the text is read by general rules alone."""

    agencies: AgencyIndex = field(default_factory=lambda: AgencyIndex.of(()))
    projects: tuple[str, ...] = ()

    @classmethod
    def of(cls, agencies: tuple[AgencyName, ...], *, division: str = "", projects: tuple[str, ...] = ()) -> Gazetteer:
        """A gazetteer of these agencies, looked up as `readers.AgencyIndex` does."""
        return cls(AgencyIndex.of(agencies, division=division), projects)

    def key(self, name: str) -> str:
        """The key of the one agency so called, else ""."""
        keys = self.agencies.find(name)
        return keys[0] if len(keys) == 1 else ""
