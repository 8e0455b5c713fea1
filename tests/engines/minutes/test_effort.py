"""Odd texts cost no more than their length: told by the text that is left unread, not by a clock."""

from __future__ import annotations

import pytest

from sushui.engines.minutes import read_minutes


@pytest.mark.parametrize(
    "piece",
    ["县财政局要", "切实认真主动积极", "（", "责任单位：", "“县住建局，", "县住建局，", "县住建局\n", "1", "要；"],
)
def test_text_without_a_stop_gives_no_task(piece):
    assert read_minutes("会议" + piece * (20_000 // len(piece))).drafts == ()


def test_long_sentence_is_cut_at_its_semicolons():
    asked = "县水利局要排查水库隐患；" * 60

    drafts = read_minutes(f"会议要求，{asked}").drafts

    assert (len(drafts), drafts[-1].sentence) == (60, "县水利局要排查水库隐患；")
