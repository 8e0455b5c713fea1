"""Names that may be one, and what is hidden of numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.enterprises.rules.masks import masked_id_number, masked_phone
from sushui.enterprises.rules.names import name_key

PLACES = ("绛县", "运城市", "山西省", "古绛镇", "横水镇")


@pytest.mark.parametrize(
    "name",
    [
        "鑫源铸造有限公司",
        "鑫源铸造有限责任公司",
        "鑫源铸造股份有限公司",
        "鑫源（集团）铸造有限公司",
        "鑫源(集团)铸造有限公司",
        "鑫源集团铸造有限公司",
        "绛县鑫源铸造有限公司",
        "绛县古绛镇鑫源铸造有限公司",
        "山西省运城市绛县鑫源铸造有限公司",
        "山西鑫源铸造有限公司",
        "运城鑫源铸造有限公司",
        "古绛鑫源铸造公司",
        " 鑫 源 铸 造 有 限 公 司 ",
    ],
)
def test_one_enterprise_written_in_many_ways_has_one_key(name: str) -> None:
    assert name_key(name, PLACES) == "鑫源铸造"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鑫源铸造有限公司", "鑫源锻造有限公司"),
        ("鑫源铸造有限公司", "鑫源铸造二厂"),
        ("绛县鑫源果业专业合作社", "绛县鑫源果蔬专业合作社"),
    ],
)
def test_other_enterprises_have_other_keys(one: str, other: str) -> None:
    assert name_key(one, PLACES) != name_key(other, PLACES)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ＡＢＣ电子有限公司", "ABC电子"),
        ("abc电子有限公司", "ABC电子"),
        ("古绛镇有限公司", "古绛镇有限公司"),
        ("绛县", "绛县"),
        ("有限公司", "有限公司"),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(name: str, key: str) -> None:
    assert name_key(name, PLACES) == key


@given(st.text(max_size=30))
def test_a_key_never_grows_and_is_found_for_every_text(name: str) -> None:
    key = name_key(name, PLACES)

    assert name_key(f"  {name}  ", PLACES) == key


@pytest.mark.parametrize(
    ("phone", "masked"), [("13800001234", "138******34"), ("0359-652", "035***52"), ("12345", "*****"), ("", "")]
)
def test_masked_phone(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


def test_masked_id_number_keeps_the_place_and_the_last_sign() -> None:
    assert masked_id_number("14082619000101123X") == "1408*************X"
