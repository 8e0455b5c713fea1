"""Where things stand on a sheet: the title above, the header, and for every row below it what kind of row it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from .columns import WORK_LISTS
from .readings import SkipReason
from .texts import cell_text, compact, folded
from .vocabulary import Vocabulary
from .workbooks import Cell, Range, Sheet

_SEARCHED_ROWS = 30
_SECTION = re.compile(
    r"[一二三四五六七八九十百]+、|\([一二三四五六七八九十百]+\)|第[一二三四五六七八九十百]+[部分章节类]"
)
_SUBSECTION = re.compile(r"\(")
_NOTE = re.compile(r"(Notes?|备注|附注|注|说明|填表说明|填报人|填报单位|审核人|联系人)\s*\d*\s*:")
_TOTAL = re.compile(r"(合计|总计|小计|共计)\s*:?\Z|(合计|总计|小计|共计)\s*:")
_ATTACHMENT = re.compile(r"附(件|表)\s*\d*\s*:?\Z")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?")
_CHINESE_YEAR = re.compile(r"二[〇○零O0][〇○零O0一二三四五六七八九]{2}年")
_CHINESE_DIGITS = {sign: str(digit) for digit, signs in enumerate(["〇○零O0", *"一二三四五六七八九"]) for sign in signs}


class Grid:
    """The cells of a sheet as a reader sees them: a merged value is seen in every row it reaches down to."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        self.width = len(sheet.rows[0]) if sheet.rows else 0
        clipped = (whole.clipped(len(sheet.rows), self.width) for whole in sheet.merged)
        self._by_cell = {place: area for area in clipped if area for place in area.cells()}

    def merged(self, row: int, column: int) -> Range | None:
        """The merged range over a cell, or None."""
        return self._by_cell.get((row, column))

    def seen(self, row: int, column: int) -> Cell:
        """The value of a cell, or of the merged range that reaches down to it; never one from the side."""
        area = self.merged(row, column)
        if area is None:
            return self.rows[row][column]
        return self.rows[area.top][column] if column == area.left else None

    def own(self, row: int) -> dict[int, Cell]:
        """The filled cells that stand in this very row; what a merged range covers is not to be seen."""
        filled = ((column, value) for column, value in enumerate(self.rows[row]) if cell_text(value))
        return {column: value for column, value in filled if not self._is_covered(row, column)}

    def _is_covered(self, row: int, column: int) -> bool:
        area = self.merged(row, column)
        return area is not None and (row, column) != (area.top, area.left)


@dataclass(frozen=True)
class Header:
    """The header's rows (from zero, both included), and what it says over each column."""

    first: int
    last: int
    labels: Mapping[int, str]
    fields: Mapping[int, str | None]
    number: str = WORK_LISTS.number


class Heading(NamedTuple):
    """What stands above the header."""

    title: str
    year: int | None


class SaidHeader(Protocol):
    """What a person said about the columns."""

    @property
    def header_row(self) -> int | None:
        """The header's row, from 1, where it had to be said."""


def find_header(grid: Grid, mapping: SaidHeader | None, words: Vocabulary = WORK_LISTS) -> Header | None:
    """The row that a person named, else the first of those (in the first thirty) where most labels are known.

    At least two different fields must be known, or one word in a sentence would make a header.
    """
    if mapping is not None and mapping.header_row is not None:
        row = mapping.header_row - 1
        return _header_at(grid, row, words) if 0 <= row < len(grid.rows) else None
    scores = [(_score(grid, row, words), -row) for row in range(min(_SEARCHED_ROWS, len(grid.rows)))]
    score, negative_row = max(scores, default=(0, 0))
    return _header_at(grid, _upper_line(grid, -negative_row, words), words) if score >= 2 else None


def read_heading(grid: Grid, above: int, sheet_name: str) -> Heading:
    """Title and year from the rows above the header, the year else from the sheet's name."""
    texts = [cell_text(next(iter(filled.values()))) for row in range(above) if len(filled := grid.own(row)) == 1]
    titles = [text for text in texts if not _ATTACHMENT.match(compact(text))]
    year = next((found for text in [*titles, sheet_name] if (found := year_in(text))), None)
    return Heading(" ".join(titles[0].split()) if titles else "", year)


def year_in(text: str) -> int | None:
    """2025年, 2025 or 二〇二五年 in a title."""
    if match := _YEAR.search(folded(text)):
        return int(match[1])
    if match := _CHINESE_YEAR.search(folded(text)):
        return int("".join(_CHINESE_DIGITS[sign] for sign in match[0][:4]))
    return None


def skip_reason(grid: Grid, row: int, header: Header) -> SkipReason | None:
    """Why a filled row below the header is no task; None when it is one."""
    own = grid.own(row)
    if not own:
        return SkipReason.MERGED
    first_column, first_value = next(iter(own.items()))
    first = cell_text(first_value)
    if _NOTE.match(folded(first)) and len(own) == 1:
        return SkipReason.NOTE
    if any(_TOTAL.match(compact(cell_text(own[column]))) for column in list(own)[:2]):
        return SkipReason.TOTAL
    if len(own) > 1 and all(compact(cell_text(value)) in _words(header, column) for column, value in own.items()):
        return SkipReason.REPEATED_HEADER
    if len(own) == 1 and _is_section(grid, row, first_column, first, header):
        return SkipReason.SECTION
    return None


def is_blank(grid: Grid, row: int) -> bool:
    """No value stands in this row or reaches down to it."""
    return not any(cell_text(grid.seen(row, column)) for column in range(grid.width))


def deeper_section(path: Sequence[str], text: str) -> tuple[str, ...]:
    """The section path after a section row: (一) stands under 一、, anything else begins anew."""
    if path and _SUBSECTION.match(folded(text)):
        return path[0], text
    return (text,)


def _is_section(grid: Grid, row: int, column: int, text: str, header: Header) -> bool:
    """One value alone: numbered like a section, merged across most of the row, or in the column of numbers."""
    if _SECTION.match(folded(text)) and not _others_reach(grid, row, column):
        return True
    area = grid.merged(row, column)
    if area is not None and area.height == 1 and area.width * 2 > len(header.labels) and area.width > 1:
        return True
    return header.fields.get(column) == header.number and not text[:1].isdigit()


def _others_reach(grid: Grid, row: int, column: int) -> bool:
    """Whether a merged value from above is seen in another column: then the row belongs to a list, it is no break."""
    return any(cell_text(grid.seen(row, other)) for other in range(grid.width) if other != column)


def _words(header: Header, column: int) -> set[str]:
    """What the header says over a column, joined and line by line."""
    label = header.labels.get(column, "")
    return {compact(label), *map(compact, label.split("\n"))}


def _score(grid: Grid, row: int, words: Vocabulary) -> int:
    return len({found for value in grid.own(row).values() if (found := words.field_of(cell_text(value)))})


def _header_at(grid: Grid, row: int, words: Vocabulary) -> Header:
    upper = {column: _label(grid, row, column) for column in range(grid.width)}
    lower = _second_line(grid, row, words)
    labels = {column: "\n".join(filter(None, [upper[column], lower.get(column, "")])) for column in range(grid.width)}
    fields = {column: words.field_under(upper[column], lower.get(column, "")) for column in range(grid.width)}
    return Header(
        first=row,
        last=row + 1 if lower else row,
        labels={column: label for column, label in labels.items() if label},
        fields=fields,
        number=words.number,
    )


def _upper_line(grid: Grid, row: int, words: Vocabulary) -> int:
    """The first line of a header whose second one names more columns: a known label reaches down from there."""
    areas = (grid.merged(row, column) for column in range(grid.width))
    above = [area for area in areas if area is not None and area.top == row - 1]
    return row - 1 if any(words.field_of(cell_text(grid.rows[area.top][area.left])) for area in above) else row


def _second_line(grid: Grid, row: int, words: Vocabulary) -> dict[int, str]:
    """The labels of a second header row; empty when the next row is the first of the list.

    It is one when each of its cells stands under a label merged across, or under none at all, and one is known.
    """
    if row + 1 >= len(grid.rows):
        return {}
    below = {column: cell_text(value) for column, value in grid.own(row + 1).items()}
    if not below or not all(_may_be_divided(grid, row, column) for column in below):
        return {}
    known = any(words.field_under(_label(grid, row, column), text) for column, text in below.items())
    return below if known else {}


def _may_be_divided(grid: Grid, row: int, column: int) -> bool:
    area = grid.merged(row, column)
    return area.width > 1 and area.bottom == row if area else not cell_text(grid.rows[row][column])


def _label(grid: Grid, row: int, column: int) -> str:
    """A header's label, which does reach sideways."""
    area = grid.merged(row, column)
    return cell_text(grid.rows[area.top][area.left] if area else grid.rows[row][column])
