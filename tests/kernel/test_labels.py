"""Labels of words, verbs and values in the reader's language."""

from __future__ import annotations

from types import ModuleType

import pytest
from django.utils import translation
from django.utils.translation import gettext

from sushui.kernel.labels import (
    choices_of,
    label_of,
    label_of_field,
    label_of_record,
    label_of_value,
    label_of_verb,
)
from sushui.notices import enums as notices
from sushui.organizations import enums as organizations
from sushui.organizations.enums import Role
from sushui.supervision import enums as supervision


def test_word_is_said_in_the_readers_language() -> None:
    with translation.override("en"):
        english = label_of(Role.COUNTY_LEADER)

    assert (english, label_of(Role.COUNTY_LEADER)) == ("County leader", "县领导")


def test_choices_keep_the_order_of_the_words() -> None:
    assert [value for value, _label in choices_of(Role)] == [role.value for role in Role]


def test_verb_of_the_chain_is_said_in_words() -> None:
    assert label_of_verb("hand_over_post") == "交接岗位"


def test_verb_that_no_room_named_is_said_as_it_is() -> None:
    assert label_of_verb("unheard_of") == "unheard_of"


def test_value_of_a_line_is_said_in_words() -> None:
    assert label_of_field("hand_over_post", "holder") == "任职人员"


def test_value_that_no_room_named_is_said_as_it_is() -> None:
    assert [label_of_field(verb, "unheard_of") for verb in ("hand_over_post", "unheard_of")] == ["unheard_of"] * 2


def test_rooms_may_call_values_of_the_same_name_differently() -> None:
    assert [label_of_field(verb, "agencies") for verb in ("put_in_charge", "assign_task")] == ["分管单位", "承办单位"]


def test_stored_words_are_said_in_words() -> None:
    said = [label_of_value("report_progress", "kind", "feedback"), label_of_value("draft_order", "kind", "inspection")]

    assert said == ["办理情况反馈", "督查"]


@pytest.mark.parametrize("value", ["", "none of the words", "12"])
def test_value_that_is_no_word_stays_as_it_is(value: str) -> None:
    assert label_of_value("sign_for_task", "state", value) == value


def test_record_is_named_with_its_number() -> None:
    assert label_of_record("supervision.supervisedtask:12") == "事项 12"


def test_record_that_no_room_named_keeps_its_name() -> None:
    assert label_of_record("unheard.of:12") == "unheard.of:12"


@pytest.mark.parametrize("room", [organizations, supervision, notices], ids=lambda room: room.__name__)
def test_every_value_and_record_of_a_room_has_chinese(room: ModuleType) -> None:
    untold = [msgid for msgid in (*room.FIELDS.values(), *room.RECORDS.values()) if gettext(msgid) == msgid]

    assert untold == []


def test_every_verb_of_the_house_has_chinese() -> None:
    verbs = [*organizations.Verb, *supervision.Verb, *supervision.OrderVerb, *supervision.ListVerb, *notices.Verb]

    assert [verb for verb in verbs if label_of_verb(verb.value) == verb.msgid] == []
