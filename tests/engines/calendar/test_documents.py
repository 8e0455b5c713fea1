"""The worked examples of the documents are true."""

import doctest
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).parents[3] / "docs" / "algorithms"


@pytest.mark.parametrize(("name", "examples"), [("working-days.md", 20), ("deadline-phrases.md", 14)])
def test_examples_are_true(name, examples):
    results = doctest.testfile(str(DOCUMENTS / name), module_relative=False, encoding="utf-8")

    assert results == doctest.TestResults(0, examples)
