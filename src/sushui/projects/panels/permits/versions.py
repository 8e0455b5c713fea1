"""A permit path in its versions, and what one changed in the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff

from django.utils.translation import gettext as _

from sushui.projects.adapter.permits import PermitTemplate, packaged_text
from sushui.projects.enums.permits import PermitKind, PermitPath, PermitVariant
from sushui.projects.models import PermitTemplateVersion
from sushui.projects.panels.permits.wording import called, limit_in_words, source_in_words
from sushui.projects.rules.permits import NOT_STATED, StepLaw

CONTEXT = 3


@dataclass(frozen=True)
class DiffLine:
    """One line: taken away (−), put in (+), or standing beside what changed."""

    mark: str
    text: str


def text_of(path: PermitPath, variant: PermitVariant, version: PermitTemplateVersion | None) -> str:
    """The whole text of a version; None is the package's."""
    return version.text if version is not None else packaged_text(path, variant)


@dataclass(frozen=True)
class PathLine:
    """A step of a path in words: what it is, whose, how long, after what, with which documents."""

    title: str
    law: StepLaw
    agency: str
    limit: str
    source: str
    before: str
    documents: str


def path_lines(template: PermitTemplate) -> list[PathLine]:
    """The steps in the order in which they are written."""
    names = {law.key: called(law.said) for law in template.steps}
    return [_path_line(law, names) for law in template.steps]


def _path_line(law: StepLaw, names: Mapping[str, str]) -> PathLine:
    limit = limit_in_words(law)
    asks = law.kind not in {PermitKind.MILESTONE, PermitKind.OWN_WORK}
    return PathLine(
        title=names[law.key],
        law=law,
        agency=called(law.agency),
        limit=limit or (source_in_words(NOT_STATED) if asks else ""),
        source=source_in_words(law.limit_source) if limit else "",
        before=_(", ").join(names.get(each.key, each.key) for each in law.requires),
        documents=_(", ").join(law.documents),
    )


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
