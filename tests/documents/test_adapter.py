"""Every refusal of the reader is a sentence with a way out, in both languages."""

import io

import openpyxl
import pytest
from django.utils import translation

from sushui.documents.adapter import refusal
from sushui.documents.services import open_workbook
from sushui.engines.readers import ReadersError, Refusal
from sushui.kernel.errors import DomainError

FACTS = {"sheet": "表1", "cell": "C7", "limit": 200, "part": "xl/a.bin", "found": "pdf", "measure": "cells"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", Refusal)
def test_refusal_of_every_code_has_a_sentence_and_a_way_out(code, language):
    with translation.override(language):
        error = refusal(ReadersError(code, **FACTS))

        sentence, mend = error.sentence, error.mend

    assert (error.code, "%(" in sentence + mend, bool(sentence and mend)) == (code.value, False, True)
    assert sentence.isascii() is False or language == "en"


def test_refusal_names_sheet_and_cell():
    error = refusal(ReadersError(Refusal.TOO_MANY_COLUMNS, sheet="表1", cell="XFD1048576", limit=200))

    with translation.override("zh-hans"):
        sentence, mend = error.sentence, error.mend

    assert sentence == "工作表“表1”一直延伸到单元格 XFD1048576\uff1b最多能读 200 列。"
    assert mend == "请删除清单右侧的列\uff08带格式的空列也要删\uff09。"


@pytest.mark.parametrize(
    ("measure", "limit", "amount"),
    [
        ("file", 20 * 2**20, "20 MB as a file"),
        ("inflated", 100 * 2**20, "100 MB unpacked"),
        ("memory", 2**30, "1,024 MB in memory"),
        ("cells", 1_000_000, "1,000,000 cells"),
        ("text", 20_000_000, "20,000,000 characters"),
        ("merged", 100_000, "100,000 merged ranges"),
    ],
)
def test_refusal_of_size_says_how_much_is_too_much(measure, limit, amount):
    error = refusal(ReadersError(Refusal.TOO_LARGE, measure=measure, limit=limit))

    with translation.override("en"):
        assert error.sentence == f"The workbook is larger than can be read: more than {amount}."


@pytest.mark.parametrize(
    "found", ["word", "slides", "xlsb", "ods", "zip", "pdf", "unknown", "html", "xml", "csv", "text"]
)
def test_refusal_says_what_was_found_instead(found):
    error = refusal(ReadersError(Refusal.NOT_A_WORKBOOK, found=found))

    with translation.override("zh-hans"):
        assert (error.sentence.startswith("这不是 Excel 工作簿\uff0c而是"), error.sentence.isascii()) == (True, False)


def test_open_workbook_refuses_in_the_readers_words():
    with pytest.raises(DomainError) as refused:
        open_workbook("序号,事项\n".encode())

    with translation.override("zh-hans"):
        assert refused.value.sentence == "不论文件名怎么写\uff0c这不是 Excel 工作簿\uff0c而是CSV 文件。"


def test_open_workbook_gives_the_sheets():
    book = openpyxl.Workbook()
    book.active.append(["修路"])
    made = io.BytesIO()
    book.save(made)

    assert open_workbook(made.getvalue()).sheets[0].rows == (("修路",),)
