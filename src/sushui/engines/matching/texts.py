"""YAML as words with their lines: no aliases, no key twice, and no number, date or truth that the parser guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import yaml

from .errors import MatchingError, Refusal

LONGEST = 1_000_000  # characters
Read = TypeVar("Read")


@dataclass(frozen=True)
class Place:
    """Where something is written: file, line from 1, and the way through the mappings."""

    file: str
    line: int
    path: str

    def refuse(self, code: Refusal, **params: object) -> NoReturn:
        """Raise the refusal of what stands here."""
        raise MatchingError(code, file=self.file, line=self.line, **params)


@dataclass(frozen=True)
class Node:
    """One piece of a text: a mapping, a list or words."""

    place: Place
    value: str | tuple[Node, ...] | dict[str, Node]

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    def text(self) -> str:
        """The words written here. Raises `MatchingError`: NOT_A_TEXT, MISSING."""
        if not isinstance(self.value, str):
            self.place.refuse(Refusal.NOT_A_TEXT, place=self.place.path)
        if not self.value.strip():
            self.place.refuse(Refusal.MISSING, place=self.place.path)
        return self.value.strip()

    def items(self) -> tuple[Node, ...]:
        """The list written here. Raises `MatchingError`: NOT_A_LIST."""
        if not isinstance(self.value, tuple):
            self.place.refuse(Refusal.NOT_A_LIST, place=self.place.path)
        return self.value

    def some(self) -> tuple[Node, ...]:
        """The list written here, which is not empty. Raises `MatchingError`: NOT_A_LIST, MISSING."""
        if not self.items():
            self.place.refuse(Refusal.MISSING, place=self.place.path)
        return self.items()

    def whole(self, least: int, most: int) -> int:
        """A whole number. Raises `MatchingError`: BAD_VALUE."""
        written = self.text()
        if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
            self.place.refuse(Refusal.BAD_VALUE, place=self.place.path, value=written)
        return int(written)

    def fields(self, *names: str) -> dict[str, Node]:
        """The mapping written here, with these names only; all where none is given.

        Raises `MatchingError`: NOT_A_MAPPING, UNKNOWN_WORD.
        """
        if not isinstance(self.value, dict):
            self.place.refuse(Refusal.NOT_A_MAPPING, place=self.place.path)
        for name, node in self.value.items():
            if names and name not in names:
                node.place.refuse(Refusal.UNKNOWN_WORD, place=node.place.path, allowed=names)
        return self.value

    def need(self, name: str) -> Node:
        """What the mapping says under a name. Raises `MatchingError`: MISSING."""
        found = self.fields().get(name)
        if found is None:
            self.place.refuse(Refusal.MISSING, place=f"{self.place.path}.{name}".lstrip("."))
        return found

    def words(self, name: str, default: str | None = None) -> str:
        """The words under a name; the default where nothing is written and a default is given."""
        found = self.fields().get(name)
        if found is None and default is not None:
            return default
        return self.need(name).text()

    def maybe(self, name: str, read: Callable[[Node], Read]) -> Read | None:
        """What is read under a name, None where nothing is written."""
        found = self.fields().get(name)
        return None if found is None else read(found)

    def list_of(self, name: str, read: Callable[[Node], Read]) -> tuple[Read, ...]:
        """What is read of each piece of a list, which may be left out."""
        found = self.fields().get(name)
        return () if found is None else tuple(read(item) for item in found.items())

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no. Raises `MatchingError`: BAD_VALUE."""
        found = self.fields().get(name)
        return default if found is None else truth(found)

    def one_of(self, *names: str) -> str:
        """Which one of these names is written. Raises `MatchingError`: CHOOSE_ONE."""
        found = [name for name in names if name in self.fields()]
        if len(found) != 1:
            self.place.refuse(Refusal.CHOOSE_ONE, place=self.place.path, allowed=names)
        return found[0]


TRUTHS = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


def truth(node: Node) -> bool:
    """`yes`, `no`, `是`, `否`. Raises `MatchingError`: BAD_VALUE."""
    found = TRUTHS.get(node.text().lower())
    if found is None:
        node.place.refuse(Refusal.BAD_VALUE, place=node.place.path, value=node.text())
    return found


def parse(text: str, file: str = "") -> Node:
    """What a text says.

    Raises `MatchingError`: TOO_LONG, NOT_YAML, ALIAS, TWICE_IN_MAPPING.
    """
    if len(text) > LONGEST:
        raise MatchingError(Refusal.TOO_LONG, file=file, limit=LONGEST)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        return _node(root, file, "", set()) if root else Node(Place(file, 1, ""), {})
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise MatchingError(Refusal.NOT_YAML, file=file, line=mark.line + 1 if mark else 0) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise MatchingError(Refusal.NOT_YAML, file=file) from error


def _node(raw: yaml.Node, file: str, path: str, seen: set[int]) -> Node:
    place = Place(file, raw.start_mark.line + 1, path)
    if id(raw) in seen:
        place.refuse(Refusal.ALIAS)
    seen.add(id(raw))
    if isinstance(raw, yaml.ScalarNode):
        return Node(place, str(raw.value))
    if isinstance(raw, yaml.SequenceNode):
        return Node(place, tuple(_node(item, file, f"{path}[{at}]", seen) for at, item in enumerate(raw.value, 1)))
    return Node(place, dict(_pairs(raw, file, path, seen)))


def _pairs(raw: yaml.Node, file: str, path: str, seen: set[int]) -> Iterator[tuple[str, Node]]:
    names: set[str] = set()
    for name, value in raw.value:
        place = Place(file, name.start_mark.line + 1, path)
        if not isinstance(name, yaml.ScalarNode):
            place.refuse(Refusal.NOT_A_TEXT, place=path)
        if name.value in names:
            place.refuse(Refusal.TWICE_IN_MAPPING, name=name.value)
        names.add(name.value)
        yield name.value, _node(value, file, f"{path}.{name.value}".lstrip("."), seen)
