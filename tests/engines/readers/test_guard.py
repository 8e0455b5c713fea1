"""What a stranger may send: every trick is refused with its own code, and with the place where it was found."""

import struct
import zipfile

import pytest

from sushui.engines.readers.errors import ReadersError, Refusal
from sushui.engines.readers.guard import inspect_package
from sushui.engines.readers.reading import DEFAULT_LIMITS
from sushui.engines.readers.workbooks import Limits, Range
from tests.engines.readers.packages import MAIN, OFFICE, content_types, links, number, package, sheet, workbook, zipped


def refusal(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadersError) as caught:
        inspect_package(data, limits)
    return caught.value.code, caught.value.params


def test_guard_tells_the_extent_of_each_sheet():
    facts = inspect_package(package(sheet(number("C4")), sheet(number("A1"))), DEFAULT_LIMITS)

    assert [(one.name, one.rows, one.columns) for one in facts] == [("表1", 4, 3), ("表2", 1, 1)]


def test_guard_counts_places_where_none_are_written():
    facts = inspect_package(package(sheet("<row><c/><c><v>1</v></c></row><row><c><v>2</v></c></row>")), DEFAULT_LIMITS)

    assert (facts[0].rows, facts[0].columns) == (2, 2)


def test_guard_tells_merged_cells_formulas_and_errors():
    cells = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:A9"/></mergeCells>'

    facts = inspect_package(package(sheet(cells, after=merged)), DEFAULT_LIMITS)[0]

    assert (facts.merged, facts.formulas, facts.errors) == ([Range(0, 0, 8, 0)], ["A1", "B1"], {(0, 1): "#DIV/0!"})


def test_guard_tells_hidden_sheets():
    hidden = workbook(2).replace('name="表2"', 'name="表2" state="veryHidden"')

    facts = inspect_package(package(sheet(number("A1")), sheet(), extra={"xl/workbook.xml": hidden}), DEFAULT_LIMITS)

    assert [one.is_hidden for one in facts] == [False, True]


def test_guard_reads_a_prefixed_namespace():
    cells = "<x:row><x:c r='B2'><x:v>1</x:v></x:c></x:row>"
    prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{cells}</x:sheetData></x:worksheet>'

    assert inspect_package(package(prefixed), DEFAULT_LIMITS)[0].rows == 2


@pytest.mark.parametrize(
    ("place", "code", "limit"),
    [
        ("XFD1048576", Refusal.TOO_MANY_COLUMNS, 200),
        ("GS1", Refusal.TOO_MANY_COLUMNS, 200),
        ("A20001", Refusal.TOO_MANY_ROWS, 20_000),
    ],
)
def test_guard_refuses_a_cell_too_far_out_by_its_name(place, code, limit):
    assert refusal(package(sheet(number(place)))) == (code, {"sheet": "表1", "cell": place, "limit": limit})


def test_guard_refuses_a_declared_extent_too_far_out():
    data = package(sheet(number("A1"), before='<dimension ref="A1:XFD1048576"/>'))

    assert refusal(data) == (Refusal.TOO_MANY_COLUMNS, {"sheet": "表1", "cell": "XFD1048576", "limit": 200})


def test_guard_refuses_a_hundred_thousand_rows_at_the_first_too_many():
    rows = "".join(number(f"A{n}") for n in range(1, 100_001))

    assert refusal(package(sheet(rows))) == (Refusal.TOO_MANY_ROWS, {"sheet": "表1", "cell": "A20001", "limit": 20_000})


def test_guard_refuses_rows_without_numbers_too():
    rows = "<row><c><v>1</v></c></row>" * 4

    assert refusal(package(sheet(rows)), Limits(rows=3))[1]["cell"] == "A4"


def test_guard_refuses_rectangles_that_add_up():
    far = sheet(number("J10"))

    assert refusal(package(far, far, far), Limits(cells=299)) == (
        Refusal.TOO_LARGE,
        {"measure": "cells", "limit": 299},
    )


def test_guard_counts_text_as_often_as_it_is_shown():
    strings = f'<sst xmlns="{MAIN}"><si><t>{"长" * 1000}</t></si></sst>'
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 11 + "</row>"
    data = package(sheet(cells), extra={"xl/sharedStrings.xml": strings})

    assert refusal(data, Limits(text=10_000)) == (Refusal.TOO_LARGE, {"measure": "text", "limit": 10_000})


def test_guard_refuses_a_string_that_is_not_there():
    assert refusal(package(sheet('<row><c t="s"><v>7</v></c></row>'))) == (
        Refusal.BROKEN,
        {"part": "xl/worksheets/sheet1.xml"},
    )


def test_guard_refuses_a_zip_bomb_by_counting():
    data = package(sheet(number("A1")), extra={"xl/media/image1.png": b"\0" * 5_000_000})

    assert refusal(data, Limits(inflated_bytes=1_000_000)) == (
        Refusal.TOO_LARGE,
        {"measure": "inflated", "limit": 1_000_000},
    )


def test_guard_does_not_believe_a_size_in_the_header():
    data = package(sheet(number("A1")), extra={"xl/media/image1.png": b"\0" * 5_000_000})
    honest, lying = struct.pack("<L", 5_000_000), struct.pack("<L", 10)

    assert refusal(data.replace(honest, lying)) == (Refusal.BROKEN, {"part": "xl/media/image1.png"})


def test_guard_refuses_too_many_parts_before_listing_them():
    data = package(sheet(number("A1")), extra={f"xl/media/{n}.png": b"" for n in range(1000)})

    assert refusal(data) == (Refusal.TOO_MANY_PARTS, {"limit": 1000})


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../a.xml", "xl\\a.xml", "c:a.xml", "x" * 201])
def test_guard_refuses_names_that_reach_outside(name):
    assert refusal(package(sheet(number("A1")), extra={name: ""}))[0] == Refusal.BROKEN


def test_guard_refuses_a_name_given_twice():
    data = package(sheet(number("A1")), extra={"XL/Workbook.xml": ""})

    assert refusal(data) == (Refusal.BROKEN, {"part": "XL/Workbook.xml"})


def test_guard_refuses_a_part_called_otherwise_in_its_own_header():
    data = package(sheet(number("A1")))

    assert refusal(data.replace(b"xl/workbook.xml", b"xl/workbork.xml", 1))[0] == Refusal.BROKEN


def test_guard_refuses_a_truncated_zip():
    assert refusal(package(sheet(number("A1")))[:-30]) == (Refusal.BROKEN, {"part": ""})


def test_guard_refuses_damaged_bytes():
    data = bytearray(package(sheet(number("A1")), compression=zipfile.ZIP_STORED))
    data[data.index(b"<sheetData>") + 1] ^= 1

    assert refusal(bytes(data)) == (Refusal.BROKEN, {"part": "xl/worksheets/sheet1.xml"})


def test_guard_refuses_a_packing_it_does_not_count():
    assert refusal(package(sheet(number("A1")), compression=zipfile.ZIP_BZIP2))[0] == Refusal.BROKEN


def test_guard_refuses_a_locked_zip():
    data = bytearray(package(sheet(number("A1"))))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(data)) == (Refusal.ENCRYPTED, {})


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"a.txt": "x"}, "zip"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, "ods"),
        ({"[Content_Types].xml": content_types("application/x.wordprocessingml.document.main+xml")}, "word"),
        ({"[Content_Types].xml": content_types("application/x.presentationml.slides+xml")}, "slides"),
        ({"[Content_Types].xml": content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")}, "xlsb"),
        ({"[Content_Types].xml": content_types()}, "zip"),
    ],
)
def test_guard_tells_other_packages_apart(parts, found):
    assert refusal(zipped(parts)) == (Refusal.NOT_A_WORKBOOK, {"found": found})


def test_guard_refuses_a_workbook_that_declares_macros():
    data = package(sheet(number("A1")), workbook_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml")

    assert refusal(data)[0] == Refusal.MACROS


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.xml"])
def test_guard_refuses_programs(part):
    assert refusal(package(sheet(number("A1")), extra={part: b""})) == (Refusal.MACROS, {"part": part})


@pytest.mark.parametrize("part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml"])
def test_guard_refuses_parts_that_lead_outside(part):
    assert refusal(package(sheet(number("A1")), extra={part: "<x/>"})) == (Refusal.EXTERNAL_LINKS, {"part": part})


def test_guard_refuses_an_outside_object():
    outside = links(("rId1", "oleObject", "http://192.0.2.1/x"), mode="External")

    data = package(sheet(number("A1")), extra={"xl/worksheets/_rels/sheet1.xml.rels": outside})

    assert refusal(data) == (Refusal.EXTERNAL_LINKS, {"part": "xl/worksheets/_rels/sheet1.xml.rels"})


def test_guard_lets_a_hyperlink_stand():
    outside = links(("rId1", "hyperlink", "http://192.0.2.1/x"), mode="External")

    facts = inspect_package(
        package(sheet(number("A1")), extra={"xl/worksheets/_rels/sheet1.xml.rels": outside}), Limits()
    )

    assert len(facts) == 1


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/app.xml", "_rels/.rels"])
def test_guard_refuses_a_document_type_in_any_part(part):
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'

    assert refusal(package(sheet(number("A1")), extra={part: evil})) == (Refusal.EXTERNAL_ENTITIES, {"part": part})


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_guard_refuses_a_formula_never_computed(value):
    data = package(sheet(f'<row><c r="C7"><f>SUM(A1:A6)</f>{value}</c></row>'))

    assert refusal(data) == (Refusal.FORMULA_WITHOUT_VALUE, {"sheet": "表1", "cell": "C7"})


def test_guard_accepts_a_formula_whose_text_is_empty():
    data = package(sheet('<row><c r="A1"><v>1</v></c><c r="B1" t="str"><f>""</f><v></v></c></row>'))

    assert inspect_package(data, DEFAULT_LIMITS)[0].formulas == ["B1"]


def test_guard_refuses_overlapping_merges():
    merged = "<mergeCells>" + '<mergeCell ref="A1:A2"/>' * 2 + "</mergeCells>"

    assert refusal(package(sheet(number("A2"), after=merged))) == (Refusal.BROKEN, {"part": "表1"})


def test_guard_refuses_one_part_for_two_sheets():
    same = links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "/xl/worksheets/sheet1.xml"))
    data = package(sheet(number("A1")), sheet(number("A1")), extra={"xl/_rels/workbook.xml.rels": same})

    assert refusal(data) == (Refusal.BROKEN, {"part": "/xl/worksheets/sheet1.xml"})


@pytest.mark.parametrize(
    "cells", ["<row r='x'/>", "<row r='0'/>", "<row><c r='1A'/></row>", "<row>", "<row><c r='A1'><v>\x01</v></c></row>"]
)
def test_guard_refuses_xml_that_makes_no_sense(cells):
    assert refusal(package(sheet(cells)))[0] == Refusal.BROKEN


def test_guard_passes_over_charts():
    both = links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "chartsheet", "chartsheets/sheet1.xml"))
    data = package(
        sheet(number("A1")),
        sheet(),
        extra={"xl/_rels/workbook.xml.rels": both, "xl/chartsheets/sheet1.xml": f'<x xmlns="{OFFICE}"/>'},
    )

    assert [one.name for one in inspect_package(data, DEFAULT_LIMITS)] == ["表1"]


def test_guard_of_empty_sheets_is_empty():
    assert refusal(package(sheet(), sheet('<row><c r="B2" s="1"/></row>'))) == (Refusal.EMPTY, {})
