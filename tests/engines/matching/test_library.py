"""The library that comes with the engine: every policy is held to its cases."""

from __future__ import annotations

import pytest

from sushui.engines.matching import Bounds, Difference, Status, load_cases, run_case
from sushui.engines.matching.packaged import load_library
from tests.engines.matching.world import REG, policies, policy_text

LIBRARY = load_library()


@pytest.mark.parametrize("case", LIBRARY.cases, ids=lambda case: f"{case.file}:{case.name}")
def test_a_policy_comes_to_what_its_case_says(case):
    assert run_case(LIBRARY.policies, case) == ()


def test_the_library_is_broad():
    assert (len(LIBRARY.policies.policies) >= 20, len(LIBRARY.cases) >= 150) == (True, True)


def test_every_case_says_why():
    assert [case.name for case in LIBRARY.cases if not case.why] == []


def test_every_policy_has_cases():
    held = {expected.item.split(".")[0] for case in LIBRARY.cases for expected in case.expected}

    assert {policy.key for policy in LIBRARY.policies.policies} == held


def test_a_case_that_is_not_met_says_where():
    text = policy_text(benefit="{amount: 1元, cite: c}")
    cases = load_cases(REG, "on: 2024-06-30\ncases: [{case: x, item: p.a, expect: {status: no, amount: 2元}}]")

    found = run_case(policies(text), cases[0])

    assert found == (
        Difference("p.a", "status", Status.NO, Status.YES),
        Difference("p.a", "amount", Bounds(200, 200), Bounds(100, 100)),
    )


def test_a_case_of_a_policy_out_of_force_says_so():
    cases = load_cases(REG, "on: 2023-06-30\ncases: [{case: x, item: p.a, expect: {status: yes}}]")

    assert run_case(policies(policy_text()), cases[0]) == (Difference("p.a", "in_force", True, False),)
