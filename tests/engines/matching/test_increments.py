"""Hashes change exactly with what a result depends on."""

from __future__ import annotations

from sushui.engines.matching import facts_of
from sushui.engines.matching.increments import facts_hash, policy_hash, stale
from tests.engines.matching.world import ON, REG, policies, policy_text

TEXT = policy_text("[{test: staff >= 5人, cite: c}, {atom: novel, judge: 新, cite: c}]")


def hashes(text=TEXT, answers=None, **facts):
    found = policies(text)
    item = found.items(ON)[0]
    return policy_hash(found, item, ON), facts_hash(found, item, facts_of(REG, facts, answers), ON)


def test_what_a_result_does_not_depend_on_changes_nothing():
    assert hashes(staff=5, revenue=7) == hashes(staff=5)


def test_a_fact_an_answer_and_a_row_change_the_facts_hash():
    text = policy_text("[{test: count(loans) >= 1笔, cite: c}, {atom: novel, judge: 新, cite: c}]")

    found = {
        hashes(text)[1],
        hashes(text, loans=[])[1],
        hashes(text, loans=[{"principal": 5}])[1],
        hashes(text, {"p.novel": True}, loans=[])[1],
    }

    assert len(found) == 4


def test_another_text_changes_the_policy_hash_alone():
    first, second = hashes(staff=5), hashes(TEXT.replace("5人", "6人"), staff=5)

    assert (first[0] == second[0], first[1] == second[1]) == (False, True)


def test_only_what_changed_is_stale():
    assert stale({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ("b", "c")


def test_an_item_depends_on_what_the_items_it_needs_depend_on():
    other = policy_text("[{test: granted(q.a), cite: c}]")
    first = policy_text("[{test: staff >= 5人, cite: c}]").replace("policy: p", "policy: q")
    found = policies(other, first)
    item = next(each for each in found.items(ON) if each.key == "p.a")

    one, two = (facts_hash(found, item, facts_of(REG, {"staff": staff}), ON) for staff in (4, 5))

    assert one != two
