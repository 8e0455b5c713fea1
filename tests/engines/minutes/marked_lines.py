"""Lines in which a person has marked owners {…} and deadlines […], as the tables of the engine have them."""

from __future__ import annotations

import re

from sushui.engines.minutes.lexicon import DEADLINE, DEADLINE_GOES_ON, OWNER, OWNER_GOES_ON

_COVERS = {"{": (OWNER, OWNER_GOES_ON), "[": (DEADLINE, DEADLINE_GOES_ON)}


def covered(line: str) -> str:
    """The line as patterns see it."""
    return re.sub(r"([{\[])(.+?)[}\]]", _cover, line)


def plain(line: str) -> str:
    """The line as it would stand in a text."""
    return re.sub(r"[{}\[\]]", "", line)


def marks(text: str, places: list[tuple[int, int, str]]) -> str:
    """The text with brackets around places found in it."""
    for start, end, brackets in sorted(places, reverse=True):
        text = text[:start] + brackets[0] + text[start:end] + brackets[1] + text[end:]
    return text


def _cover(mark: re.Match[str]) -> str:
    first, rest = _COVERS[mark[1]]
    return first + rest * (len(mark[2]) - 1)
