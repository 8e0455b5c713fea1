"""Lines, columns and captions: what becomes a paragraph, and where each sign stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.minutes.flow import ParagraphKind, normal, paragraphs, sentences

ALPHABET = "县局要，。；：“”（）《》、1二月日 \t\n\r　前底.,"


def texts(given_text):
    return [paragraph.text for paragraph in paragraphs(given_text)]


def kinds(given_text):
    return [paragraph.kind for paragraph in paragraphs(given_text)]


def test_column_that_breaks_in_mid_sentence_is_mended():
    assert texts("会议强调，要紧盯政策，为\n\n即将到来的发展蓄力。") == ["会议强调，要紧盯政策，为即将到来的发展蓄力。"]


def test_caption_in_mid_sentence_is_left_out():
    broken = "县工信局要围绕装备制造补链，月底前\n图为会议现场（本报记者 摄）\n拿出十个项目。"

    assert texts(broken) == ["县工信局要围绕装备制造补链，月底前拿出十个项目。"]


def test_numbered_caption_is_left_out():
    assert texts("县长要求，推广\n②县长察看苗情。\n订单种植。") == ["县长要求，推广订单种植。"]


def test_page_number_is_left_out():
    assert texts("县财政局要安排资金，\n- 2 -\n月底前拨付。") == ["县财政局要安排资金，月底前拨付。"]


def test_heading_does_not_run_into_the_text():
    assert kinds("全县重点工程调度会召开\n7月6日，会议召开。") == [ParagraphKind.HEADING, ParagraphKind.BODY]


def test_name_alone_is_a_byline():
    assert kinds("会议召开。\n李某某\n") == [ParagraphKind.BODY, ParagraphKind.BYLINE]


def test_numbered_line_begins_a_paragraph_though_no_stop_was_before():
    assert texts("1.由县住建局牵头，完成改造\n2.由县财政局安排资金") == [
        "1.由县住建局牵头，完成改造",
        "2.由县财政局安排资金",
    ]


def test_label_begins_a_paragraph():
    assert texts("时间：5月20日上午\n地点：县水利局") == ["时间：5月20日上午", "地点：县水利局"]


def test_lines_of_a_narrow_column_are_one_paragraph():
    lines = [
        "为进一步做好全县防汛备汛各项",
        "准备工作会议决定由县水利局负",
        "责水库巡查由县气象局负责预警",
        "预报并按时报告情况确保安全。",
    ]
    narrow = "\n".join(lines)

    assert texts(narrow) == [narrow.replace("\n", "")]


def test_cells_parted_by_tabs_are_a_row():
    assert kinds("序号\t任务\t责任单位") == [ParagraphKind.ROW]


@pytest.mark.parametrize(
    ("sign", "expected"), [("Ａ", "A"), ("３", "3"), ("①", "①"), ("　", ""), ("\u200b", ""), ("\t", "\t"), ("县", "县")]
)
def test_sign_is_made_normal(sign, expected):
    assert normal(sign) == expected


def test_punctuation_is_full_width_but_in_numbers():
    assert texts("投资1,200万元,15:30开会;") == ["投资1,200万元，15:30开会；"]


def test_sentence_does_not_end_inside_a_bracket():
    text = "完成改造（责任单位：县住建局。时限：月底）。尽快。"

    found = [text[start:end] for start, end in sentences(text)]

    assert found == [
        "完成改造（责任单位：县住建局。时限：月底）。",
        "尽快。",
    ]


@given(st.text(ALPHABET, max_size=80))
def test_every_sign_knows_where_it_stood(text):
    for paragraph in paragraphs(text):
        stood = [normal(text[origin]) for origin in paragraph.origins]

        assert [sign for sign in stood if sign.isalnum()] == [sign for sign in paragraph.text if sign.isalnum()]


@given(st.text(ALPHABET, max_size=80))
def test_sentences_cover_the_text(text):
    assert "".join(text[start:end] for start, end in sentences(text)) == text
