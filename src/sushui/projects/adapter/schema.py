"""The schema of OC4IDS 0.9 as it ships with the room (Apache-2.0, ``data/oc4ids/LICENSE``), and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jsonschema import Draft4Validator, FormatChecker

from sushui.projects.rules.documents import from_text

MOST = 20  # flaws of one document; more are told by the first ones


@dataclass(frozen=True)
class Flaw:
    """Where a document is not valid (``budget/amount/currency``), by which rule of the schema, and what it wants."""

    where: str
    kind: str
    wanted: str


@cache
def _validator() -> Draft4Validator:
    text = resources.files("sushui.projects").joinpath("data/oc4ids/project-schema.json").read_bytes()
    return Draft4Validator(from_text(text), format_checker=FormatChecker())


def flaws_of(document: Any) -> list[Flaw]:
    """What the schema refuses in a document, in the order of its places; nothing where it is valid."""
    found = sorted(_validator().iter_errors(document), key=lambda each: [str(step) for step in each.absolute_path])
    return [Flaw(_where(each.absolute_path), str(each.validator), _wanted(each)) for each in found[:MOST]]


def _where(path: Any) -> str:
    return "/".join(_steps(path))


def _steps(path: Any) -> Iterator[str]:
    """The steps of a path; places in lists count from 1, as people count."""
    for step in path:
        yield str(step + 1) if isinstance(step, int) else str(step)


def _wanted(error: Any) -> str:
    wanted = error.validator_value
    if isinstance(wanted, Mapping):
        return ""
    values = wanted if isinstance(wanted, list) else [wanted]
    if error.validator == "required":
        values = [name for name in values if name not in error.instance]
    return ", ".join(map(str, values[:8]))
