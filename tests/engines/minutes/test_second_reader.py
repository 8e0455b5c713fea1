"""Claims of a second reader: bound to the words of the text, or dropped with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.engines.minutes import DraftSource, OwnerKind, OwnerRole, YearReason
from sushui.engines.minutes.dates import When
from sushui.engines.minutes.second_reader import Claim, Dropped, bound

TEXT = "会议指出，形势严峻。县水利局要在\n6月底前完成水库鉴定,各乡镇备足物资。"
SENTENCE = "县水利局要在6月底前完成水库鉴定，各乡镇备足物资。"
GOOD = Claim(SENTENCE, "完成水库鉴定", ("县水利局",), "6月底前")


def test_claim_that_stands_in_the_text_is_kept_and_marked():
    (draft,), dropped = bound(TEXT, [GOOD], when=When(date(2026, 5, 8)))

    assert dropped == []
    assert (draft.source, draft.pattern, draft.action) == (DraftSource.SECOND_READER, "", "完成水库鉴定")
    assert TEXT[draft.span.start : draft.span.end] == "完成水库鉴定"
    assert (draft.deadline.on, draft.deadline.year_reason) == (date(2026, 6, 30), YearReason.MEETING_YEAR)


def test_owner_is_responsible_whatever_is_claimed():
    (draft,), _ = bound(TEXT, [Claim(SENTENCE, "备足物资", ("各乡镇",))])

    assert [(owner.name, owner.role, owner.kind) for owner in draft.owners] == [
        ("各乡镇", OwnerRole.RESPONSIBLE, OwnerKind.GENERIC)
    ]


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (Claim("县水利局要完成鉴定。", "完成鉴定"), Dropped.SENTENCE_NOT_IN_TEXT),
        (Claim("", "完成水库鉴定"), Dropped.SENTENCE_NOT_IN_TEXT),
        (Claim(SENTENCE, "完成河道鉴定"), Dropped.ACTION_NOT_IN_SENTENCE),
        (Claim(SENTENCE, ""), Dropped.ACTION_NOT_IN_SENTENCE),
        (Claim(SENTENCE, "完成水库鉴定", ("县住建局",)), Dropped.OWNER_NOT_IN_SENTENCE),
        (Claim(SENTENCE, "完成水库鉴定", ("",)), Dropped.OWNER_NOT_IN_SENTENCE),
        (Claim(SENTENCE, "完成水库鉴定", ("县水利局",), "5月底前"), Dropped.DEADLINE_NOT_IN_SENTENCE),
    ],
)
def test_claim_that_does_not_stand_in_the_text_is_dropped(claim, reason):
    assert bound(TEXT, [claim]) == ([], [(claim, reason)])


def test_words_that_are_no_deadline_give_none():
    (draft,), _ = bound(TEXT, [Claim(SENTENCE, "完成水库鉴定", (), "水库")])

    assert draft.deadline is None
