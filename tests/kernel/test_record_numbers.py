"""Numbers of records as browsers send them."""

from __future__ import annotations

import pytest

from sushui.kernel.record_numbers import record_numbers


def test_numbers_keep_their_order() -> None:
    assert record_numbers(["12", "7", "999999999999999999"]) == [12, 7, 999999999999999999]


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "²", "\x00", "9" * 19, "9" * 5000])
def test_what_is_no_number_of_a_record_is_left_out(text: str) -> None:
    assert record_numbers([text]) == []
