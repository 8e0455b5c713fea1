"""What was shown of a sheet is what is written: its preview is held, and compared when the sheet is imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.kernel.sheets.records import ListUnderWay

ROWS_NAMED, FIELDS_NAMED = 3, 3
STATE = "state"  # what becomes of the row; once this differs, the rest says nothing more
VERSION = "version"  # of the record that a row changes: said only when no other field tells what was changed
Facts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet as it was shown: its name, and by field as plain texts what stands and what it becomes.

    The facts are the same whoever looks and in whatever language.
    """

    number: int
    name: str
    facts: Facts


@dataclass(frozen=True)
class Preview:
    """All rows of a sheet as they were shown, by their number."""

    rows: Mapping[int, PreviewRow]

    @classmethod
    def of(cls, rows: Iterable[PreviewRow]) -> Preview:
        return cls({row.number: row for row in rows})

    @cached_property
    def digest(self) -> str:
        """The same for two previews that say the same."""
        told = json.dumps([[row.number, row.facts] for row in self.rows.values()], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that reads otherwise than it was shown: by field what was shown and what is so now, "" for nothing."""

    number: int
    name: str
    fields: tuple[tuple[str, str, str], ...]


class Wording(Protocol):
    """How a room says the facts of its rows."""

    def label(self, field: str) -> str: ...
    def value(self, field: str, text: str) -> str: ...


def held_digest(draft: ListUnderWay) -> str | None:
    """The digest of `held_preview`, without its rows."""
    return draft.preview["digest"] if draft.preview.get("version") == draft.version else None


def held_preview(draft: ListUnderWay) -> Preview | None:
    """The preview that was shown of the sheet as it stands; None when none was since something was said about it."""
    if held_digest(draft) is None:
        return None
    return Preview.of(PreviewRow(number, name, facts) for number, name, facts in draft.preview["rows"])


def hold_preview(draft: ListUnderWay, preview: Preview) -> None:
    """Keep what is being shown, until something else is shown or said about the sheet."""
    told = {
        "version": draft.version,
        "digest": preview.digest,
        "rows": [[row.number, row.name, dict(row.facts)] for row in preview.rows.values()],
    }
    if draft.preview != told:
        type(draft)._default_manager.filter(pk=draft.pk, version=draft.version).update(preview=told)
        draft.preview = told


def differences(shown: Preview, now: Preview) -> list[RowDifference]:
    """Rows that read otherwise than they were shown, in the order of the sheet."""
    nothing = PreviewRow(0, "", {})
    found = []
    for number in sorted({*shown.rows, *now.rows}):
        before, after = shown.rows.get(number, nothing), now.rows.get(number, nothing)
        if before.facts != after.facts:
            names = dict.fromkeys([*after.facts, *before.facts])  # the database keeps no order of what was held
            pairs = ((name, before.facts.get(name, ""), after.facts.get(name, "")) for name in names)
            told = [pair for pair in pairs if pair[1] != pair[2]]
            state = [pair for pair in told if pair[0] == STATE]
            found.append(RowDifference(number, after.name or before.name, tuple(state or told)))
    return found


def require_as_shown(draft: ListUnderWay, now: Preview, seen: str | None, wording: Callable[[], Wording]) -> None:
    """Refuse to write anything else than was shown. ``seen`` is the digest of the preview that the viewer saw.

    None stands for whatever was shown last; where nothing was shown at all, there is nothing to compare.

    Raises:
        DomainError: ``preview_outdated``, naming the rows and what changed.
    """
    shown = held_digest(draft)
    wanted = seen or shown or now.digest
    if wanted == now.digest:
        return
    found = _differing(draft, now) if shown == wanted else []
    refusal = DomainError(
        "preview_outdated",
        _("Rows read otherwise now than they were shown: nothing is written. %(rows)s"),
        _("Look through the rows again, then import: your answers are kept."),
        rows=" ".join(_sentences(found, wording())),
    )
    refusal.status = 409
    raise refusal


def read_otherwise(draft: ListUnderWay, now: Preview, wording: Callable[[], Wording]) -> list[str]:
    """What reads otherwise now than it was shown, in sentences; empty when nothing does or nothing was shown."""
    if held_digest(draft) in {None, now.digest}:
        return []
    return _sentences(_differing(draft, now), wording())


def _differing(draft: ListUnderWay, now: Preview) -> list[RowDifference]:
    """Rows that read otherwise now than the preview that is held."""
    shown = held_preview(draft)
    return differences(shown, now) if shown is not None else []


def _sentences(found: list[RowDifference], wording: Wording) -> list[str]:
    """The first of the rows, each in a sentence, and how many there are besides."""
    told = [_sentence(each, wording) for each in found[:ROWS_NAMED]]
    if len(found) > ROWS_NAMED:
        told.append(gettext("%(count)s rows more.") % {"count": len(found) - ROWS_NAMED})
    return told


def _sentence(each: RowDifference, wording: Wording) -> str:
    parts: dict[str, str] = {}
    for name, shown, now in each.fields:
        if name != VERSION:
            pair = (wording.value(name, text) if text else pgettext("value", "nothing") for text in (shown, now))
            parts.setdefault(wording.label(name), " → ".join(pair))
    some = list(parts.items())[:FIELDS_NAMED]
    changed = pgettext("between changes", "; ").join(f"{label} {pair}" for label, pair in some)
    return gettext("Row %(row)s “%(name)s”: %(changed)s.") % {
        "row": each.number,
        "name": each.name,
        "changed": changed or gettext("something else of it was changed"),
    }
