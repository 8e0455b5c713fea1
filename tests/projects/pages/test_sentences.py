"""Every rule says which numbers lit it, in a sentence of both languages."""

from __future__ import annotations

import ast
import re
from datetime import date
from decimal import Decimal
from inspect import getsource

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.models import ProjectLight
from sushui.projects.panels.wording import SENTENCES, money_in_words, month_in_words, sentence_of
from sushui.projects.rules import lights

PROGRESS = {"month": "2026-09", "planned_percent": "75.0", "done_percent": "62.3", "points": "12.7"}
SAID = {
    "at_rest": ({}, "项目已停缓建或终止，不判定。"),
    "review_passed": ({"review": "2020-09-01"}, "停缓建项目应于2020年9月1日 周二复核，已过期。"),
    "start_unknown": ({}, "阶段显示已开工，但没有开工日期。"),
    "start_not_planned": ({}, "没有计划开工月份。"),
    "start_ahead": ({"planned": "2026-03", "limit": 3}, "计划2026年3月开工。"),
    "start_late": (
        {"planned": "2026-03", "limit": 3, "passed": 2},
        "计划2026年3月开工，至今未开工，已超期2 个月，满3 个月亮红灯。",
    ),
    "started": ({"started": "2020-03-05"}, "2020年3月5日 周四开工。"),
    "started_late": ({"started": "2020-03-05", "late": 2}, "2020年3月5日 周四开工，比计划晚2 个月。"),
    "not_under_construction": ({}, "项目不在建，不判定进度。"),
    "no_year_plan": ({"year": 2026}, "没有2026年投资计划，无法判定进度。"),
    "figures_missing": (
        {**PROGRESS, "unreported": "2026-08 2026-09"},
        "2026年8月、2026年9月数据到期未报，未报按未完成计：至2026年9月底应完成年度计划的 75.0%，实际 62.3%。",
    ),
    "behind_time": (PROGRESS, "至2026年9月底应完成年度计划的 75.0%，实际 62.3%，落后 12.7 个百分点。"),
    "on_time": (PROGRESS, "至2026年9月底应完成年度计划的 75.0%，实际 62.3%，达到序时进度。"),
    "no_month_plan": ({"year": 2026}, "2026年没有月度目标。"),
    "months_missed": ({"missed": "2026-01 2026-02"}, "2026年1月、2026年2月目标未完成，至今未补上。"),
    "months_unreported": ({"unreported": "2026-01"}, "2026年1月数据未报。"),
    "months_caught_up": ({"caught_up": "2026-01"}, "2026年1月目标当月未完成，之后已补上。"),
    "months_kept": ({"year": 2026}, "2026年各月目标均按时完成。"),
    "no_payment_required": ({}, "没有限期支付要求。"),
    "paid_as_required": ({"received": "1000000", "paid": "600000"}, "到位100.00万元，已支付60.00万元，达到支付要求。"),
    "paid_too_little": (
        {"received": "250000000", "paid": "600000", "short": "400000"},
        "到位2.50亿元，已支付60.00万元，比要求少40.00万元。",
    ),
    "enrolled": ({"enrolled": "2020-03-05"}, "2020年3月5日 周四入库纳统。"),
    "not_started": ({}, "项目未开工，开工后入库纳统。"),
    "total_unknown": ({}, "总投资未填，无法判定是否应入库纳统。"),
    "too_small_to_enroll": ({}, "总投资未达到入库纳统标准。"),
    "enrollment_ahead": ({"started": "2020-03-05"}, "2020年3月5日 周四开工，待入库纳统，尚未到期。"),
    "not_enrolled": ({"started": "2020-03-05", "limit": 2}, "2020年3月5日 周四开工，满2 个月仍未入库纳统。"),
}


def reasons_in_rules() -> set[str]:
    """The third value of each reading, what `_progress_why` answers, and what a year's months come to."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(getsource(lights))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reading":
            found |= {each.value for each in node.args[2:3] if isinstance(each, ast.Constant)}
        if isinstance(node, ast.FunctionDef) and node.name == "_progress_why":
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
            found |= {each for each in returned if isinstance(each, str)}
        if isinstance(node, ast.Constant) and str(node.value).startswith("months_"):
            found.add(str(node.value))
    return found


def test_every_reason_of_the_rules_has_its_sentence() -> None:
    assert (reasons_in_rules(), set(SAID)) == (set(SENTENCES), set(SENTENCES))


@pytest.mark.parametrize("why", SAID)
def test_a_light_says_its_numbers(why: str) -> None:
    numbers, sentence = SAID[why]

    assert sentence_of(ProjectLight(why=why, numbers=numbers)) == sentence


BY_SEPTEMBER = "by the end of September 2026 75.0% of the year's plan should be done, 62.3% is"
IN_ENGLISH = {
    "at_rest": "Suspended or terminated: this rule does not light it.",
    "review_passed": "Suspended and to be looked at again on Tue 1 September 2020, which has passed.",
    "start_unknown": "The stage says that it has started, but not on which day.",
    "start_not_planned": "No month is planned for the start.",
    "start_ahead": "The start is planned for March 2026.",
    "start_late": "Planned to start in March 2026 and not started: 2 months late, red from 3 months.",
    "started": "Started on Thu 5 March 2020.",
    "started_late": "Started on Thu 5 March 2020, 2 months later than planned.",
    "not_under_construction": "Not under construction: no progress is measured.",
    "no_year_plan": "No investment is planned for 2026: progress cannot be measured.",
    "figures_missing": (
        "Figures of August 2026, September 2026 are due and missing; what is not reported counts as not done: "
        f"{BY_SEPTEMBER}."
    ),
    "behind_time": f"B{BY_SEPTEMBER[1:]}: 12.7 points behind.",
    "on_time": f"B{BY_SEPTEMBER[1:]}: in time.",
    "no_month_plan": "No month of 2026 has a target.",
    "months_missed": "The target of January 2026, February 2026 was missed and is not caught up.",
    "months_unreported": "The figures of January 2026 are missing.",
    "months_caught_up": "The target of January 2026 was missed and caught up later.",
    "months_kept": "Every month's target of 2026 was reached in time.",
    "no_payment_required": "No payment is required by a day.",
    "paid_as_required": "Of 100.00 ten thousand yuan received 60.00 ten thousand yuan are paid out, as required.",
    "paid_too_little": (
        "Of 2.50 hundred million yuan received 60.00 ten thousand yuan are paid out: "
        "40.00 ten thousand yuan less than required by now."
    ),
    "enrolled": "Enrolled in the statistics on Thu 5 March 2020.",
    "not_started": "Not started: it is enrolled once construction has begun.",
    "total_unknown": "The total investment is not known: whether it must be enrolled cannot be said.",
    "too_small_to_enroll": "Below the size from which a project is enrolled in the statistics.",
    "enrollment_ahead": "Started on Thu 5 March 2020: it is still to be enrolled in the statistics, in time so far.",
    "not_enrolled": "Started on Thu 5 March 2020 and not enrolled in the statistics after 2 months.",
}


@pytest.mark.parametrize("why", SAID)
def test_a_light_says_its_numbers_in_english_too(why: str) -> None:
    with override("en"):
        assert sentence_of(ProjectLight(why=why, numbers=SAID[why][0])) == IN_ENGLISH[why]


def test_one_month_late_is_said_in_the_singular() -> None:
    numbers = {"planned": "2026-03", "limit": 3, "passed": 1}
    with override("en"):
        sentence = sentence_of(ProjectLight(why="start_late", numbers=numbers))

    assert sentence == "Planned to start in March 2026 and not started: 1 month late, red from 3 months."


def test_a_number_that_was_not_stored_yet_is_a_dash() -> None:
    light = ProjectLight(why="not_enrolled", numbers={"started": "2020-03-05"})

    assert sentence_of(light) == "2020年3月5日 周四开工，满—仍未入库纳统。"


@pytest.mark.parametrize("why", SAID)
def test_no_sentence_keeps_a_place_that_nothing_fills(why: str) -> None:
    assert set(re.findall(r"%\((\w+)\)s", SENTENCES[why])) <= set(SAID[why][0])


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0", "0.00万元"), ("12345678.9", "1,234.57万元"), ("99999999", "10,000.00万元"), ("100000000", "1.00亿元")],
)
def test_money_is_said_in_the_unit_that_fits(amount: str, words: str) -> None:
    assert money_in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0.00 ten thousand yuan"),
        ("-250000", "-25.00 ten thousand yuan"),
        ("100000000", "1.00 hundred million yuan"),
        ("-150000000", "-1.50 hundred million yuan"),
        ("49.99", "0.00 ten thousand yuan"),
        ("50", "0.01 ten thousand yuan"),
    ],
)
def test_money_is_said_in_english_too(amount: str, words: str) -> None:
    with override("en"):
        assert money_in_words(Decimal(amount)) == words


@given(st.decimals(min_value=0, max_value=10**14, places=2))
def test_money_in_words_is_never_further_from_the_sum_than_half_a_unit(amount: Decimal) -> None:
    words = money_in_words(amount)
    unit = 10**8 if words.endswith("亿元") else 10**4

    assert abs(Decimal(words.rstrip("亿万元").replace(",", "")) * unit - amount) <= Decimal(unit) / 200


def test_a_month_is_said_with_its_year() -> None:
    assert month_in_words(date(2026, 9, 1)) == "2026年9月"
