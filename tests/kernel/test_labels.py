"""Labels of words, verbs and values in the reader's language."""

from __future__ import annotations

from django.utils import translation

from sushui.kernel.labels import choices_of, label_of, label_of_field, label_of_verb
from sushui.organizations.enums import FIELDS, Role, Verb


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
    assert [label_of_field(name) for name in ("holder", "unheard_of")] == ["任职人员", "unheard_of"]


def test_every_verb_and_value_of_organizations_has_chinese() -> None:
    verbs = [verb.value for verb in Verb if label_of_verb(verb.value) == verb.msgid]
    fields = [name for name, msgid in FIELDS.items() if label_of_field(name) == msgid]

    assert (verbs, fields) == ([], [])
