"""A permit path in its versions, and what one changed in the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from sushui.projects.adapter.permits import packaged_text
from sushui.projects.enums.permits import PermitPath, PermitVariant
from sushui.projects.models import PermitTemplateVersion

CONTEXT = 3


@dataclass(frozen=True)
class DiffLine:
    """One line: taken away (−), put in (+), or standing beside what changed."""

    mark: str
    text: str


def text_of(path: PermitPath, variant: PermitVariant, version: PermitTemplateVersion | None) -> str:
    """The whole text of a version; None is the package's."""
    return version.text if version is not None else packaged_text(path, variant)


def difference(before: str, after: str) -> list[DiffLine]:
    """What changed from one text to the other, with a few lines around it; empty where nothing did."""
    return list(_lines(before, after))


def _lines(before: str, after: str) -> Iterator[DiffLine]:
    said = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=CONTEXT)
    for line in list(said)[2:]:
        if line.startswith("@@"):
            yield DiffLine("…", "")
        else:
            yield DiffLine({"+": "+", "-": "−"}.get(line[0], ""), line[1:])
