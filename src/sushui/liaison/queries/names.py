"""Whom a name in a list means: a subject, an agency, a post or whoever holds it; one, several or none."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sushui.kernel import clock
from sushui.kernel.subjects import visible_subjects
from sushui.kernel.viewer import Viewer
from sushui.liaison.permissions import may_keep_liaisons
from sushui.organizations.enums import Role
from sushui.organizations.queries import agencies, posts, posts_with_role

Choices = tuple[tuple[int, str], ...]
OFFERED = 8
SIMILAR = 0.4


def plain(text: str) -> str:
    """A name as it is compared: signs of one width, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True)
class Names:
    """Every name in a division by which somebody or something is called; numbers in the order of the lists."""

    _subjects: Mapping[str, list[int]]
    _labels: Mapping[int, str]
    _agencies: Mapping[str, list[int]]
    _agency_labels: Choices
    _posts: Mapping[str, list[int]]
    _post_labels: Choices
    _leaders: frozenset[int]

    def subjects(self, text: str) -> list[int]:
        return self._subjects.get(plain(text), [])

    def subject_choices(self, text: str, found: Iterable[int]) -> Choices:
        """Those so called; where there is none, those with similar names, the most similar first."""
        numbers = list(found)
        if not numbers:
            close = get_close_matches(plain(text), self._subjects, n=OFFERED, cutoff=SIMILAR)
            numbers = [number for name in close for number in self._subjects[name]]
        return tuple((number, f"{self._labels[number]}（{number}）") for number in numbers)

    def subject_labels(self) -> dict[str, str]:
        """What each subject is called, by its number as a text."""
        return {str(number): label for number, label in self._labels.items()}

    def agencies(self, text: str) -> list[int]:
        return self._agencies.get(plain(text), [])

    def agency_choices(self) -> Choices:
        return self._agency_labels

    def posts(self, text: str, role: str) -> list[int]:
        """Posts so called or held by somebody so called; for a leader only leaders' posts."""
        found = self._posts.get(plain(text), [])
        return [number for number in found if number in self._leaders] if role == "leader" else found

    def post_choices(self, role: str) -> Choices:
        if role != "leader":
            return self._post_labels
        return tuple(each for each in self._post_labels if each[0] in self._leaders)


def names_known(viewer: Viewer) -> Names:
    """The names of the viewer's own division; none for those who keep no liaisons. A fixed number of queries."""
    if not may_keep_liaisons(viewer):
        return Names({}, {}, {}, (), {}, (), frozenset())
    home = viewer.division_id
    labels = dict(visible_subjects(viewer).filter(division_id=home).order_by("pk").values_list("pk", "label"))
    own = list(agencies(viewer).filter(division_id=home))
    seats = list(posts(viewer).filter(division_id=home).order_by("agency__sort_key", "agency_id", "rank", "pk"))
    called = {each.pk: [each.name, each.short_name, *each.other_names] for each in own}
    known = {post.pk: [str(post), f"{post.agency.name}{post.name}", post.name, *_holders(post)] for post in seats}
    return Names(
        _by_name({number: [label] for number, label in labels.items()}),
        labels,
        _by_name(called),
        tuple((each.pk, str(each)) for each in own),
        _by_name(known),
        tuple((post.pk, post_label(post)) for post in seats),
        frozenset(posts_with_role(home, Role.COUNTY_LEADER, clock.today())),
    )


def post_label(post: object) -> str:
    """A post with its holder of today, where the query fetched it; many accounts are called by their post."""
    holders = "、".join(name for name in _holders(post) if plain(name) != plain(str(post)))
    return f"{post}（{holders}）" if holders else str(post)


def _holders(post: object) -> list[str]:
    """Names of those who hold the post today."""
    return [tenure.user.name for tenure in getattr(post, "holders_now", [])]


def _by_name(names: Mapping[int, Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, called in names.items():
        for name in {plain(each) for each in called if each}:
            found[name].append(number)
    return dict(found)
