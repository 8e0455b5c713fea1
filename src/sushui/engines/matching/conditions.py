"""Conditions read: a tree of all, any, none and at least so many, with an atom at every leaf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from .errors import Refusal
from .expressions import read_test
from .policy import MOST_ATOMS, Atom, AtomKind
from .texts import Node
from .tree import Agreed, Always, AtLeast, AtomTest, Judged, Negation, Test
from .typing import Scope

GATES = ("all", "any", "none", "not", "at_least")
LEAVES = ("test", "judge", "ambiguous")
ATOM_WORDS = ("atom", "test", "judge", "ambiguous", "readings", "decided", "cite", "note")


@dataclass
class Conditions:
    """Reads the conditions of one item, and gathers its atoms on the way."""

    scope: Scope
    item: str
    atoms: list[Atom] = field(default_factory=list)

    def read(self, node: Node) -> Test:
        """The tree that is written here; a list means all of it. Raises `MatchingError`."""
        if not node.is_mapping:
            return self._all(node)
        form = node.one_of(*GATES, *LEAVES)
        if form in LEAVES:
            return self._leaf(node, form)
        node.fields(form, "of", "note")
        return self._gate(node, form)

    def _gate(self, node: Node, form: str) -> Test:
        inner = node.need(form)
        if form == "at_least":
            parts = self._parts(node.need("of"))
            return AtLeast(inner.whole(1, len(parts)), parts)
        if form == "not":
            return Negation(self.read(inner))
        return GATE_READERS[form](self._parts(inner))

    def _all(self, node: Node) -> Test:
        return _all_of(self._parts(node))

    def _parts(self, node: Node) -> tuple[Test, ...]:
        return tuple(self.read(item) for item in node.some())

    def _leaf(self, node: Node, form: str) -> Test:
        node.fields(*ATOM_WORDS)
        if "cite" not in node.fields():
            node.place.refuse(Refusal.WITHOUT_CITATION, place=node.place.path)
        key = node.words("atom", f"c{len(self.atoms) + 1}")
        if any(key == each.key for each in self.atoms):
            node.place.refuse(Refusal.TWO_WITH_ONE_KEY, key=key)
        if len(self.atoms) == MOST_ATOMS:
            node.place.refuse(Refusal.TOO_MANY_ATOMS, item=self.item, limit=MOST_ATOMS)
        kind, test = self._test(node, form, key)
        note = node.words("note", node.words(form) if form != "test" else "")
        atom = Atom(key, kind, test, node.words("cite"), node.words(form), node.place, note)
        self.atoms.append(atom)
        return AtomTest(len(self.atoms) - 1)

    def _test(self, node: Node, form: str, key: str) -> tuple[AtomKind, Test]:
        scope = replace(self.scope, place=node.place)
        if form == "test":
            return AtomKind.FACT, read_test(node.words("test"), scope)
        if form == "judge":
            return AtomKind.SOFT, Judged(f"{self.scope.policy}.{key}")
        readings = tuple(read_test(item.text(), scope) for item in node.need("readings").some())
        if "decided" in node.fields():
            return AtomKind.FACT, readings[node.need("decided").whole(1, len(readings)) - 1]
        return AtomKind.AMBIGUOUS, Agreed(readings)


def _all_of(parts: Sequence[Test]) -> Test:
    return AtLeast(len(parts), tuple(parts)) if parts else Always()


def _any_of(parts: Sequence[Test]) -> Test:
    return AtLeast(1, tuple(parts))


def _none_of(parts: Sequence[Test]) -> Test:
    return Negation(_any_of(parts))


GATE_READERS: dict[str, Callable[[Sequence[Test]], Test]] = {"all": _all_of, "any": _any_of, "none": _none_of}
