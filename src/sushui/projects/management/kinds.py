"""What a command of projects reads in or writes, as it is said on the command line."""

from __future__ import annotations

from argparse import ArgumentTypeError

from sushui.projects.enums import ListKind

OC4IDS = "oc4ids"
KINDS = "ledger, figures, oc4ids, or portfolio:12, the number of the list."


def told_kind(text: str) -> tuple[ListKind | None, int]:
    """The kind, None for OC4IDS, and the number of the list where it is a version of the portfolio (else 0)."""
    word, _colon, number = text.partition(":")
    is_listed = word == ListKind.PORTFOLIO
    if word not in {*ListKind, OC4IDS} or is_listed != (number.isascii() and number.isdecimal()):
        raise ArgumentTypeError(f"{text!r} is none of: {KINDS}")
    return (None if word == OC4IDS else ListKind(word)), int(number or 0)
