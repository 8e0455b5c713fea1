"""The contract "counters, not cupboards": a room is entered from outside only by its public modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, cast

import grimp
from importlinter import Contract, ContractCheck, fields, output


class Trespass(NamedTuple):
    """One import that enters a room beside its counters."""

    importer: str
    imported: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class House:
    """What tells a counter from a cupboard. Modules have their dotted names, children of the container their own."""

    container: str
    counters: frozenset[str]
    open_to_all: frozenset[str]
    also: frozenset[tuple[str, str]]

    def room_of(self, module: str) -> str | None:
        """The room that ``module`` lives in, or None when it stands outside or in an open part of the house."""
        prefix = f"{self.container}."
        room = module.removeprefix(prefix).split(".")[0]
        return room if module.startswith(prefix) and room not in self.open_to_all else None

    def allows(self, importer: str, imported: str) -> bool:
        """Whether ``importer`` may import ``imported``: an open part, its own room, or a counter of another room."""
        room = self.room_of(imported)
        if room is None or self._child_of(importer) == room:
            return True
        opening = imported.removeprefix(f"{self.container}.{room}").removeprefix(".")
        return opening in self.counters or (self._child_of(importer), opening) in self.also

    def _child_of(self, module: str) -> str:
        return module.removeprefix(f"{self.container}.").split(".")[0]


class CountersContract(Contract):
    """An importer from outside a room may import only the room's counter modules, and those by their own name.

    Options:
        container: the package whose children are rooms.
        counters: names of the modules that every room shows to all others.
        open_to_all: children that are no rooms; anything in them may be imported.
        also: ``importer -> module``: that child may import this module of any room as well.
    """

    type_name = "counters"

    container = fields.StringField()
    counters = fields.SetField(subfield=fields.StringField())
    open_to_all = fields.SetField(subfield=fields.StringField(), required=False)
    also = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        house = self._house()
        found = [trespass for module in sorted(graph.modules) for trespass in _trespasses_into(module, house, graph)]
        return ContractCheck(kept=not found, metadata={"trespasses": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for trespass in cast("list[Trespass]", check.metadata["trespasses"]):
            lines = ", ".join(f"l.{number}" for number in trespass.lines)
            output.print_error(f"- {trespass.importer} -> {trespass.imported} ({lines})", bold=False)
        output.new_line()

    def _house(self) -> House:
        pairs = (rule.partition("->") for rule in cast("set[str]", self.also or set()))
        return House(
            container=cast("str", self.container),
            counters=frozenset(cast("set[str]", self.counters)),
            open_to_all=frozenset(cast("set[str]", self.open_to_all or set())),
            also=frozenset((importer.strip(), module.strip()) for importer, _, module in pairs),
        )


def _trespasses_into(imported: str, house: House, graph: grimp.ImportGraph) -> list[Trespass]:
    importers = sorted(graph.find_modules_that_directly_import(imported))
    return [
        Trespass(importer, imported, _lines(importer, imported, graph))
        for importer in importers
        if not house.allows(importer, imported)
    ]


def _lines(importer: str, imported: str, graph: grimp.ImportGraph) -> tuple[int, ...]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return tuple(detail["line_number"] for detail in details)
