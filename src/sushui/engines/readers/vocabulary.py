"""The words that one kind of list puts over its columns: what a sheet is read by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Protocol

from .texts import compact

_YEAR = re.compile(r"20\d\d年?")


class Vocabulary(Protocol):
    """Labels and the fields they mean; a field is any word of the list's own."""

    @property
    def number(self) -> str:
        """The field that merely counts the rows."""

    @property
    def ignored(self) -> str:
        """The field of columns that are known and left out; any number may be."""

    def field_of(self, label: str) -> str | None:
        """The field a label stands for, or None."""

    def field_under(self, parent: str, child: str) -> str | None:
        """The field of a column whose header has two lines."""


def shape_of(labels: Mapping[int, str]) -> str:
    """SHA-256 in hex of the labels in order; years are left out, so that next year's list is recognized."""
    words = [_YEAR.sub("", compact(labels[column])) for column in sorted(labels)]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()
