"""The worked examples of the document are true."""

import doctest
from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "algorithms" / "permit-network.md"


def test_examples_are_true():
    results = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")

    assert results == doctest.TestResults(0, 11)
