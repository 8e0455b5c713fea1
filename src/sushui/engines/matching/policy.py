"""A policy: its document, its versions, its items with conditions, benefit, caps and instalments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from .registry import Registry
from .texts import Place
from .tree import Number, Test

MOST_ATOMS = 62  # a mask of an item is one integer of 64 bits


class AtomKind(StrEnum):
    """Who can say whether an atom holds."""

    FACT = "fact"  # the data
    SOFT = "soft"  # a person
    AMBIGUOUS = "ambiguous"  # the data under each reading; whoever issued the text, where the readings differ


@dataclass(frozen=True)
class Atom:
    """One condition, with the sentence that it comes from. `note`: the question that is open, or put to a person."""

    key: str
    kind: AtomKind
    test: Test
    cite: str
    written: str
    place: Place = field(compare=False)
    note: str = ""


class Rounding(StrEnum):
    """How an amount comes to whole units."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True)
class Round:
    """To whole units of so many 分."""

    to: int = 1
    mode: Rounding = Rounding.HALF_UP


@dataclass(frozen=True)
class Cap:
    """What the benefit may not be more than; `limit` has what was paid already taken off."""

    limit: Number
    cite: str
    written: str
    per: str = "item"


@dataclass(frozen=True)
class Instalment:
    """A share of the amount that is paid if `test` holds, on or after a day."""

    key: str
    share: Fraction
    test: Test
    written: str
    cite: str
    due: Number | None = None


@dataclass(frozen=True)
class Item:
    """One benefit of a policy. `key`: policy.item.

    `root`: the tree over the numbers of `atoms`. `benefit`: before caps, rounding and 0 as the least. `amount`: the
    same with them, unrounded. `needs`: items whose result this one asks for.
    """

    key: str
    name: str
    atoms: tuple[Atom, ...]
    root: Test
    benefit: Number
    amount: Number
    cite: str
    written: str
    place: Place = field(compare=False)
    caps: tuple[Cap, ...] = ()
    round: Round = Round()
    instalments: tuple[Instalment, ...] = ()
    needs: tuple[str, ...] = ()
    is_automatic: bool = False
    is_up_to: bool = False


class RelationKind(StrEnum):
    """What ties items in the second stage."""

    EXCLUSIVE = "exclusive"  # at most `most` of them
    SHARED_CAP = "shared_cap"  # together not more than `limit`


@dataclass(frozen=True)
class Relation:
    """A tie between items, across policies too. `limit`: of a shared cap, a number that facts may move."""

    key: str
    kind: RelationKind
    items: tuple[str, ...]
    cite: str
    most: int = 1
    limit: Number | None = None
    place: Place = field(default=Place("", 0, ""), compare=False)


@dataclass(frozen=True)
class Version:
    """A policy's text as it stands from one day up to and with another."""

    from_on: date
    until_on: date | None
    text: str
    items: tuple[Item, ...]
    relations: tuple[Relation, ...] = ()

    def is_in_force(self, on: date) -> bool:
        """Whether it is what the policy says on a day."""
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class Policy:
    """A document from which enterprises may benefit.

    `levels`: who pays which share, whole together. `constants`: named figures that what-if may change, as written.
    """

    key: str
    name: str
    document: str
    issuer: str
    levels: Mapping[str, Fraction]
    versions: tuple[Version, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    note: str = ""
    text: str = ""  # the whole file, from which what-if reads it again
    file: str = ""

    def version(self, on: date) -> Version | None:
        """What the policy says on a day; None where it is not in force."""
        return next((each for each in self.versions if each.is_in_force(on)), None)


@dataclass(frozen=True)
class PolicySet:
    """Policies over one registry; `relations`: those that stand apart from any one policy."""

    registry: Registry
    policies: tuple[Policy, ...]
    relations: tuple[Relation, ...] = ()

    def policy(self, key: str) -> Policy:
        """By its key, or that of one of its items. Raises `KeyError`."""
        wanted = key.split(".")[0]
        for each in self.policies:
            if each.key == wanted:
                return each
        raise KeyError(key)

    def items(self, on: date) -> tuple[Item, ...]:
        """Every item in force on a day, each after those that it needs."""
        versions = [each.version(on) for each in self.policies]
        found = {item.key: item for version in versions if version for item in version.items}
        ordered: dict[str, Item] = {}
        for item in found.values():
            _after_needs(item, found, ordered)
        return tuple(ordered.values())

    def relations_on(self, on: date) -> tuple[Relation, ...]:
        """Every tie in force on a day."""
        versions = [each.version(on) for each in self.policies]
        return (*self.relations, *(tie for version in versions if version for tie in version.relations))


def _after_needs(item: Item, found: Mapping[str, Item], ordered: dict[str, Item]) -> None:
    if item.key in ordered:
        return
    for need in item.needs:
        if need in found:
            _after_needs(found[need], found, ordered)
    ordered[item.key] = item
