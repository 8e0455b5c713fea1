from datetime import date, datetime, time, timedelta

import pytest

from sushui.engines.readers.texts import cell_text, compact, folded


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("  修路\n", "修路"),
        ("甲\n乙", "甲\n乙"),
        (1, "1"),
        (1.5, "1.5"),
        (True, "True"),
        (date(2025, 6, 30), "2025-06-30"),
        (datetime.fromisoformat("2025-06-30T08:30:00"), "2025-06-30 08:30:00"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_cell_text_is_what_a_reader_sees(value, text):
    assert cell_text(value) == text


def test_folded_makes_signs_and_letters_half_width():
    assert folded("\uff08\uff21\uff11\uff09\uff1a、。") == "(A1):、。"


@pytest.mark.parametrize("text", ["责任单位", "责任 单位", "责任\n单位", "责\u3000任\u00a0单\u200b位\ufeff"])
def test_compact_drops_every_blank(text):
    assert compact(text) == "责任单位"
