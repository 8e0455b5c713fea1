"""Policies read: versions, items, ties; what hangs together wrongly is refused with its line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sushui.engines.matching import MatchingError, Refusal, evaluate, facts_of, load_policy, split_by_level
from tests.engines.matching.world import HEAD, ON, REG, policies, policy_text, refusal, result

ITEM = "{item: a, name: 甲, conditions: [{test: 'true', cite: c}], benefit: {amount: 1元, cite: c}}"
TWO_VERSIONS = """policy: p
name: 名
document: 无
issuer: 局
constants: {least: 20人}
versions:
  - from: 2025-01-01
    items: [{item: a, name: 甲, conditions: [{test: staff >= least, cite: c}], benefit: {amount: 2元, cite: c}}]
  - from: 2024-01-01
    until: 2024-12-31
    items: [{item: a, name: 甲, conditions: [{test: staff >= 10人, cite: c}], benefit: {amount: 1元, cite: c}}]
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 1, 1), 100), (date(2024, 12, 31), 100), (date(2025, 1, 1), 0), (date(2023, 12, 31), None)],
)
def test_a_policy_says_what_its_version_of_the_day_says(day, expected):
    items = evaluate(policies(TWO_VERSIONS), facts_of(REG, {"staff": 15}), day).items

    assert (items["p.a"].amount.low if items else None) == expected


def test_constants_may_be_replaced():
    policy = load_policy(REG, TWO_VERSIONS, constants={"least": "15人"})

    assert policy.constants == {"least": "15人"}


def test_a_constant_that_is_not_named_is_refused():
    with pytest.raises(MatchingError) as refused:
        load_policy(REG, TWO_VERSIONS, "p.yaml", {"most": "15人"})

    assert (refused.value.code, refused.value.params) == (Refusal.UNKNOWN_CONSTANT, {"name": "most"})


def test_conditions_of_the_version_hold_for_every_item():
    text = policy_text(top="conditions: [{atom: general, test: staff >= 5人, cite: c}]\n")

    found = result(text, staff=4)

    assert ([each.atom.key for each in found.atoms], found.blocking) == (["general", "c2"], ("general",))


def test_levels_pay_to_the_last_fen():
    policy = load_policy(REG, policy_text(top="levels: {province: 50%, city: 25%, county: 25%}\n"))

    assert split_by_level(103, policy.levels) == {"province": 53, "city": 25, "county": 25}


def test_definitions_stand_for_what_they_say():
    text = policy_text("[{test: up >= 10%, cite: c}]", top='define: {up: "growth(revenue, revenue_last_year)"}\n')

    assert result(text, revenue=110, revenue_last_year=100).status.value == "yes"


def test_an_item_may_need_another_ones_result():
    other = policy_text("[{test: granted(p.a), cite: c}]", "{amount: above(3万元, amount(p.a)), cite: c}")
    texts = other.replace("policy: p", "policy: q").replace("above(3万元, amount(p.a))", "3万元 - amount(p.a)")

    found = evaluate(policies(texts, policy_text(benefit="{amount: 1万元, cite: c}")), facts_of(REG, {}), ON)

    assert list(found.items) == ["p.a", "q.a"]
    assert found.items["q.a"].amount.low == 2_000_000


@pytest.mark.parametrize(
    ("top", "code"),
    [
        ("levels: {province: 50%, county: 40%}\n", "shares_not_whole"),
        ("until: 2023-01-01\n", "dates_out_of_order"),
        ("colour: red\n", "unknown_word"),
        ("name: twice\n", "twice_in_mapping"),
        ("relations: [{relation: r, exclusive: [a, b], cite: c}]\n", "unknown_item"),
        ("relations: [{relation: r, exclusive: [a]}]\n", "without_citation"),
        ("constants: {a: 5斗}\n", "unknown_unit"),
    ],
)
def test_a_head_that_cannot_be_meant_is_refused(top, code):
    assert refusal(policy_text(top=top))[:2] == (code, {"dates_out_of_order": 1}.get(code, 6))


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ("[{test: 'true'}]", "without_citation"),
        ("[{test: 'true', cite: c, atom: x}, {test: 'true', cite: c, atom: x}]", "two_with_one_key"),
        ("{at_least: 3, of: [{test: 'true', cite: c}]}", "bad_value"),
        ("{at_least: x, of: [{test: 'true', cite: c}]}", "bad_value"),
        ("[]", "missing"),
        ("{all: [], any: []}", "choose_one"),
        ("[{test: 'granted(p.b)', cite: c}]", "unknown_item"),
        ("[{test: 'granted(p.a)', cite: c}]", "circle"),
        ("text", "not_a_list"),
    ],
)
def test_conditions_that_cannot_be_meant_are_refused(conditions, code):
    assert refusal(policy_text(conditions))[0] == code


def test_a_circle_between_policies_is_shown():
    first = policy_text("[{test: granted(q.a), cite: c}]")
    second = policy_text("[{test: 'amount(p.a) > 0', cite: c}]").replace("policy: p", "policy: q")

    assert refusal(first, second) == ("circle", 7, {"items": ("p.a", "q.a")})


def test_versions_may_not_overlap():
    text = TWO_VERSIONS.replace("until: 2024-12-31", "until: 2025-01-01")

    assert refusal(text) == ("versions_overlap", 1, {"policy": "p", "from_on": "2025-01-01"})


def test_two_policies_need_two_keys():
    assert refusal(policy_text(), policy_text())[0] == "two_with_one_key"


def test_more_atoms_than_a_mask_holds_are_refused():
    many = ", ".join(["{test: 'true', cite: c}"] * 63)

    assert refusal(policy_text(f"[{many}]"))[0] == "too_many_atoms"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [1", "not_yaml"),
        ("a: &x 1\nb: {c: *x}", "alias"),
        (HEAD + "items: &i [a]\nrelations: *i", "alias"),
        ("x" * 1_000_001, "too_long"),
        ("[1]", "not_a_mapping"),
        (HEAD + "items: [{item: a}]", "missing"),
        (HEAD + f"items: [{ITEM}, {ITEM}]", "two_with_one_key"),
    ],
)
def test_texts_that_are_no_policies_are_refused(text, code):
    assert refusal(text)[0] == code


def test_a_judged_atom_waits_for_a_person():
    text = policy_text("[{atom: novel, judge: 是否有创新, cite: 创新能力强}]")

    found = [result(text, answers=answers).status.value for answers in ({}, {"p.novel": True}, {"p.novel": False})]

    assert found == ["unknown", "yes", "no"]


def test_an_ambiguous_atom_holds_where_all_readings_agree():
    readings = "readings: [revenue >= 10元, revenue_last_year >= 10元]"
    text = policy_text(f"[{{atom: x, ambiguous: 哪一年, {readings}, cite: c}}]")

    found = [
        result(text, revenue=first, revenue_last_year=second).status.value
        for first, second in ((1000, 1000), (1, 1000), (1, 1))
    ]

    assert found == ["yes", "unknown", "no"]


def test_a_decided_ambiguity_is_read_as_decided():
    readings = "readings: [revenue >= 10元, revenue_last_year >= 10元], decided: 2"
    text = policy_text(f"[{{ambiguous: 哪一年, {readings}, cite: c}}]")

    assert result(text, revenue=1, revenue_last_year=1000).status.value == "yes"


def test_up_to_is_marked():
    assert result(policy_text(benefit="{up_to: 5元, cite: c}")).item.is_up_to is True


def test_shares_of_instalments_make_a_whole():
    text = policy_text(item="instalments: [{part: a, share: 50%, cite: c}]")

    assert refusal(text) == ("shares_not_whole", 7, {"total": str(Fraction(1, 2))})
