"""Chinese numerals."""

import pytest

from sushui.engines.calendar.numerals import with_digits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一", "1"),
        ("两", "2"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("三十一", "31"),
        ("一百", "100"),
        ("一百零五", "105"),
        ("一百一十", "110"),
        ("一百八十", "180"),
        ("两百四十五", "245"),
        ("二〇二五", "2025"),
        ("二零二六", "2026"),
        ("二○二七", "2027"),
        ("二〇二五年十二月三十一日", "2025年12月31日"),
        ("第三季度", "第3季度"),
        ("6月底前", "6月底前"),
        ("", ""),
    ],
)
def test_numerals_become_digits(text, expected):
    assert with_digits(text) == expected


@pytest.mark.parametrize("text", ["十二五", "百", "一百五", "十十", "一百十百", "一二十", "十零五"])
def test_what_only_looks_like_a_numeral_is_left(text):
    assert with_digits(text) == text


@pytest.mark.parametrize("number", range(1, 32))
def test_every_day_of_a_month_is_read(number):
    tens, ones = divmod(number, 10)
    names = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    numeral = {0: "", 1: "十"}.get(tens, names[tens] + "十") + names[ones]

    assert with_digits(numeral) == str(number)
