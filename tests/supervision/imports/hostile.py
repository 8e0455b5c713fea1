"""What a stranger may send under the name of a work list."""

from __future__ import annotations

from tests.engines.readers.packages import MAIN, content_types, number, package, sheet

MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ENTITY = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to more than 200 MB."""
    return package(sheet(number("A1")), extra={"xl/sharedStrings.xml": b"<sst>" + b" " * (200 * 2**20) + b"</sst>"})


def far_cell() -> bytes:
    """One cell in the last column of the last row."""
    return package(sheet(number("XFD1048576")))


def many_rows() -> bytes:
    """A hundred thousand filled rows."""
    return package(sheet("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 100_001))))


def uncomputed() -> bytes:
    """A formula without a value."""
    return package(sheet('<row r="1"><c r="A1"><f>1+1</f></c></row>'))


HOSTILE = {
    "words": b"no workbook at all",
    "old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "zip bomb": bomb,
    "far cell": far_cell,
    "hundred thousand rows": many_rows,
    "macros": package(
        sheet(number("A1")), extra={"[Content_Types].xml": content_types(MACROS), "xl/vbaProject.bin": b"x"}
    ),
    "external entity": package(ENTITY),
    "formula without a value": uncomputed,
    "broken": package(sheet(number("A1")))[:-40],
}
