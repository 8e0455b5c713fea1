"""What a notice says: the msgid and those params that are words are translated, what people wrote stays."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from sushui.notices import wording
from sushui.notices.enums import NoticeTone


def test_words_are_kept_as_words_and_text_as_text() -> None:
    assert wording.kept({"what": NoticeTone.RED, "title": "修路"}) == {"what": {"msgid": "Red notice"}, "title": "修路"}


@pytest.mark.parametrize(("language", "said"), [("en", "For: Red notice"), ("zh-hans", "致：红灯通知")])
def test_notice_and_its_words_are_said_in_the_language_of_the_reader(language: str, said: str) -> None:
    with override(language):
        assert wording.sentence("For: %(posts)s", wording.kept({"posts": NoticeTone.RED})) == said


def test_text_that_happens_to_be_a_msgid_is_not_translated() -> None:
    with override("zh-hans"):
        assert wording.sentence("For: %(posts)s", {"posts": "Red notice"}) == "致：Red notice"


@pytest.mark.parametrize("title", ["100%", "%s", "%(title)s", "{0}", "<b>"])
def test_marks_in_a_text_are_text(title: str) -> None:
    assert wording.sentence("%(title)s", {"title": title}) == title


@pytest.mark.parametrize(("msgid", "params"), [("%(missing)s", {}), ("50% done", {"a": 1}), ("%", {})])
def test_place_that_cannot_be_filled_is_shown_as_it_is(msgid: str, params: dict[str, object]) -> None:
    assert wording.sentence(msgid, params) == msgid
