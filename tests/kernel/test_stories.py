"""A line of the audit as an entry of a story."""

from __future__ import annotations

from django.utils import translation

from sushui.kernel.audit import record_act
from sushui.kernel.components import Change, StoryEntry
from sushui.kernel.stories import entry_of
from sushui.organizations.enums import Verb
from tests.cast import County


def test_a_line_is_told_with_who_did_it_and_what_the_room_says_of_it(county: County) -> None:
    office = county.viewer("office")
    line = record_act(office, Verb.EDIT_AGENCY, county.agencies["works"], note="三定方案")
    changes = [Change("名称", "旧", "新")]

    with translation.override("zh-hans"):
        entry = entry_of(line, iter(changes))

    assert entry == StoryEntry(
        line.at, "修改单位", office.user_name, f"{office.agency_name} {office.post_name}", "三定方案", (changes[0],)
    )
