"""Decisions of organizations over plain values: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin


@lru_cache(maxsize=20_000)
def sort_key_of(name: str) -> str:
    """Pinyin of ``name``, so that lists stand in the order of a Chinese dictionary."""
    return " ".join(lazy_pinyin(name, style=Style.TONE3))[:128]


@lru_cache(maxsize=20_000)
def initials_of(name: str) -> str:
    """First letters of the pinyin of ``name``: ``zjj`` for 住建局; other characters stay, in lower case."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def is_named(names: Iterable[str], sought: str) -> bool:
    """Whether one of ``names`` is meant by ``sought``.

    Letters are looked for as they stand and as initials; Chinese by its pairs of characters, all of which must occur in
    one name, so that 县住建 finds 县住房和城乡建设局's short name and a single character finds whatever holds it.
    """
    wanted = sought.strip().lower()
    if not wanted:
        return True
    if wanted.isascii():
        return any(wanted in name.lower() or wanted in initials_of(name) for name in names)
    pairs = [wanted[i : i + 2] for i in range(max(1, len(wanted) - 1))]
    return any(all(pair in name.lower() for pair in pairs) for name in names)
