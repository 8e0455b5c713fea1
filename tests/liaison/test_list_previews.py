"""What the rows of a list were shown to become is what its import appoints and ends."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError
from sushui.liaison import services
from sushui.liaison.models import Liaison, LiaisonList
from tests.liaison.play import LiaisonPlay
from tests.liaison.test_lists import standing, workbook

ROW = ("涑水光伏电站", None, None, "县住建局经办人", date(2026, 4, 1))


def shown(play: LiaisonPlay) -> LiaisonList:
    """A list whose rows were looked at."""
    office = play.viewer("office")
    staged = services.stage_list(office, file_name="包联.xlsx", data=workbook(ROW))
    services.hold_shown(staged, services.read_list(office, staged))
    return staged


def refused(play: LiaisonPlay, staged: LiaisonList, **more: str) -> str:
    with pytest.raises(DomainError) as refusal:
        services.import_list(play.viewer("office"), staged, **more)
    assert (refusal.value.code, refusal.value.status) == ("preview_outdated", 409)
    return refusal.value.sentence


def test_who_was_appointed_after_the_rows_were_shown_is_not_ended_unseen(play: LiaisonPlay) -> None:
    subject = play.project()
    staged = shown(play)
    play.appoint(subject, "officer", "finance_handler")

    sentence = refused(play, staged)

    assert sentence == (
        "有些行现在读出的结果与显示时不同，未写入任何内容。第 3 行“涑水光伏电站”：接替 无 → 县财政局 经办人。"
    )
    assert [row[3] for row in standing()] == [None]


def test_who_was_ended_meanwhile_is_nobodys_place(play: LiaisonPlay) -> None:
    first = play.appoint(play.project(), "officer", "finance_handler")
    staged = shown(play)
    services.end_liaison(play.viewer("office"), first, last_on=date(2026, 3, 5))

    assert refused(play, staged).endswith("接替 县财政局 经办人 → 无。")


def test_rows_that_are_shown_again_are_appointed(play: LiaisonPlay) -> None:
    subject = play.project()
    staged = shown(play)
    play.appoint(subject, "officer", "finance_handler")
    office = play.viewer("office")

    services.hold_shown(staged, services.read_list(office, staged))
    services.import_list(office, staged)

    assert Liaison.objects.count() == 2


def test_the_page_that_was_seen_decides(play: LiaisonPlay) -> None:
    play.project()
    staged = shown(play)

    assert refused(play, staged, seen_preview="0" * 64) == "有些行现在读出的结果与显示时不同，未写入任何内容。"


def test_what_did_not_change_is_appointed(play: LiaisonPlay) -> None:
    play.project()

    services.import_list(play.viewer("office"), shown(play))

    assert [row[1] for row in standing()] == ["县住建局 经办人"]
