"""Word and PDF documents written by hand, so that a test can put into them what no office program would."""

from __future__ import annotations

from collections.abc import Mapping

from tests.engines.readers.packages import content_types, links, zipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word(body: str, *, kind: str = WORD_TYPE, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A .docx with this body; ``extra`` adds parts or puts others in their place."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(kind),
        "_rels/.rels": links(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    }
    return zipped(parts | dict(extra or {}))


def paragraph(*runs: str, numbered: bool = False) -> str:
    """A paragraph of runs."""
    properties = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>" if numbered else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of one paragraph a cell."""
    written = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{cells}</w:tr>' for cells in written)}</w:tbl>"


def pdf(*pages: str) -> bytes:
    """A PDF whose signs are drawn as their Unicode numbers; a page without signs holds nothing."""
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    child = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 1000 /CIDSystemInfo "
        "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        font,
        child,
        _stream(_unicode_map("".join(pages))),
    ]
    for number, page in enumerate(pages):
        drawn = f"{7 + 2 * number} 0 R"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {drawn} "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        objects.append(_stream(_drawn(page)))
    return _file(objects)


def _unicode_map(text: str) -> str:
    codes = sorted({f"{ord(sign):04X}" for sign in text if sign != "\n"})
    rows = "\n".join(f"<{code}> <{code}>" for code in codes)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar endcmap end end"
    )


def _drawn(page: str) -> str:
    lines = page.split("\n") if page else []
    drawn = (f"<{''.join(f'{ord(sign):04X}' for sign in line)}> Tj 0 -20 Td" for line in lines)
    return f"BT /F 12 Tf 50 780 Td {' '.join(drawn)} ET"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: list[str]) -> bytes:
    written, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    table_at = len(written)
    written += f"xref\n0 {count}\n0000000000 65535 f \n{rows}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return f"{written}startxref\n{table_at}\n%%EOF\n".encode("ascii")
