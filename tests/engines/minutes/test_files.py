"""Files that strangers send: what of them is text, and what is refused."""

from __future__ import annotations

import pytest

from sushui.engines.minutes import MinutesError, Refusal, read_minutes
from sushui.engines.minutes.files import LARGEST_FILE, read_document
from tests.engines.minutes.documents import paragraph, pdf, table, word
from tests.engines.readers.packages import content_types, links, package, zipped

ASKED = "县财政局要于3月底前拨付资金。"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def refusal(data):
    with pytest.raises(MinutesError) as refused:
        read_document(data)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_in_its_encoding(encoding):
    assert read_document(ASKED.encode(encoding)) == ASKED


def test_word_paragraphs_are_lines():
    assert read_document(word(paragraph("会议", "纪要") + paragraph(ASKED))) == f"会议纪要\n{ASKED}"


def test_word_rows_are_cells_parted_by_tabs():
    assert read_document(word(table(("任务", "责任单位"), ("修路", "县交通局")))) == "任务\t责任单位\n修路\t县交通局"


def test_numbers_that_word_counts_leave_a_mark():
    assert read_document(word(paragraph(ASKED, numbered=True))) == f"• {ASKED}"


def test_what_was_deleted_is_left_out():
    body = f"<w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>{ASKED}</w:t></w:r></w:p>"

    assert read_document(word(body)) == ASKED


def test_pdf_is_read_line_by_line():
    assert read_document(pdf(f"会议纪要\n{ASKED}")).split() == ["会议纪要", ASKED]


def test_table_of_a_word_document_becomes_tasks():
    rows = table(
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "建成公共充电桩120个", "县供电公司", "各乡镇", "2026年10月底前"),
    )
    (draft,) = read_minutes(read_document(word(paragraph("任务分解表") + rows))).drafts

    assert (draft.action, [owner.name for owner in draft.owners], str(draft.deadline and draft.deadline.on)) == (
        "建成公共充电桩120个",
        ["县供电公司", "各乡镇"],
        "2026-10-31",
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Refusal.EMPTY),
        (b"x" * (LARGEST_FILE + 1), Refusal.TOO_LARGE),
        (OLE + b"word", Refusal.OLD_WORD),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Refusal.LOCKED),
        (b"\x89PNG\r\n", Refusal.UNKNOWN_KIND),
        (b"\x80\x81\xff\xfe\xff", Refusal.UNKNOWN_KIND),
        (b"PK\x03\x04broken", Refusal.BROKEN),
        (b"%PDF-1.7 broken", Refusal.BROKEN),
        (pdf("", ""), Refusal.SCANNED),
        (zipped({"a.txt": "a"}), Refusal.UNKNOWN_KIND),
        (package("<worksheet/>"), Refusal.UNKNOWN_KIND),
        (word("", kind="application/vnd.ms-word.document.macroEnabled.main+xml"), Refusal.MACROS),
        (word("", extra={"word/vbaProject.bin": b"x"}), Refusal.MACROS),
        (
            word("", extra={"word/_rels/settings.xml.rels": links(("r", "attachedTemplate", "x"), mode="External")}),
            Refusal.OUTSIDE_LINKS,
        ),
        (word("", extra={"word/document.xml": "<!DOCTYPE a><a/>"}), Refusal.BROKEN),
    ],
    ids=lambda value: value if isinstance(value, Refusal) else "file",
)
def test_file_is_refused_by_its_code(data, code):
    assert refusal(data) == code


def test_link_for_a_reader_to_click_is_harmless():
    linked = {"word/_rels/document.xml.rels": links(("r", "hyperlink", "x"), mode="External")}

    assert read_document(word(paragraph(ASKED), extra=linked)) == ASKED


def test_workbook_is_called_a_workbook():
    with pytest.raises(MinutesError) as refused:
        read_document(zipped({"[Content_Types].xml": content_types("spreadsheetml.sheet")}))

    assert refused.value.facts == {"found": "workbook"}
