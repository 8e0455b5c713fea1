"""The search of `sushui.kernel.search` over names in memory, and which characters of a text were meant.

For the few thousand names of agencies, posts and people, which are also found by whole pinyin (``zhangsan`` as
``zhangs`` or ``zs``), and for marking in a page what the database found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sushui.kernel.readings import Reading, letters, syllables
from sushui.kernel.search import Sought


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; ``is_meant``: what was looked for."""

    text: str
    is_meant: bool


def places(word: str, text: str, *, whole: bool = False) -> set[int]:
    """Places of the characters of ``text`` that one word of a `Sought` names; with ``whole`` also by whole pinyin."""
    if not word.isascii():
        return {at for start in _starts(word, text) for at in range(start, start + len(word))}
    typed = word.replace("-", "")
    read = _spelled(text) if whole else letters(text)
    found: set[int] = set()
    for first in range(len(read)):
        after = _end(read, first, typed)
        found.update(place for place, _ in read[first:after])
    return found


def _starts(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _spelled(text: str) -> list[Reading]:
    """Both ways in which each character may be typed: its first letter or its syllable."""
    return [(place, (*short, *long)) for (place, short), (_, long) in zip(letters(text), syllables(text), strict=True)]


def _end(read: Sequence[Reading], first: int, typed: str) -> int:
    """Where the characters end that ``typed`` spells from ``first`` on, the last one perhaps begun; ``first`` if none.

    All ways are followed at once: ``ways`` holds how much of ``typed`` each has used up.
    """
    ways = {0}
    for number in range(first, len(read)):
        readings = read[number][1]
        if any(reading.startswith(typed[used:]) for used in ways for reading in readings):
            return number + 1
        ways = {used + len(reading) for used in ways for reading in readings if typed.startswith(reading, used)}
        if not ways:
            break
    return first


def pieces(text: str, sought: Sought, *, whole: bool = False) -> list[Piece]:
    """``text`` cut where what is meant begins and ends."""
    meant = set[int]().union(*(places(word, text, whole=whole) for word in sought.words))
    found: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (at in meant) is not (start in meant):
            found.append(Piece(text[start:at], start in meant))
            start = at
    return found


def closeness(sought: Sought, name: str, others: Iterable[str] = ()) -> int | None:
    """0 so called, 1 called so at the beginning, 2 within, 3 only one of its other names is meant; None: not meant."""
    others = [other for other in others if other]
    if not all(any(places(word, text, whole=True) for text in (name, *others)) for word in sought.words):
        return None
    if sought.text.lower() in [text.lower() for text in (name, *others)]:
        return 0
    if 0 in places(sought.words[0], name, whole=True):
        return 1
    return 2 if all(places(word, name, whole=True) for word in sought.words) else 3
