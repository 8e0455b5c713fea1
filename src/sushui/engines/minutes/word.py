"""The text of a .docx: a paragraph a line, cells of a row parted by tabs, what was deleted or is drawn left out."""

from __future__ import annotations

from collections.abc import Mapping

from sushui.engines.readers import Limits, ReadersError
from sushui.engines.readers import Refusal as PackageRefusal
from sushui.engines.readers.package import Budget, Part, open_parts
from sushui.engines.readers.scan import ElementScanner, scan_part

from .errors import MinutesError, Refusal

_DOCUMENT = "word/document.xml"
_TYPES = "[content_types].xml"
_PROGRAMS = ("vbaproject", "word/activex/", "customui/")
_HARMLESS_OUTSIDE = "/hyperlink"  # a link a reader may click; we never follow it
_OTHERS = {"spreadsheetml": "workbook", "presentationml": "slides"}
_LIMITS = Limits()
_MOST_LINKS = 10_000
LONGEST_TEXT = 1_000_000
_ITEM = "• "  # numbers that Word counts itself are not in the text; what was an item stays one


class WordScanner:
    """Hears the elements of the document and keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.runs: list[str] = []
        self.cells: list[list[str]] = []
        self.budget = Budget("text", LONGEST_TEXT)
        self.skipping = 0
        self.is_text = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("Fallback", "del", "moveFrom"):
            self.skipping += 1
        elif name == "t":
            self.is_text = True
        elif name in ("tab", "br", "cr"):
            self.runs.append("\t" if name == "tab" and not self.cells else " ")
        elif name == "numPr":
            self.runs.insert(0, _ITEM)
        elif name == "tr":
            self.cells.append([])
        elif name == "tc" and self.cells:
            self.cells[-1].append("")

    def text(self, data: str) -> None:
        """Only text of runs that stand counts."""
        if self.is_text and not self.skipping:
            self.budget.spend(len(data))
            self.runs.append(data)

    def end(self, name: str) -> None:
        if name in ("Fallback", "del", "moveFrom"):
            self.skipping -= 1
        elif name == "t":
            self.is_text = False
        elif name == "p" and not self.skipping:
            self._end_paragraph()
        elif name == "tr" and self.cells:
            self._end_row()

    def _end_paragraph(self) -> None:
        line, self.runs = "".join(self.runs), []
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += line.removeprefix(_ITEM)
        else:
            self.lines.append(line)

    def _end_row(self) -> None:
        """A row of a table inside a cell becomes part of that cell; a row of one cell is a paragraph."""
        cells = self.cells.pop()
        row = "\t".join(cell.replace("\t", " ").strip() for cell in cells)
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += row.replace("\t", " ")
        else:
            self.lines.append(row)


def word_text(data: bytes) -> str:
    """The text of a document. Raises `MinutesError`, or `ReadersError` of the package around it."""
    parts = {part.name.casefold(): part for part in open_parts(data, _LIMITS)}
    inflated = Budget("inflated", _LIMITS.inflated_bytes)
    _refuse_other_packages(parts, inflated)
    _refuse_programs_and_links(parts, inflated)
    scanner = WordScanner()
    scan_part(_DOCUMENT, parts[_DOCUMENT].inflate(inflated), scanner)
    return "\n".join(scanner.lines)


def _refuse_other_packages(parts: Mapping[str, Part], inflated: Budget) -> None:
    if _TYPES not in parts:
        raise MinutesError(Refusal.UNKNOWN_KIND, found="zip")
    kinds = [found.get("ContentType", "") for found in _elements(parts[_TYPES], inflated, "Default", "Override")]
    if any("macro" in kind.lower() or "vbaProject" in kind for kind in kinds):
        raise MinutesError(Refusal.MACROS)
    if _DOCUMENT not in parts:
        found = next((name for mark, name in _OTHERS.items() if any(mark in kind for kind in kinds)), "zip")
        raise MinutesError(Refusal.UNKNOWN_KIND, found=found)


def _refuse_programs_and_links(parts: Mapping[str, Part], inflated: Budget) -> None:
    for name, part in parts.items():
        if any(mark in name for mark in _PROGRAMS):
            raise ReadersError(PackageRefusal.MACROS, part=part.name)
        if name.endswith(".rels"):
            for link in _elements(part, inflated, "Relationship"):
                if link.get("TargetMode") == "External" and not link.get("Type", "").endswith(_HARMLESS_OUTSIDE):
                    raise ReadersError(PackageRefusal.EXTERNAL_LINKS, part=part.name)


def _elements(part: Part, inflated: Budget, *wanted: str) -> list[dict[str, str]]:
    scanner = ElementScanner(frozenset(wanted), _MOST_LINKS)
    scan_part(part.name, part.inflate(inflated), scanner)
    return scanner.found
