"""Cell addresses as spreadsheets write them ("B12", "A1:E1") and the zero-based places they stand for."""

from __future__ import annotations

import re

from .workbooks import Range

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})\Z", re.ASCII)


def column_letters(column: int) -> str:
    """0 -> "A", 25 -> "Z", 26 -> "AA"."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """(0, 0) -> "A1"."""
    return f"{column_letters(column)}{row + 1}"


def parse_address(text: str) -> tuple[int, int]:
    """Turn "C7" into (6, 2). ValueError for anything else."""
    match = _CELL.match(text)
    if match is None:
        raise ValueError(text)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def parse_range(text: str) -> Range:
    """Read "A1:E1" or "A1". ValueError when it is neither, or runs backwards."""
    first, _, last = text.partition(":")
    top, left = parse_address(first)
    bottom, right = parse_address(last or first)
    if bottom < top or right < left:
        raise ValueError(text)
    return Range(top, left, bottom, right)


def format_range(area: Range) -> str:
    """The opposite of `parse_range`, always with both ends: "A1:E1"."""
    return f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
