"""The function for one enterprise says what the interpreter says."""

from __future__ import annotations

import pytest

from sushui.engines.matching.packaged import load_library
from tests.engines.matching.comparing import differences, reference
from tests.engines.matching.engines import in_python
from tests.engines.matching.random_policies import random_facts, random_policy
from tests.engines.matching.world import ON, REG, policies

LIBRARY = load_library()


@pytest.mark.parametrize("seed", range(12))
def test_random_policies_come_to_the_same(seed):
    found = policies(random_policy(seed))
    facts = [random_facts(1000 * seed + number) for number in range(20)]

    assert differences(reference(found, facts, ON), in_python(found, REG, facts, ON)) == []


@pytest.mark.parametrize("day", sorted({case.on for case in LIBRARY.cases}), ids=str)
def test_the_library_comes_to_the_same(day):
    facts = [case.facts for case in LIBRARY.cases if case.on == day]
    found = in_python(LIBRARY.policies, LIBRARY.policies.registry, facts, day)

    assert differences(reference(LIBRARY.policies, facts, day), found) == []
