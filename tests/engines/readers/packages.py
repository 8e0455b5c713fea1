"""Workbooks written by hand, part by part, so that a test can put into them what no spreadsheet would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def package(
    *sheets: str,
    workbook_type: str = WORKBOOK_TYPE,
    extra: Mapping[str, str | bytes] | None = None,
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A workbook of the given sheet XMLs, named 表1, 表2, ...; ``extra`` adds parts or puts others in their place."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(workbook_type),
        "_rels/.rels": links(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook(len(sheets)),
        "xl/_rels/workbook.xml.rels": links(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
        ),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, start=1)}
    return zipped(parts | dict(extra or {}), compression)


def zipped(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the given parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def sheet(cells: str = "", *, before: str = "", after: str = "") -> str:
    """A worksheet whose rows are ``cells``, with what stands before and after them."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def number(place: str, value: str = "1") -> str:
    """A row of one number at ``place``."""
    return f"<row><c r='{place}'><v>{value}</v></c></row>"


def workbook(sheets: int) -> str:
    """The list of sheets."""
    entries = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets></workbook>'


def links(*targets: tuple[str, str, str], mode: str = "") -> str:
    """Relationships of (id, kind, target)."""
    outside = f' TargetMode="{mode}"' if mode else ""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{outside}/>' for key, kind, target in targets
    )
    return f'<Relationships xmlns="{LINKS}">{entries}</Relationships>'


def content_types(*kinds: str) -> str:
    """The list of content types."""
    entries = "".join(f'<Override PartName="/part{n}" ContentType="{kind}"/>' for n, kind in enumerate(kinds))
    return f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
