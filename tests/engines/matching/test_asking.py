"""What to ask, by the money at stake; and which items a machine can decide."""

from __future__ import annotations

from sushui.engines.matching import evaluate, facts_of
from sushui.engines.matching.asking import certificate, questions
from tests.engines.matching.world import ON, REG, policies, policy_text

TWO = policy_text("[{test: staff >= 5人, cite: c}]", "{amount: 1万元, cite: c}") + (
    "  - item: b\n    name: 乙\n    conditions: [{test: is_listed, cite: c}, {atom: novel, judge: 创新, cite: c}]\n"
    "    benefit: {amount: 5万元, cite: c}\n"
)


def asked(text, **facts):
    policy_set = policies(text)
    return questions(REG, evaluate(policy_set, facts_of(REG, facts), ON))


def test_the_most_money_is_asked_for_first():
    found = asked(TWO)

    assert [(each.key, each.at_stake, each.is_judgement) for each in found] == [
        ("is_listed", 5_000_000, False),
        ("p.novel", 5_000_000, True),
        ("staff", 1_000_000, False),
    ]


def test_what_decides_nothing_any_more_is_not_asked():
    assert [each.key for each in asked(TWO, is_listed=False)] == ["staff"]


def test_what_only_the_amount_needs_is_asked_too():
    found = asked(policy_text(benefit="{rate: 5%, base: revenue, cite: c}"))

    assert [(each.key, each.unbounded) for each in found] == [("revenue", ("p.a",))]


def test_a_machine_decides_where_every_field_is_held():
    policy_set = policies(policy_text("[{test: staff >= 5人, cite: c}]"))

    found = certificate(policy_set, policy_set.items(ON)[0], ["staff"])

    assert (found.is_automatic, found.needed, found.missing) == (True, ("staff",), ())


def test_a_certificate_says_what_is_missing_and_who_owns_it():
    policy_set = policies(TWO)

    found = certificate(policy_set, policy_set.items(ON)[1], ["staff"])

    assert (found.is_automatic, found.missing, found.soft) == (False, ("is_listed",), ("p.novel",))
    assert found.owners == {"is_listed": ""}


def test_up_to_is_for_people_to_decide():
    policy_set = policies(policy_text(benefit="{up_to: 5万元, cite: c}"))

    assert certificate(policy_set, policy_set.items(ON)[0], []).is_automatic is False


def test_fields_of_needed_items_are_needed():
    other = policy_text("[{test: granted(q.a), cite: c}]")
    first = policy_text("[{test: staff >= 5人, cite: c}]").replace("policy: p", "policy: q")
    policy_set = policies(other, first)

    found = certificate(policy_set, policy_set.policy("p").versions[0].items[0], [])

    assert found.missing == ("staff",)
