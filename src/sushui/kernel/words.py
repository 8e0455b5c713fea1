"""Words: closed lists of values with a label that a person reads.

A room's ``enums.py`` is made of these. They are plain values, so rules may use them without Django; the label is an
English msgid that is translated only when a page shows it (`sushui.kernel.labels`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


def msg(text: str) -> str:
    """Mark ``text`` as a msgid for extraction and give it back unchanged."""
    return text


class Word(StrEnum):
    """A stored value with its label: ``CLOSED = "closed", msg("Closed")``."""

    msgid: str

    def __new__(cls, value: str, msgid: str = "") -> Self:
        word = str.__new__(cls, value)
        word._value_ = value
        word.msgid = msgid or value
        return word
