"""What the child tells arrives as it was told."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.readers import Range, ReadersError, Refusal, Sheet, Workbook
from sushui.engines.readers.wire import decode, encode_refusal, encode_workbook

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(st.lists(CELLS))
def test_wire_brings_every_value_back(cells):
    book = Workbook((Sheet("表", (tuple(cells),)),))

    assert decode(encode_workbook(book)) == book


@pytest.mark.parametrize(
    "value",
    [
        1,
        1.0,
        True,
        "1",
        date(2025, 1, 2),
        datetime.fromisoformat("2025-01-02T00:00:00"),
        time(0, 0),
        timedelta(days=-1, seconds=5, microseconds=7),
    ],
)
def test_wire_keeps_the_kind_of_a_value(value):
    told = decode(encode_workbook(Workbook((Sheet("表", ((value,),)),)))).sheets[0].rows[0][0]

    assert (type(told), told) == (type(value), value)


def test_wire_brings_back_all_of_a_sheet():
    sheet = Sheet("表1", ((1, None), (None, 2)), (Range(0, 0, 1, 0),), hidden=True, formulas=("B2",))

    assert decode(encode_workbook(Workbook((sheet, Sheet("表2", ()))))).sheets == (sheet, Sheet("表2", ()))


def test_wire_is_text_that_a_person_can_read():
    assert json.loads(encode_workbook(Workbook((Sheet("表", ((date(2025, 1, 2), "修路"),)),)))) == {
        "sheets": [
            {"name": "表", "rows": [[["date", "2025-01-02"], "修路"]], "merged": [], "hidden": False, "formulas": []}
        ]
    }


@pytest.mark.parametrize("code", Refusal)
def test_wire_raises_the_refusal_that_was_told(code):
    told = encode_refusal(ReadersError(code, sheet="表1", limit=5))

    with pytest.raises(ReadersError) as refused:
        decode(told)

    assert (refused.value.code, refused.value.params) == (code, {"sheet": "表1", "limit": 5})


@pytest.mark.parametrize("answer", [b"", b'{"sheets": [', b"nonsense"])
def test_wire_answer_cut_short_is_an_error(answer):
    with pytest.raises(ValueError, match=r".*"):
        decode(answer)


def test_wire_refuses_to_tell_what_is_no_cell():
    with pytest.raises(TypeError, match="object"):
        encode_workbook(Workbook((Sheet("表", ((object(),),)),)))
