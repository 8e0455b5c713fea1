"""What docs/algorithms/matching.md shows is run."""

from __future__ import annotations

import re
from pathlib import Path

from sushui.engines.matching import evaluate, facts_of, load_policies
from tests.engines.matching.world import ON, REG

TEXT = Path(__file__).parents[3].joinpath("docs/algorithms/matching.md").read_text(encoding="utf-8")
WAN = 1_000_000


def test_the_example_is_a_policy():
    example = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0]

    policies = load_policies(REG, {"example.yaml": example})
    facts = facts_of(REG, {"revenue": 2300 * WAN, "honors": ["专精特新中小企业"], "equipment_investment": 500 * WAN})
    found = evaluate(policies, facts, ON).items["upgrading.equipment"]

    assert (found.status.value, found.amount.low, found.unknown) == ("yes", 50 * WAN, 0b010)
