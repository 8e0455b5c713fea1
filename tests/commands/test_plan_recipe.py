"""The recipe's example is read, has the plan that the recipe tells, and its tables name what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sushui.engines.planning import Ref
from sushui.engines.planning.checking import check, doubts
from sushui.engines.planning.reading.texts import read_json
from sushui.engines.planning.reading.vocabulary import COLUMNS, COLUMNS_IN_CHINESE, SHEETS_IN_CHINESE, WORDS_IN_CHINESE
from tests.engines.planning.brute import best

RECIPE = (Path(__file__).parents[2] / "docs" / "recipes" / "plan-a-year.md").read_text(encoding="utf-8")
TABLE = RECIPE.partition("## As a workbook")[2]


def example() -> str:
    """The text of JSON in the recipe."""
    (text,) = re.findall(r"```json\n(.+?)```", RECIPE, flags=re.DOTALL)
    return text


def test_the_example_passes_the_door():
    read = read_json(example()).problem

    check(read)
    assert doubts(read) == ()


def test_the_example_has_the_plan_that_the_recipe_tells():
    found = best(read_json(example()).problem)

    assert found is not None
    starts = {ref: placed.start for ref, placed in found.plan.placements.items() if ref.activity == "works"}
    assert (found.objective, starts) == (350, {Ref("road", "works"): 2, Ref("plant", "works"): 4})


@pytest.mark.parametrize(("names", "known"), [(SHEETS_IN_CHINESE, COLUMNS), (COLUMNS_IN_CHINESE, None)])
def test_every_sheet_and_column_stands_in_the_recipe(names, known):
    told = {(english, chinese) for english, chinese in re.findall(r"`(\w+)` ([\u4e00-\u9fff]+)", TABLE)}

    assert {(english, chinese) for chinese, english in names.items()} <= told


def test_every_word_in_chinese_stands_in_the_recipe():
    words = {word for word in WORDS_IN_CHINESE if word not in ("yes", "no", "效益最大", "最早完成")}

    assert {word for word in words if word not in TABLE} == set()
