"""Refusals of this engine: a code and its facts, never prose (an adapter turns them into sentences)."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a text or a file was not read. In brackets: the facts that travel with the code."""

    EMPTY = "empty"
    NOT_CHINESE = "not_chinese"  # hardly a Chinese sign in it
    TOO_LONG = "too_long"  # (limit, found) signs
    CONTROL_CHARACTERS = "control_characters"  # (position) of the first one: no text, or a damaged one
    TOO_LARGE = "too_large"  # (limit) bytes of a file
    UNKNOWN_KIND = "unknown_kind"  # (found) the kind of file it is, as far as that is known
    OLD_WORD = "old_word"  # the binary .doc of before 2007 (also WPS .wps)
    LOCKED = "locked"  # needs a password to open
    SCANNED = "scanned"  # (pages) a PDF of pictures: there is no text in it
    MACROS = "macros"
    OUTSIDE_LINKS = "outside_links"
    BROKEN = "broken"
    TOOK_TOO_LONG = "took_too_long"  # (limit) seconds


class MinutesError(Exception):
    """A text or a file that is refused: ``code`` is a `Refusal`, ``facts`` what a sentence needs."""

    def __init__(self, code: Refusal, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
