"""The worked examples of the room's documents are true."""

import doctest
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "algorithms" / "clocks-and-ladder.md"


def test_examples_of_clocks_and_ladder_are_true():
    results = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")

    assert results == doctest.TestResults(0, 22)
