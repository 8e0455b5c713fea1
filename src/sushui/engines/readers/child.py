"""The process that opens workbooks: first line in is the limits, the rest is the file; out comes one line of JSON.

It may use little memory and little time, write no file, and knows no secret. If the parser aborts, only this dies.
Run as ``python -P -m sushui.engines.readers.child``.
"""

from __future__ import annotations

import io
import json
import re
import sys

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from .errors import ReadersError, Refusal
from .guard import inspect_package
from .scan import SheetFacts
from .wire import encode_refusal, encode_workbook
from .workbooks import Cell, Limits, Sheet, Workbook

if sys.platform != "win32":  # there the guard, the counts and the clock of the parent must do
    import resource

_LINE_BREAK = re.compile(r"\r\n?")
_EXACT = 10**15  # a spreadsheet keeps 15 digits of a number


def main() -> None:
    """Read the request, answer, end."""
    limits = Limits(**json.loads(sys.stdin.buffer.readline()))
    hold_to(limits)
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), limits))


def answer(data: bytes, limits: Limits) -> bytes:
    """What to tell about ``data``: its workbook or the reason why not."""
    try:
        return encode_workbook(parse(data, limits))
    except ReadersError as error:
        return encode_refusal(error)
    except MemoryError:
        return encode_refusal(ReadersError(Refusal.TOO_LARGE, measure="memory", limit=limits.memory_bytes))
    except (CalamineError, ValueError, KeyError, OSError):
        return encode_refusal(ReadersError(Refusal.BROKEN, part=""))


def parse(data: bytes, limits: Limits) -> Workbook:
    """Guard, then read every worksheet. Raises ReadersError, or what the parser raises on a file it cannot read."""
    facts = inspect_package(data, limits)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return Workbook(tuple(_sheet(book.get_sheet_by_name(sheet.name), sheet) for sheet in facts))


def _sheet(parsed: CalamineSheet, facts: SheetFacts) -> Sheet:
    return Sheet(
        name=facts.name,
        rows=_rows(parsed, facts),
        merged=tuple(sorted(piece for area in facts.merged if (piece := area.clipped(facts.rows, facts.columns)))),
        hidden=facts.is_hidden,
        formulas=tuple(facts.formulas),
    )


def _rows(parsed: CalamineSheet, facts: SheetFacts) -> tuple[tuple[Cell, ...], ...]:
    """Exactly ``facts.rows`` x ``facts.columns`` cells; the parser leaves errors empty, here they stay readable."""
    read = parsed.to_python(skip_empty_area=False, nrows=facts.rows) if facts.rows else []
    rows = [[_cell(value) for value in row[: facts.columns]] for row in read]
    rows += [[] for _ in range(facts.rows - len(rows))]
    for row in rows:
        row += [None] * (facts.columns - len(row))
    for (row_index, column), text in facts.errors.items():
        rows[row_index][column] = text
    return tuple(tuple(row) for row in rows)


def _cell(value: Cell) -> Cell:
    """Blanks alone are no value; whole numbers are whole, though a spreadsheet knows only floating ones."""
    if isinstance(value, str):
        return _LINE_BREAK.sub("\n", value) if value.strip() else None
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def hold_to(limits: Limits) -> None:
    """Memory, processor time, no files, no core dumps: as far as the system knows such limits."""
    if sys.platform == "win32":
        return
    for kind, limit in (
        ("RLIMIT_AS", limits.memory_bytes),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        if hasattr(resource, kind):
            _lower(getattr(resource, kind), limit)


def _lower(kind: int, limit: int) -> None:
    """Lower a limit; a system that refuses it (macOS and RLIMIT_AS) keeps its own."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(kind)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    try:
        resource.setrlimit(kind, (allowed, allowed))
    except (ValueError, OSError):
        return


if __name__ == "__main__":
    main()
