"""Stream the XML of a package through expat: no tree is built, no entity is ever opened.

Namespaces are dropped: transitional and strict workbooks (ECMA-376 and ISO/IEC 29500) then read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn, Protocol
from xml.parsers import expat

from .addresses import address, parse_address, parse_range
from .errors import ReadersError, Refusal
from .package import Budget, broken
from .workbooks import Limits, Range

Attributes = dict[str, str]


class Scanner(Protocol):
    """What hears the elements of one part; names come without their namespace."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def text(self, data: str) -> None: ...

    def end(self, name: str) -> None: ...


def scan_part(name: str, chunks: Iterable[bytes], scanner: Scanner | None = None) -> None:
    """Feed a part to ``scanner``; a document type is refused, for it is the door to entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_document_type(name)
    if scanner is not None:
        _connect(parser, scanner)
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise broken(name) from error


def _connect(parser: expat.XMLParserType, scanner: Scanner) -> None:
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: scanner.start(_local(name), attributes)
    parser.EndElementHandler = lambda name: scanner.end(_local(name))
    parser.CharacterDataHandler = scanner.text


def _refuse_document_type(part: str) -> Callable[[str, str | None, str | None, bool], NoReturn]:
    def refuse(_name: str, _system: str | None, _public: str | None, _has_subset: bool) -> NoReturn:
        raise ReadersError(Refusal.EXTERNAL_ENTITIES, part=part)

    return refuse


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


@dataclass
class ElementScanner:
    """Collects the attributes of every element called ``wanted``, at most ``limit`` of them."""

    wanted: frozenset[str]
    limit: int
    found: list[Attributes] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        if name not in self.wanted:
            return
        if len(self.found) >= self.limit:
            raise ReadersError(Refusal.TOO_MANY_PARTS, limit=self.limit)
        self.found.append({_local(key): value for key, value in attributes.items()})

    def text(self, data: str) -> None:
        """Attributes are all we want."""

    def end(self, name: str) -> None:
        """Attributes are all we want."""


class SharedStringsScanner:
    """The length of every shared string: a cell costs the text it points to, however often it is pointed to."""

    def __init__(self, limits: Limits) -> None:
        self.lengths: list[int] = []
        self._entries = Budget("cells", limits.cells)
        self._is_text = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._entries.spend(1)
            self.lengths.append(0)
        self._is_text = name == "t" and bool(self.lengths)

    def text(self, data: str) -> None:
        if self._is_text:
            self.lengths[-1] += len(data)

    def end(self, name: str) -> None:
        self._is_text = False


@dataclass
class SheetFacts:
    """What a sheet's XML says besides its values.

    ``errors`` holds the text of cells that show an error such as "#REF!", by (row, column) from zero.
    """

    name: str
    is_hidden: bool = False
    rows: int = 0
    columns: int = 0
    formulas: list[str] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class SheetBudgets:
    """Counts that run over all sheets of a workbook."""

    limits: Limits
    cells: Budget
    text: Budget
    merged: Budget

    @classmethod
    def of(cls, limits: Limits) -> SheetBudgets:
        return cls(
            limits,
            cells=Budget("cells", limits.cells),
            text=Budget("text", limits.text),
            merged=Budget("merged", limits.cells // 10),
        )


class SheetScanner:
    """Hears one sheet: where its cells lie, which are computed, which are merged, and how much text they carry."""

    def __init__(self, facts: SheetFacts, strings: Sequence[int], budgets: SheetBudgets) -> None:
        self.facts = facts
        self._strings = strings
        self._budgets = budgets
        self._row = self._column = -1
        self._kind = ""
        self._has_formula = False
        self._is_value = False
        self._value: list[str] = []
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "f": self._start_formula,
            "v": self._start_value,
            "t": self._start_value,
            "dimension": self._start_dimension,
            "mergeCell": self._start_merged,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        starter = self._starts.get(name)
        if starter is not None:
            starter(attributes)

    def text(self, data: str) -> None:
        if self._is_value:
            self._value.append(data)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._is_value = False
        elif name == "c":
            self._end_cell()

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        self._within(self._row, 0)

    def _start_cell(self, attributes: Attributes) -> None:
        self._budgets.cells.spend(1)
        place = attributes.get("r")
        row, self._column = parse_address(place) if place else (self._row, self._column + 1)
        self._row = row
        self._within(row, self._column)
        self._kind = attributes.get("t", "n")
        self._has_formula = False
        self._value.clear()

    def _start_formula(self, _attributes: Attributes) -> None:
        self._has_formula = True

    def _start_value(self, _attributes: Attributes) -> None:
        self._is_value = True

    def _start_dimension(self, attributes: Attributes) -> None:
        area = parse_range(attributes.get("ref", "A1"))
        self._within(area.bottom, area.right)

    def _start_merged(self, attributes: Attributes) -> None:
        self._budgets.merged.spend(1)
        self.facts.merged.append(parse_range(attributes["ref"]))

    def _end_cell(self) -> None:
        value = "".join(self._value)
        if self._has_formula:
            self._note_formula(value)
        if not value:
            return
        self.facts.rows = max(self.facts.rows, self._row + 1)
        self.facts.columns = max(self.facts.columns, self._column + 1)
        self._budgets.text.spend(self._strings[int(value)] if self._kind == "s" else len(value))
        if self._kind == "e":
            self.facts.errors[self._row, self._column] = value

    def _note_formula(self, value: str) -> None:
        """A computed text may well be empty; a computed number may not."""
        place = address(self._row, self._column)
        if not value and self._kind != "str":
            raise ReadersError(Refusal.FORMULA_WITHOUT_VALUE, sheet=self.facts.name, cell=place)
        self.facts.formulas.append(place)

    def _within(self, row: int, column: int) -> None:
        limits = self._budgets.limits
        if 0 <= row < limits.rows and 0 <= column < limits.columns:
            return
        if row < 0 or column < 0:
            raise broken(self.facts.name)
        code, limit = (
            (Refusal.TOO_MANY_COLUMNS, limits.columns)
            if column >= limits.columns
            else (Refusal.TOO_MANY_ROWS, limits.rows)
        )
        raise ReadersError(code, sheet=self.facts.name, cell=address(row, column), limit=limit)
