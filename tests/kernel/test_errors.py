"""Refusals: a code for programs, a sentence and a mend for people, in their language."""

from __future__ import annotations

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord


def test_refusal_says_what_and_where_and_what_to_do() -> None:
    refusal = DomainError("full", "“%(name)s” is full.", "Empty %(name)s first.", name="box")

    assert (refusal.code, refusal.sentence, refusal.mend) == ("full", "“box” is full.", "Empty box first.")
    assert str(refusal) == "“box” is full. Empty box first."


def test_sentences_that_end_in_a_full_width_mark_stand_without_a_blank() -> None:
    assert str(DomainError("full", "“甲”已满。", "请先清空。")) == "“甲”已满。请先清空。"


def test_refusal_without_a_mend_is_its_sentence() -> None:
    assert str(DomainError("full", "It is full.")) == "It is full."


def test_percent_sign_is_text_where_nothing_is_filled_in() -> None:
    assert DomainError("half", "Only 50% is done.").sentence == "Only 50% is done."


def test_refusal_speaks_the_language_of_whoever_reads_it() -> None:
    refusal = DomainError("no", _("Choose yes or no."))

    with translation.override("en"):
        english = refusal.sentence
    with translation.override("zh-hans"):
        chinese = refusal.sentence

    assert (english, chinese) == ("Choose yes or no.", "请选择是或否。")


@pytest.mark.parametrize(
    ("refusal", "code", "status"),
    [
        (DomainError("anything", "x"), "anything", 422),
        (NotFound(), "not_found", 404),
        (Forbidden(), "forbidden", 403),
        (StaleRecord(), "stale", 409),
    ],
)
def test_each_refusal_has_its_status(refusal: DomainError, code: str, status: int) -> None:
    assert (refusal.code, refusal.status) == (code, status)


@pytest.mark.parametrize("refusal", [NotFound(), Forbidden(), StaleRecord()])
def test_ready_made_refusals_say_what_to_do(refusal: DomainError) -> None:
    assert bool(refusal.sentence) is bool(refusal.mend) is True


def test_forbidden_may_say_why() -> None:
    refusal = Forbidden("“%(post)s” may not.", "Ask %(post)s.", post="A")

    assert str(refusal) == "“A” may not. Ask A."
