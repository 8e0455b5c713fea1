"""The function for one enterprise says what the interpreter says."""

from __future__ import annotations

import pytest

from sushui.engines.matching.in_python import Quick
from sushui.engines.matching.packaged import load_library
from tests.engines.matching.comparing import OUTPUTS, differences, reference
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, policies

LIBRARY = load_library()


@pytest.mark.parametrize("seed", range(30))
def test_random_policies_come_to_the_same(seed):
    found = policies(random_policy(seed))
    facts = [random_facts(1000 * seed + number) for number in range(20)]
    quick = Quick(found, ON, OUTPUTS)

    assert differences(reference(found, facts, ON), [quick.run(each) for each in facts]) == []


@pytest.mark.parametrize("day", sorted({case.on for case in LIBRARY.cases}), ids=str)
def test_the_library_comes_to_the_same(day):
    facts = [case.facts for case in LIBRARY.cases if case.on == day]
    quick = Quick(LIBRARY.policies, day, OUTPUTS)

    assert differences(reference(LIBRARY.policies, facts, day), [quick.run(each) for each in facts]) == []
