from __future__ import annotations

from collections import Counter

import pytest

from sushui.kernel.industries import industries, industry, lineage


def test_the_standard_has_its_sections_divisions_groups_and_classes() -> None:
    lengths = Counter(0 if each.code == each.section else len(each.code) for each in industries().values())

    assert lengths == {0: 20, 2: 97, 3: 473, 4: 1381}


@pytest.mark.parametrize(
    ("code", "name"), [("3217", "镁冶炼"), ("3741", "飞机制造"), ("a", "农、林、牧、渔业"), (" 01 ", "农业")]
)
def test_a_code_names_an_industry(code: str, name: str) -> None:
    found = industry(code)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("code", ["", "9999", "3", "03210", "AA"])
def test_what_the_standard_has_not_is_none(code: str) -> None:
    assert industry(code) is None


def test_an_industry_lies_in_all_that_hold_it() -> None:
    assert [each.code for each in lineage("0111")] == ["A", "01", "011", "0111"]


def test_every_industry_has_its_whole_lineage() -> None:
    for code, each in industries().items():
        assert [above.section for above in lineage(code)] == [each.section] * len(lineage(code))
