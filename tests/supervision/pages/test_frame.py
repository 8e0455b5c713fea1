"""The rooms of supervision in the frame, with what waits in each."""

from __future__ import annotations

import re

import pytest

from tests.supervision.pages.reading import said
from tests.supervision.play import march

ROOMS = {
    "works_handler": ["我的事项"],
    "works_head": ["我的事项", "本单位"],
    "township": ["我的事项", "本单位"],
    "office": ["待审定", "红灯", "督办台账", "督办单"],
    "leader": ["待审定", "红灯", "督办台账", "督办单"],
    "hospital": ["我的事项"],
    "enterprise": ["我的事项"],
}


def rail(html: str) -> list[str]:
    block = html[html.index('<nav class="rail"') : html.index('<nav class="bar"')]
    return [said(each) for each in re.findall(r'href="/supervision/.*?</a>', block, re.DOTALL)]


@pytest.mark.parametrize("key", ROOMS)
def test_each_role_has_the_rooms_of_its_day(play, sit, key):
    with march(2):
        html = sit(key).open("orders").html

    names = [entry.split(">")[-1].strip().split(" ")[0] for entry in rail(html)]
    assert names == ROOMS[key]


def test_rooms_count_what_waits(play, sit):
    with march(2):
        play.task()
        play.apply(play.signed())
    with march(9):
        head, office = (rail(sit(key).open("orders").html) for key in ("works_head", "office"))

    assert [entry.split(" ")[-1] for entry in head] == ["1", "1"]
    assert [entry.split(" ")[-1] for entry in office[:2]] == ["1", "1"]
