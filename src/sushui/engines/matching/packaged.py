"""The library that comes with the engine: fields, dated parameters, policies and their cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from .cases import Case, load_cases
from .loading import load_policies
from .policy import PolicySet
from .registry import Registry, load_registry

HOME = files(__package__ or "") / "library"


@dataclass(frozen=True)
class Library:
    """`texts`: the policies by file name, as written; `cases`: what they are held to."""

    policies: PolicySet
    texts: Mapping[str, str]
    cases: tuple[Case, ...]


def packaged_registry() -> Registry:
    """The fields and dated parameters of the library."""
    fields, parameters = HOME / "fields.yaml", HOME / "parameters.yaml"
    return load_registry(fields.read_text("utf-8"), "fields.yaml", parameters.read_text("utf-8"), "parameters.yaml")


def packaged_texts() -> dict[str, str]:
    """Every policy of the library by file name, the ties across policies last."""
    return {**_texts(HOME / "policies"), "relations.yaml": (HOME / "relations.yaml").read_text("utf-8")}


def load_library() -> Library:
    """The library, read and checked."""
    registry, texts = packaged_registry(), packaged_texts()
    cases = [case for file, text in _texts(HOME / "cases").items() for case in load_cases(registry, text, file)]
    return Library(load_policies(registry, texts), texts, tuple(cases))


def _texts(folder: Traversable) -> dict[str, str]:
    found = sorted(folder.iterdir(), key=lambda each: each.name)
    return {each.name: each.read_text("utf-8") for each in found if each.name.endswith(".yaml")}
