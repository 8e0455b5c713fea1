"""How Chinese is read: the letters with which each character may begin in pinyin, and its whole syllables.

pypinyin reads a character within the phrases that it knows (银行 only with h) and else gives every reading of it, so
that the surname 单 is found as d, as s and as c. At most three of each are kept: what comes after is archaic.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from pypinyin import Style, pinyin

MOST_READINGS = 3
# Han characters, the rare ones of names beyond the first plane and the zero of years included.
HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CHARACTERS = re.compile(f"([{HAN}]+)|[0-9A-Za-z]+")

# (place in the text, its readings)
Reading = tuple[int, tuple[str, ...]]


@lru_cache(maxsize=50_000)
def letters(text: str) -> tuple[Reading, ...]:
    """First letters of each Han character of ``text``; digits and Latin letters stay, the rest is left out."""
    return _read(text, Style.FIRST_LETTER)


@lru_cache(maxsize=50_000)
def syllables(text: str) -> tuple[Reading, ...]:
    """Whole syllables without tones, as people type them: ``lv`` for 绿."""
    return _read(text, Style.NORMAL)


def _read(text: str, style: Style) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for run in _CHARACTERS.finditer(text):
        readings = _of_han(run[0], style) if run[1] else [(character.lower(),) for character in run[0]]
        found += [(run.start() + place, each) for place, each in enumerate(readings)]
    return tuple(found)


def _of_han(run: str, style: Style) -> list[tuple[str, ...]]:
    found = pinyin(run, style=style, heteronym=True, errors=_unread)
    return [tuple(dict.fromkeys(filter(_is_typed, each)))[:MOST_READINGS] for each in found]


def _unread(unknown: str) -> Any:
    """One place for each character that pypinyin does not know, so that the others keep theirs."""
    return [["?"]] * len(unknown)


def _is_typed(reading: str) -> bool:
    """Whether a reading can be typed; a few characters are only hummed (``ê``)."""
    return reading.isascii() and reading.isalpha()
