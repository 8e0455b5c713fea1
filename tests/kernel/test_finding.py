"""Names in memory, and the characters that were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.kernel.finding import Piece, closeness, pieces, places
from sushui.kernel.search import Sought


def shown(text: str, sought: str, *, whole: bool = False) -> str:
    """The text with what is meant in brackets."""
    found = pieces(text, Sought.of(sought), whole=whole)
    return "".join(f"[{piece.text}]" if piece.is_meant else piece.text for piece in found)


@pytest.mark.parametrize(
    ("text", "sought", "marked"),
    [
        ("县城北环路拆迁", "环路", "县城北[环路]拆迁"),
        ("北环与北环", "北环", "[北环]与[北环]"),
        ("宏基新材料", "xcl", "宏基[新材料]"),
        ("宏基（新）材料", "jxc", "宏[基]（[新]）[材]料"),
        ("G209 改线", "9g", "G20[9] [改]线"),
        ("北环路拆迁", "北环 cq", "[北环]路[拆迁]"),
        ("2212-140826-89", "2214-08", "2212-140826-89"),
        ("2212-140826-89", "221214", "[2212]-[14]0826-89"),
        ("供水", "道路", "供水"),
        ("", "道路", ""),
    ],
)
def test_what_was_meant_is_marked(text: str, sought: str, marked: str) -> None:
    assert shown(text, sought) == marked


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("zhangsan", "[张三]丰"),
        ("zhangs", "[张三]丰"),
        ("zs", "[张三]丰"),
        ("zsanf", "[张三丰]"),
        ("zha", "[张]三丰"),
        ("hangsan", "张三丰"),
        ("zhangx", "张三丰"),
    ],
)
def test_names_are_also_spelled_out(typed: str, marked: str) -> None:
    assert shown("张三丰", typed, whole=True) == marked


def test_a_surname_is_spelled_as_it_is_read() -> None:
    assert [shown("单雄", typed, whole=True) for typed in ("shanx", "danx")] == ["[单雄]", "[单雄]"]


def test_titles_are_not_spelled_out() -> None:
    assert shown("张三丰", "zhang") == "张三丰"


@given(st.text(max_size=20), st.text(max_size=8))
def test_the_pieces_are_the_text(text: str, sought: str) -> None:
    assert "".join(piece.text for piece in pieces(text, Sought.of(sought), whole=True)) == text


@given(st.text(st.sampled_from("张三单行长重"), min_size=1, max_size=8), st.data())
def test_every_stretch_of_a_name_is_meant_by_itself(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))

    assert set(range(start, end)) <= places(name[start:end], name)


def test_a_long_repeated_name_is_read_at_once() -> None:
    assert len(places("a" * 90 + "b", "啊" * 200, whole=True)) == 0


@pytest.mark.parametrize(
    ("sought", "rank"),
    [
        ("财政局", 0),
        ("县财政局", 0),
        ("财政", 1),
        ("czj", 1),
        ("caizhengju", 1),
        ("政局", 2),
        ("xczj", 3),
        ("住建", None),
    ],
)
def test_a_name_is_the_closer_the_more_it_is_what_was_typed(sought: str, rank: int | None) -> None:
    assert closeness(Sought.of(sought), "财政局", ["县财政局", ""]) == rank


def test_words_may_be_in_different_names() -> None:
    assert closeness(Sought.of("财政 xcz"), "财政局", ["县财政局"]) == 1


def test_a_text_without_what_is_meant_is_one_piece() -> None:
    assert pieces("供水", Sought.of("路")) == [Piece("供水", False)]
