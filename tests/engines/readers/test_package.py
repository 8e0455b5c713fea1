"""The zip is unpacked by count: what its headers promise is compared, never believed."""

import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.readers.errors import ReadersError, Refusal
from sushui.engines.readers.package import Budget, Part, open_parts
from sushui.engines.readers.reading import DEFAULT_LIMITS
from tests.engines.readers.packages import zipped

PLENTY = 10**9
LOCAL = b"PK\x03\x04"


def only_part(data: bytes) -> Part:
    (part,) = open_parts(data, DEFAULT_LIMITS)
    return part


def inflated(part: Part, limit: int = PLENTY) -> bytes:
    return b"".join(part.inflate(Budget("inflated", limit)))


def refusal(part: Part, limit: int = PLENTY) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ReadersError) as caught:
        inflated(part, limit)
    return caught.value.code, caught.value.params


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@given(content=st.binary(max_size=2000))
def test_part_inflates_to_what_was_packed(compression, content):
    assert inflated(only_part(zipped({"a": content}, compression))) == content


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_part_of_many_pieces_inflates_whole(compression):
    content = bytes(range(256)) * 20_000

    assert inflated(only_part(zipped({"a": content}, compression))) == content


def test_part_with_a_chinese_name_is_found():
    assert only_part(zipped({"附件.xml": "x"})).name == "附件.xml"


def test_part_stops_inflating_at_the_limit():
    budget = Budget("inflated", 3_000_000)
    pieces = only_part(zipped({"a": b"\0" * 50_000_000})).inflate(budget)

    with pytest.raises(ReadersError):
        sum(map(len, pieces))

    assert budget.spent <= 3_000_000 + 2**20


def test_part_up_to_the_limit_is_inflated():
    part = only_part(zipped({"a": b"\0" * 1000}))

    assert (len(inflated(part, 1000)), refusal(part, 999)) == (
        1000,
        (Refusal.TOO_LARGE, {"measure": "inflated", "limit": 999}),
    )


@pytest.mark.parametrize("announced", [999, 1001])
def test_part_of_another_size_than_announced_is_broken(announced):
    data = zipped({"a": b"\0" * 1000})

    lying = data.replace(struct.pack("<L", 1000), struct.pack("<L", announced))

    assert refusal(only_part(lying)) == (Refusal.BROKEN, {"part": "a"})


def test_part_that_is_packed_longer_than_announced_is_broken():
    data = zipped({"a": b"some text some text"}, zipfile.ZIP_STORED)
    part = only_part(data)
    part.info.compress_size -= 1

    assert refusal(part) == (Refusal.BROKEN, {"part": "a"})


def test_part_cut_off_is_broken():
    part = only_part(zipped({"a": b"some text" * 100}))
    part.info.compress_size -= 3

    assert refusal(part) == (Refusal.BROKEN, {"part": "a"})


def test_part_with_bytes_after_its_end_is_broken():
    part = only_part(zipped({"a": b"some text" * 100}))
    part.info.compress_size += 3

    assert refusal(part) == (Refusal.BROKEN, {"part": "a"})


def test_part_beyond_the_file_is_broken():
    part = only_part(zipped({"a": b"x"}))
    part.info.header_offset = 10_000

    assert refusal(part) == (Refusal.BROKEN, {"part": "a"})


def test_part_whose_header_is_none_is_broken():
    data = zipped({"a": b"x"})

    assert refusal(only_part(data.replace(LOCAL, b"PK\x03\x05", 1))) == (Refusal.BROKEN, {"part": "a"})


def test_parts_leave_folders_out():
    assert [part.name for part in open_parts(zipped({"xl/": "", "xl/a.xml": "x"}), DEFAULT_LIMITS)] == ["xl/a.xml"]


@given(st.binary(max_size=300))
def test_parts_of_random_bytes_are_broken(rubbish):
    with pytest.raises(ReadersError) as refused:
        open_parts(LOCAL + rubbish, DEFAULT_LIMITS)

    assert refused.value.code == Refusal.BROKEN


def test_budget_lets_exactly_its_limit_be_spent():
    budget = Budget("cells", 3)
    budget.spend(3)

    with pytest.raises(ReadersError) as refused:
        budget.spend(1)

    assert (refused.value.code, refused.value.params) == (Refusal.TOO_LARGE, {"measure": "cells", "limit": 3})
