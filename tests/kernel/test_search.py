"""Search in Chinese by any two characters."""

from __future__ import annotations

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from sushui.kernel import search
from sushui.kernel.models import Subject
from sushui.kernel.subjects import keep_subject
from tests.cast import County

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("重点项目", ["重点", "点项", "项目"]),
        ("路", ["路"]),
        ("A4纸Print", ["a4", "纸", "print"]),
        ("横水镇、古绛镇", ["横水", "水镇", "古绛", "绛镇"]),
        ("2026年", ["2026", "年"]),
        ("𠅤家庄", ["𠅤家", "家庄"]),
        ("", []),
        ("，。！", []),
    ],
)
def test_text_falls_into_pairs_of_characters_and_whole_words(text: str, tokens: list[str]) -> None:
    assert search.tokens(text) == tokens


@given(HAN)
def test_every_two_neighbors_are_a_token(text: str) -> None:
    assert search.tokens(text) == [text[place : place + 2] for place in range(len(text) - 1)]


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert all(search.tokens(text))


def keep(county: County, *labels: str) -> None:
    for number, label in enumerate(labels):
        keep_subject("trial", Subject(pk=number + 1), label=label, url="", division_id=county.county.pk)


def sought(text: str) -> list[str]:
    rows = Subject.objects.filter(search=search.query(text)).order_by(F("object_id"))
    return list(rows.values_list("label", flat=True))


def test_two_characters_find_what_holds_them(county: County) -> None:
    keep(county, "县城北环路拆迁", "污水管网接入", "环保督察整改")

    assert [sought(text) for text in ("环路", "污水", "管网接", "督察整改", "北路")] == [
        ["县城北环路拆迁"],
        ["污水管网接入"],
        ["污水管网接入"],
        ["环保督察整改"],
        [],
    ]


def test_one_character_finds_what_begins_a_pair_with_it(county: County) -> None:
    keep(county, "北环路", "环保")

    assert sought("环") == ["北环路", "环保"]


def test_beginning_of_a_latin_word_finds_it_in_any_case(county: County) -> None:
    keep(county, "GB/T 2260 区划", "ICU 床位")

    assert [sought(text) for text in ("icu", "2260", "IC")] == [["ICU 床位"], ["GB/T 2260 区划"], ["ICU 床位"]]


@pytest.mark.parametrize("text", ["' & | ! ( )", "a':*", "\\", "'; DROP TABLE kernel_subject --"])
def test_signs_of_the_query_language_are_only_text(county: County, text: str) -> None:
    keep(county, "北环路")

    query = search.query(text)

    assert query is None or list(Subject.objects.filter(search=query)) == []


def test_nothing_to_look_for_is_no_query() -> None:
    assert search.query(" ，") is None
