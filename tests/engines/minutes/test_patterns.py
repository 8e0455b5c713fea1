"""Every row of the table of patterns, by the lines that it carries."""

from __future__ import annotations

import pytest

from sushui.engines.minutes.lexicon import lexicon
from tests.engines.minutes.marked_lines import covered

ROWS = {pattern.name: pattern for pattern in lexicon().patterns}


def lines(kind):
    return [(name, line) for name, pattern in ROWS.items() for line in getattr(pattern, kind)]


def first_match(line):
    return next((name for name, pattern in ROWS.items() if pattern.clause.fullmatch(covered(line))), None)


@pytest.mark.parametrize(("name", "line"), lines("good"))
def test_good_line_is_decided_by_its_row(name, line):
    assert first_match(line) == name


@pytest.mark.parametrize(("name", "line"), lines("bad"))
def test_bad_line_is_not_matched_by_its_row(name, line):
    assert ROWS[name].clause.fullmatch(covered(line)) is None


def test_names_are_given_once():
    assert len(ROWS) == len(lexicon().patterns)


def test_rows_say_one_of_four_things():
    assert {pattern.says for pattern in ROWS.values()} == {"begins", "names", "supports", "goes_on"}
