"""The gold set holds together, and the half for tuning is read as well as it was."""

from __future__ import annotations

import pytest

from benchmarks.minutes import gold, score, table

TEXTS = list(gold())
TUNING = score(text for text in TEXTS if text.is_for_tuning)
UNSEEN = score(text for text in TEXTS if not text.is_for_tuning)


@pytest.mark.parametrize("halves", [TUNING, UNSEEN], ids=["tuning", "unseen"])
def test_half_is_read_as_well_as_asked(halves):
    reached = (halves.f1 >= 0.85, halves.owners >= 0.9, halves.deadlines >= 0.95)

    assert reached == (True, True, True), table([("", halves)])


@pytest.mark.parametrize("halves", [TUNING, UNSEEN], ids=["tuning", "unseen"])
def test_nothing_is_invented(halves):
    assert (halves.owners_invented, halves.days_invented) == (0, 0)


def test_there_are_sixty_texts_and_more_in_two_halves():
    assert len(TEXTS) >= 60
    assert abs(TUNING.texts - UNSEEN.texts) <= 12


def test_names_are_given_once():
    assert len({text.name for text in TEXTS}) == len(TEXTS)
