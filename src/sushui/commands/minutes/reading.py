"""Read, print, and say in a sentence what cannot be read."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sushui.engines.minutes import (
    Attendee,
    DraftTask,
    Hints,
    Meeting,
    MinutesError,
    MinutesReading,
    OwnerRole,
    Refusal,
    StatedDeadline,
    read_minutes,
)
from sushui.engines.minutes.files import read_document

from .refusals import MinutesRefused

FORMATS = ("table", "json")
PASTED = "-"
_YEAR_IN_A_NAME = re.compile(r"(?<!\d)(20[12]\d)(?=\D|[01]\d(?:\D|$)|[01]\d[0-3]\d(?:\D|$)|$)")

SENTENCES: Mapping[Refusal, str] = {
    Refusal.EMPTY: "there is no text in it. Give the text of minutes, an instruction, a speech or news.",
    Refusal.NOT_CHINESE: "hardly any of it is Chinese. Only Chinese texts can be read.",
    Refusal.TOO_LONG: "it has {found:,} signs, and {limit:,} can be read. Cut it at its meetings.",
    Refusal.CONTROL_CHARACTERS: "sign {position:,} is no character of a text. Save the text anew as UTF-8.",
    Refusal.TOO_LARGE: "it is larger than {limit:,} bytes. Leave its pictures out, or cut it.",
    Refusal.UNKNOWN_KIND: "it is no text, Word document or PDF ({found}). Save it as one of these.",
    Refusal.OLD_WORD: "it is a Word document of before 2007. Save it as .docx.",
    Refusal.LOCKED: "it is locked with a password. Save it without one.",
    Refusal.SCANNED: "its {pages} pages are pictures without text. Have them recognized, or paste the text.",
    Refusal.MACROS: "there are programs (macros) in it. Save it as .docx without them.",
    Refusal.OUTSIDE_LINKS: "it loads something from outside. Save it without linked pictures and templates.",
    Refusal.BROKEN: "it is damaged. Open it in the program that made it, and save it anew.",
    Refusal.TOOK_TOO_LONG: "it could not be opened within {limit} seconds. Save it anew, or paste its text.",
}


@dataclass(frozen=True)
class Options:
    """What was asked for. `file` is `-` for pasted text; `day` or `year` is what the caller knows of the text."""

    file: str
    format: str = "table"
    day: str = ""
    year: int | None = None


def run(options: Options, console: Console) -> None:
    """Read and print. Raises `MinutesRefused`."""
    if options.format not in FORMATS:
        raise MinutesRefused(f"--format is {' or '.join(FORMATS)}, not {options.format}.")
    name = "the pasted text" if options.file == PASTED else Path(options.file).name
    hints, source = _hints(options)
    try:
        reading = read_minutes(read_document(_bytes(options.file)), hints=hints)
    except MinutesError as refusal:
        raise MinutesRefused(f"{name}: {SENTENCES[refusal.code].format_map(refusal.facts)}") from refusal
    if options.format == "json":
        console.print_json(json.dumps(document(reading, hints, source), ensure_ascii=False), ensure_ascii=False)
    else:
        print_reading(console, reading, hints, source)


def _bytes(file: str) -> bytes:
    if file == PASTED:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise MinutesRefused(f"{file} cannot be read: {error.strerror}.") from error


def _hints(options: Options) -> tuple[Hints, str]:
    """What is known of the text besides, and from where."""
    if options.day:
        try:
            return Hints(day=date.fromisoformat(options.day)), "--day"
        except ValueError as error:
            raise MinutesRefused(f"--day is a day such as 2026-03-12, not {options.day}.") from error
    if options.year:
        return Hints(year=options.year), "--year"
    found = _YEAR_IN_A_NAME.search(Path(options.file).stem)
    return (Hints(year=int(found[1])), "the file's name") if found else (Hints(), "")


def document(reading: MinutesReading, hints: Hints, source: str) -> dict[str, object]:
    """The reading as plain values for JSON."""
    known = {"day": str(hints.day) if hints.day else None, "year": hints.year, "from": source or None}
    meetings = [json.loads(json.dumps(asdict(meeting), default=str)) for meeting in reading.meetings]
    return {"known": known, "meetings": meetings}


def print_reading(console: Console, reading: MinutesReading, hints: Hints, source: str) -> None:
    """Each meeting with its tasks and what is kept beside them."""
    if source:
        console.print(f"Known from {source}: {hints.day or hints.year}.", style="dim", markup=False)
    for meeting in reading.meetings:
        console.print()
        console.print(Text(meeting.title, style="bold"))
        console.print(Text(" · ".join(_facts(meeting))))
        if meeting.present:
            console.print(Text("present: " + "; ".join(map(_person, meeting.present))))
        _print_drafts(console, meeting.drafts)
        _print_rest(console, meeting)


def _facts(meeting: Meeting) -> Iterable[str]:
    yield str(meeting.kind)
    if meeting.held:
        day = meeting.held.on or f"{meeting.held.month}-{meeting.held.day}, year unknown"
        yield f"{day} ({meeting.held.reason})"
    if meeting.place:
        yield meeting.place
    if meeting.chair:
        yield f"in the chair: {_person(meeting.chair)}"


def _person(attendee: Attendee) -> str:
    return f"{attendee.post} {attendee.name}".strip()


def _print_drafts(console: Console, drafts: Iterable[DraftTask]) -> None:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in ("", "task", "owners", "by", "said by", "pattern"):
        table.add_column(heading)
    for number, draft in enumerate(drafts, start=1):
        cells = (str(number), draft.action, _owners(draft), _by(draft.deadline), draft.speaker, draft.pattern)
        table.add_row(*map(Text, cells))
    console.print(table if table.row_count else Text("no tasks", style="dim"))


def _owners(draft: DraftTask) -> str:
    marks = {OwnerRole.LEAD: " (lead)", OwnerRole.SUPPORTING: " (supporting)", OwnerRole.RESPONSIBLE: ""}
    return "、".join(f"{owner.name}{marks[owner.role]}" for owner in draft.owners)


def _by(deadline: StatedDeadline | None) -> str:
    if deadline is None:
        return ""
    return f"{deadline.on} ({deadline.words})" if deadline.on else deadline.words


def _print_rest(console: Console, meeting: Meeting) -> None:
    for remark in meeting.remarks:
        console.print(Text(f"{remark.kind}: {remark.words}"))
    if meeting.figures:
        figures = (f"{figure.measures} {figure.value}{figure.unit} {figure.of}".strip() for figure in meeting.figures)
        console.print(Text("figures: " + "; ".join(figures)))
    if meeting.projects:
        console.print(Text("projects: " + "; ".join(project.name for project in meeting.projects)))
