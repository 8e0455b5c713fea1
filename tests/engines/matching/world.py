"""A small registry, and policies of one item, for tests."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.engines.matching import MatchingError, evaluate, facts_of, load_policies, load_registry

REGISTRY = """
lists:
  small_ones: [small, micro]
fields:
  - {field: revenue, name: 营业收入, kind: money}
  - {field: revenue_last_year, name: 上年营业收入, kind: money}
  - {field: profit, name: 利润, kind: money, may_be_negative: yes}
  - {field: equipment_investment, name: 设备投资, kind: money}
  - {field: staff, name: 职工人数, kind: integer, unit: 人}
  - {field: graduates, name: 毕业生, kind: integer, unit: 人}
  - {field: land, name: 用地面积, kind: integer, unit: 亩, decimals: 1}
  - {field: layoff_rate, name: 裁员率, kind: rate}
  - {field: registered_on, name: 成立日期, kind: date}
  - {field: leased_until, name: 租期届满, kind: date}
  - {field: is_listed, name: 是否上市, kind: boolean}
  - {field: scale, name: 规模, kind: code, codes: [large, medium, small, micro]}
  - {field: industry, name: 行业, kind: code}
  - {field: honors, name: 荣誉, kind: set}
  - field: loans
    name: 贷款
    kind: rows
    unit: 笔
    columns:
      - {field: principal, name: 本金, kind: money}
      - {field: rate, name: 年利率, kind: rate}
      - {field: signed_on, name: 签订日, kind: date}
      - {field: is_repaid, name: 已还, kind: boolean}
      - {field: purpose, name: 用途, kind: code, codes: [working, fixed]}
"""
PARAMETERS = """
parameters:
  - {parameter: lpr, name: 一年期LPR, values: {2023-08-21: 3.45%, 2024-07-22: 3.35%, 2024-10-21: 3.10%}}
"""
REG = load_registry(REGISTRY, "fields.yaml", PARAMETERS, "parameters.yaml")
ON = date(2024, 6, 30)
HEAD = "policy: p\nname: 名\ndocument: 无\nissuer: 局\nfrom: 2024-01-01\n"


def policy_text(conditions="[{test: 'true', cite: c}]", benefit="{amount: 10万元, cite: c}", item="", top=""):
    """A policy `p` with the item `p.a`; conditions and benefit in flow style, more lines of the item and of the top."""
    more = "".join(f"    {line}\n" for line in item.splitlines())
    body = f"items:\n  - item: a\n    name: 甲\n    conditions: {conditions}\n    benefit: {benefit}\n"
    return HEAD + top + body + more


def policies(*texts):
    return load_policies(REG, {f"p{number}.yaml": text for number, text in enumerate(texts, 1)})


def result(text, on=ON, answers=None, **facts):
    """What the item `p.a` of a policy comes to."""
    return evaluate(policies(text), facts_of(REG, facts, answers), on).items["p.a"]


def status_of(test, **facts):
    """The status of an item with a single atom."""
    return result(policy_text(f'[{{test: "{test}", cite: c}}]'), **facts).status.value


def bounds_of(benefit, **facts):
    """The bounds of an item that is granted, in yuan."""
    amount = result(policy_text(benefit=benefit), **facts).amount
    return amount.low / 100, None if amount.high is None else amount.high / 100


def refusal(*texts):
    """What is refused of policies: code, line, facts."""
    with pytest.raises(MatchingError) as refused:
        policies(*texts)
    return refused.value.code.value, refused.value.line, refused.value.params
