"""Labels of words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from sushui.kernel.words import Word


def label_of(word: Word) -> str:
    return gettext(word.msgid)


def choices_of(words: type[Word]) -> list[tuple[str, str | Promise]]:
    """Choices for a form or a model field, labels translated when shown."""
    return [(word.value, gettext_lazy(word.msgid)) for word in words]


_verbs: dict[str, Word] = {}


def register_verbs(words: type[Word]) -> None:
    """Let the pages of the audit chain say a room's verbs in words."""
    _verbs.update({word.value: word for word in words})


def label_of_verb(verb: str) -> str:
    """What ``verb`` of an audit line says to a person; the verb itself when no room has named it."""
    word = _verbs.get(verb)
    return label_of(word) if word else verb


_fields: dict[str, str] = {}


def register_fields(labels: Mapping[str, str]) -> None:
    """Let the pages of the audit chain say what a line's values are: the name in the line to a msgid."""
    _fields.update(labels)


def label_of_field(name: str) -> str:
    """What a value of an audit line is called; its name in the line when no room has named it."""
    return gettext(_fields[name]) if name in _fields else name
