"""When two names of enterprises may be one: written full-width or half, in brackets or not, with or without the place.

``绛县古绛镇鑫源（集团）铸造有限责任公司`` and ``鑫源集团铸造有限公司`` have the same key. The key only makes a
person look; nothing is merged by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sushui.enterprises.rules.tables import rows_of

_NO_LETTER = re.compile(r"[\W_]+")


def _words(kind: str) -> tuple[str, ...]:
    """Words of names, the longest first: legal forms at the end, what says nothing within, kinds of places."""
    return tuple(sorted((row["word"] for row in rows_of("name_words") if row["kind"] == kind), key=len, reverse=True))


_FORMS, _INNER, _KINDS = _words("form"), _words("inner"), frozenset(_words("place"))


def name_key(name: str, places: Iterable[str] = ()) -> str:
    """What is left of a name once its writing, its legal form and the ``places`` at its beginning are taken away.

    A name of which nothing else would be left stays as it is written.
    """
    plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", name)).upper()
    kept = _without_places(plain, sorted({bare_place(each) for each in places if each}, key=len, reverse=True))
    for form in _FORMS:
        if kept.endswith(form):
            kept = kept.removesuffix(form)
            break
    for word in _INNER:
        kept = kept.replace(word, "")
    return kept or plain


def _without_places(name: str, places: list[str]) -> str:
    """``name`` without the places that stand before it, one after the other, each with or without its kind (县, 镇)."""
    cut = next((place for place in places if name.startswith(place) and len(name) > len(place)), "")
    if not cut:
        return name
    rest = name.removeprefix(cut)
    rest = rest[1:] if rest[:1] in _KINDS and len(rest) > 1 else rest
    return _without_places(rest, places)


def bare_place(place: str) -> str:
    """A place without its kind: 绛县 is too short to stand as 绛, 古绛镇 is 古绛."""
    plain = _NO_LETTER.sub("", unicodedata.normalize("NFKC", place)).upper()
    return plain[:-1] if len(plain) > 2 and plain[-1] in _KINDS else plain
