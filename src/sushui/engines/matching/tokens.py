"""An expression cut into tokens; each knows where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .errors import Refusal
from .texts import Place
from .units import Quantity, UnknownUnit, match_quantity

_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")
_WORD = re.compile(r"[^\W\d_]\w*")  # a Chinese code without quotes
_SIGN = re.compile(r"<=|>=|!=|==|[-+*/<>=(),:≥≤≠×÷]")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_SET = re.compile(r"\{([^{}]*)\}")
_BLANK = re.compile(r"\s+")
_SAME = {"==": "=", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/"}


@dataclass(frozen=True)
class Token:
    """`kind`: name, sign, quantity, day, text, set, end."""

    kind: str
    written: str
    at: int
    value: Quantity | date | str | tuple[str, ...] | None = None


def tokens(text: str, place: Place) -> list[Token]:
    """Every token, the last one of kind `end`. Raises `MatchingError`: NOT_AN_EXPRESSION, UNKNOWN_UNIT."""
    return [*_tokens(text, place), Token("end", "", len(text))]


def _tokens(text: str, place: Place) -> Iterator[Token]:
    at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
            continue
        token, at = _next(text, at, place)
        yield token


def _next(text: str, at: int, place: Place) -> tuple[Token, int]:
    if found := _DAY.match(text, at):
        return Token("day", found[0], at, _day(found[0], place)), found.end()
    if found := _NAME.match(text, at):
        return Token("name", found[0], at), found.end()
    if found := _WORD.match(text, at):
        return Token("text", found[0], at, found[0]), found.end()
    if found := _TEXT.match(text, at):
        return Token("text", found[0], at, found[1] or found[2] or ""), found.end()
    if found := _SET.match(text, at):
        return Token("set", found[0], at, _codes(found[1])), found.end()
    try:
        quantity = match_quantity(text, at)
    except UnknownUnit as unknown:
        place.refuse(Refusal.UNKNOWN_UNIT, unit=str(unknown))
    if quantity:
        return Token("quantity", text[at : quantity[1]], at, quantity[0]), quantity[1]
    if found := _SIGN.match(text, at):
        return Token("sign", _SAME.get(found[0], found[0]), at), found.end()
    place.refuse(Refusal.NOT_AN_EXPRESSION, expression=text, at=at + 1, found=text[at])


def _day(written: str, place: Place) -> date:
    try:
        year, month, day = (int(part) for part in written.split("-"))
        return date(year, month, day)
    except ValueError:
        place.refuse(Refusal.BAD_VALUE, place=place.path, value=written)


def _codes(written: str) -> tuple[str, ...]:
    parts = (part.strip().strip("'\"") for part in re.split(r"[,，、]", written))
    return tuple(part for part in parts if part)
