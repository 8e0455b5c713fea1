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
