"""A workbook that is handed out."""

from __future__ import annotations

from typing import BinaryIO

import pytest

from sushui.kernel.workbooks import WORKBOOK_TYPE, workbook_answer

pytestmark = pytest.mark.django_db  # an answer that is closed ends its request, and with it the connection


def written(to: BinaryIO) -> int:
    return to.write("表".encode())


def test_a_workbook_is_handed_out_under_its_name() -> None:
    answer = workbook_answer("台账", written)

    assert answer["Content-Type"] == WORKBOOK_TYPE
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%8F%B0%E8%B4%A6.xlsx"
    assert answer.getvalue() == "表".encode()
    answer.close()


def test_a_workbook_is_kept_by_no_browser() -> None:
    answer = workbook_answer("台账", written)

    assert answer["Cache-Control"] == "no-store"
    answer.close()


def test_what_cannot_be_written_is_not_handed_out() -> None:
    def refused(to: BinaryIO) -> int:
        raise ValueError("no such year")

    with pytest.raises(ValueError, match="no such year"):
        workbook_answer("台账", refused)
