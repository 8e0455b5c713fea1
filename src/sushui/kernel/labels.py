"""Labels of words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from sushui.kernel.words import Word


def label_of(word: Word) -> str:
    return gettext(word.msgid)


def said(value: str, *kinds: type[Word]) -> str:
    """A stored value as people read it: the first word of ``kinds`` that it is; else unchanged."""
    return next((label_of(word) for words in kinds for word in words if word.value == value), value)


def choices_of(words: type[Word]) -> list[tuple[str, str | Promise]]:
    """Choices for a form or a model field, labels translated when shown."""
    return [(word.value, gettext_lazy(word.msgid)) for word in words]


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the lines of one verb say: the verb, what their values are called, and the words that these hold."""

    verb: Word
    fields: Mapping[str, str]
    values: Mapping[str, tuple[type[Word], ...]]


_lines: dict[str, _Lines] = {}
_records: dict[str, str] = {}


def register_verbs(
    words: type[Word],
    fields: Mapping[str, str] | None = None,
    values: Mapping[str, tuple[type[Word], ...]] | None = None,
) -> None:
    """Let the pages of the audit chain say a room's verbs in words, and what stands in their lines.

    ``fields`` gives the name of a value in the line its msgid, ``values`` the words that it may hold.
    """
    _lines.update({word.value: _Lines(word, fields or {}, values or {}) for word in words})


def register_records(labels: Mapping[str, str]) -> None:
    """Let the pages of the audit chain name a room's records: ``supervision.supervisedtask`` to a msgid."""
    _records.update(labels)


def label_of_verb(verb: str) -> str:
    """What ``verb`` of an audit line says to a person; the verb itself when no room has named it."""
    return label_of(_lines[verb].verb) if verb in _lines else verb


def label_of_field(verb: str, name: str) -> str:
    """What a value in a line of ``verb`` is called; its name in the line when no room has named it."""
    fields = _lines[verb].fields if verb in _lines else {}
    return gettext(fields[name]) if name in fields else name


def label_of_value(verb: str, name: str, value: str) -> str:
    """A stored word in a line of ``verb`` as people read it; anything else unchanged."""
    kinds = _lines[verb].values.get(name, ()) if verb in _lines else ()
    return said(value, *kinds)


def label_of_record(target: str) -> str:
    """A record of the chain in words: "Task 12" for ``supervision.supervisedtask:12``."""
    model, _colon, number = target.partition(":")
    return f"{gettext(_records[model])} {number}" if model in _records else target
