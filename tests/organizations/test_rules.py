"""Names: how they are sorted, and how somebody finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.organizations.rules import initials_of, is_named, sort_key_of

NAMES = ["绛县住房和城乡建设局", "县住建局", "局长", "ICU 中心"]
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=10)


def test_names_are_sorted_as_in_a_chinese_dictionary() -> None:
    names = ["县住建局", "县财政局", "古绛镇", "横水镇", "县发改局"]

    assert sorted(names, key=sort_key_of) == ["古绛镇", "横水镇", "县财政局", "县发改局", "县住建局"]


@pytest.mark.parametrize(
    ("name", "initials"), [("住建局", "zjj"), ("重庆", "cq"), ("ICU 中心", "icu zx"), ("", ""), ("A1", "a1")]
)
def test_initials_are_the_first_letters_of_the_pinyin(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize("sought", ["", "  ", "住建", "县住建", "城乡建设", "局", "局长", "zjj", "XZJJ", "icu", "ICU"])
def test_somebody_who_looks_so_finds_it(sought: str) -> None:
    assert is_named(NAMES, sought) is True


@pytest.mark.parametrize("sought", ["财政", "建住", "czj", "住建长", "住建局长"])
def test_somebody_who_looks_so_does_not(sought: str) -> None:
    assert is_named(NAMES, sought) is False


@given(HAN, st.integers(0, 9), st.integers(1, 10))
def test_any_part_of_a_name_finds_it(name: str, start: int, length: int) -> None:
    part = name[start : start + length]

    assert is_named([name], part) is True


@given(HAN)
def test_initials_of_a_name_find_it(name: str) -> None:
    initials = initials_of(name)

    assert not initials.isascii() or is_named([name], initials)


@given(HAN)
def test_sort_key_fits_its_column(name: str) -> None:
    assert len(sort_key_of(name * 20)) <= 128
