"""What the rows of a ledger can name: agencies, places, clusters, industries, words of the room. One fixed reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from sushui.kernel.industries import industries
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word
from sushui.organizations.queries import division_tree
from sushui.projects import queries
from sushui.projects.adapter import NameIndex, label_words
from sushui.projects.enums import ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.rules.cells import compact_name
from sushui.projects.rules.tables import headings
from sushui.supervision.queries import nameable_agencies

W = TypeVar("W", bound=Word)


@dataclass(frozen=True)
class Ground:
    """Agencies, places and clusters of the division; words by what tables call them."""

    agencies: NameIndex
    places: NameIndex
    clusters: Mapping[str, int]
    cluster_names: Mapping[int, str]
    division_name: str
    levels: Mapping[str, ProjectLevel]
    sectors: Mapping[str, ProjectSector]
    stages: Mapping[str, ProjectStage]


def ground_of(viewer: Viewer) -> Ground:
    """What a ledger of the viewer's division can name today."""
    places = [(row.division.pk, (row.division.name,), frozenset[str]()) for row in division_tree(viewer)]
    clusters = {each.pk: each.name for each in queries.clusters(viewer.division_id)}
    return Ground(
        agencies=NameIndex(nameable_agencies(viewer), viewer.division_name),
        places=NameIndex(places, viewer.division_name),
        clusters={compact_name(name): number for number, name in clusters.items()},
        cluster_names=clusters,
        division_name=viewer.division_name,
        levels={**_said("levels", ProjectLevel), **label_words(ProjectLevel)},
        sectors={**_said("sectors", ProjectSector), **label_words(ProjectSector)},
        stages={**_said("stages", ProjectStage), **label_words(ProjectStage)},
    )


def _said(section: str, words: type[W]) -> dict[str, W]:
    """How tables say what our labels say otherwise."""
    return {label: words(word) for word, labels in headings(section).items() for label in labels}


def industry_codes(text: str) -> tuple[str, ...]:
    """The industries that a cell names by code ("3217", "3217 x", "C") or by name; none or several are asked."""
    word = compact_name(text).upper()
    known = industries()
    if word in known:
        return (word,)
    digits = word[: next((at for at, sign in enumerate(word) if not sign.isascii()), len(word))]
    if digits and digits in known:
        return (digits,) if compact_name(known[digits].name).upper() == word[len(digits) :] else ()
    return _codes_by_name().get(word, ())


@cache
def _codes_by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for each in industries().values():
        name = compact_name(each.name).upper()
        found[name] = (*found.get(name, ()), each.code)
    return found
