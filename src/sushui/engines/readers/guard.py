"""Look through a workbook before anything reads it: what it is, how much of it there is, what must not be in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from .errors import ReadersError, Refusal
from .package import Budget, Part, broken, open_parts
from .scan import (
    Attributes,
    ElementScanner,
    Scanner,
    SharedStringsScanner,
    SheetBudgets,
    SheetFacts,
    SheetScanner,
    scan_part,
)
from .workbooks import Limits

_CONTENT_TYPES = "[content_types].xml"
_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"
_SHARED_STRINGS = "xl/sharedstrings.xml"
_XML_ENDINGS = (".xml", ".rels", ".vml")
_PROGRAMS = ("vbaproject", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "customui/")
_OUTSIDE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
_HARMLESS_OUTSIDE = "/hyperlink"  # a link a reader may click; we never follow it
_OTHER_PACKAGES = {
    "wordprocessingml": "word",
    "presentationml": "slides",
    "sheet.binary": "xlsb",
}


def inspect_package(data: bytes, limits: Limits) -> tuple[SheetFacts, ...]:
    """Unpack every part once, within ``limits``; tell about the sheets in the order of their tabs.

    Raises ReadersError. After it a parser may see the bytes: they hold a workbook of bearable size, without programs,
    outside links, entities or formulas that were never computed.
    """
    return _Inspection(data, limits).run()


class _Inspection:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.parts = {part.name.casefold(): part for part in open_parts(data, limits)}
        self.inflated = Budget("inflated", limits.inflated_bytes)
        self.budgets = SheetBudgets.of(limits)

    def run(self) -> tuple[SheetFacts, ...]:
        self._refuse_other_packages()
        self._refuse_programs_and_links()
        sheets = self._sheet_places()
        strings = self._shared_strings()
        for facts, part in sheets:
            self._scan(part, SheetScanner(facts, strings, self.budgets))
        self._unpack_the_rest()
        return self._weighed([facts for facts, _ in sheets])

    def _refuse_other_packages(self) -> None:
        if _CONTENT_TYPES not in self.parts:
            raise ReadersError(Refusal.NOT_A_WORKBOOK, found="ods" if "mimetype" in self.parts else "zip")
        types = [entry.get("ContentType", "") for entry in self._elements(_CONTENT_TYPES, "Default", "Override")]
        for mark, found in _OTHER_PACKAGES.items():
            if any(mark in kind for kind in types):
                raise ReadersError(Refusal.NOT_A_WORKBOOK, found=found)
        if any("macro" in kind.lower() or "vbaProject" in kind for kind in types):
            raise ReadersError(Refusal.MACROS, part=_CONTENT_TYPES)
        if _WORKBOOK not in self.parts or _WORKBOOK_LINKS not in self.parts:
            raise ReadersError(Refusal.NOT_A_WORKBOOK, found="zip")

    def _refuse_programs_and_links(self) -> None:
        for folded, part in self.parts.items():
            if any(mark in folded for mark in _PROGRAMS):
                raise ReadersError(Refusal.MACROS, part=part.name)
            if folded.startswith(_OUTSIDE):
                raise ReadersError(Refusal.EXTERNAL_LINKS, part=part.name)
        for folded in [name for name in self.parts if name.endswith(".rels") and name != _WORKBOOK_LINKS]:
            self._links(folded)

    def _links(self, folded: str) -> list[Attributes]:
        links = list(self._elements(folded, "Relationship"))
        for link in links:
            if link.get("TargetMode") == "External" and not link.get("Type", "").endswith(_HARMLESS_OUTSIDE):
                raise ReadersError(Refusal.EXTERNAL_LINKS, part=folded)
        return links

    def _sheet_places(self) -> list[tuple[SheetFacts, Part]]:
        """The worksheets (not charts) with the part each is kept in; a part kept for two sheets is a trick."""
        links = {link.get("Id", ""): link for link in self._links(_WORKBOOK_LINKS)}
        places = []
        for entry in self._elements(_WORKBOOK, "sheet"):
            link = links.get(entry.get("id", ""))
            if link is None:
                raise broken(_WORKBOOK)
            if link.get("Type", "").endswith("/worksheet"):
                facts = SheetFacts(entry.get("name", ""), is_hidden=entry.get("state", "visible") != "visible")
                places.append((facts, self._take(link.get("Target", ""))))
        return places

    def _take(self, target: str) -> Part:
        folded = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()
        part = self.parts.pop(folded, None)
        if part is None or not folded.endswith(".xml"):
            raise broken(target)
        return part

    def _shared_strings(self) -> list[int]:
        part = self.parts.pop(_SHARED_STRINGS, None)
        scanner = SharedStringsScanner(self.limits)
        if part is not None:
            self._scan(part, scanner)
        return scanner.lengths

    def _unpack_the_rest(self) -> None:
        for folded, part in self.parts.items():
            if folded.endswith(_XML_ENDINGS):
                self._scan(part)
            else:
                for _ in part.inflate(self.inflated):
                    pass

    def _weighed(self, sheets: list[SheetFacts]) -> tuple[SheetFacts, ...]:
        """A parser fills the whole rectangle up to the last cell, so the rectangles count, not the filled cells."""
        area = Budget("cells", self.limits.cells)
        for facts in sheets:
            area.spend(facts.rows * facts.columns)
            clipped = [piece for whole in facts.merged if (piece := whole.clipped(facts.rows, facts.columns))]
            if sum(piece.height * piece.width for piece in clipped) > facts.rows * facts.columns:
                raise broken(facts.name)  # overlapping merges, which no spreadsheet writes
        if not area.spent:
            raise ReadersError(Refusal.EMPTY)
        return tuple(sheets)

    def _elements(self, folded: str, *wanted: str) -> Iterator[Attributes]:
        """The attributes of the wanted elements of a part, which is then done with."""
        scanner = ElementScanner(frozenset(wanted), self.limits.parts * 10)
        part = self.parts.pop(folded, None)
        if part is not None:
            self._scan(part, scanner)
        return iter(scanner.found)

    def _scan(self, part: Part, scanner: Scanner | None = None) -> None:
        scan_part(part.name, part.inflate(self.inflated), scanner)
