"""Labels of words in the reader's language."""

from __future__ import annotations

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
