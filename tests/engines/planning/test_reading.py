"""Problems as people write them, in a text and in tables: read back unchanged, and every slip named with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sushui.engines.planning.errors import PlanningError, Refusal
from sushui.engines.planning.factors import Arrival, Consumable, Level, MoneySource, Release, Renewable
from sushui.engines.planning.problem import Activity, Demand, Done, From, Goal, Lag, Mode, Payment, Ref, When
from sushui.engines.planning.reading.documents import problem_of
from sushui.engines.planning.reading.measures import Measure
from sushui.engines.planning.reading.tables import read_tables
from sushui.engines.planning.reading.texts import read_json
from sushui.engines.planning.reading.vocabulary import (
    COLUMNS,
    COLUMNS_IN_CHINESE,
    NEEDED_COLUMNS,
    SHEETS_IN_CHINESE,
)
from sushui.engines.planning.tabling import tables_of
from sushui.engines.planning.timeline import Pause, SlotKind, TimeLine, WorkCalendar
from sushui.engines.planning.values import IfChosen, IfLate, Part, SinceFinished, WhenFinishedBy, WhileWorked
from sushui.engines.planning.writing import json_of
from tests.engines.planning.problems import problems

R = Refusal

COUNTY = {
    "time": {"first_day": "2026-01-01", "slot": "month", "slots": 12},
    "goal": "value",
    "weights": {"tax": 30, "lateness": 1},
    "money": {"unit": "万元", "decimals": 1},
    "calendars": [{"key": "outdoors", "pauses": [{"from": "2026-12-01", "until": "2027-02-28"}]}],
    "factors": [
        {"key": "desk", "kind": "renewable", "levels": [{"amount": 2}, {"from": "2026-07-01", "amount": 3}]},
        {
            "key": "land",
            "name": "construction land",
            "kind": "consumable",
            "unit": "亩",
            "decimals": 2,
            "releases": [{"from": "2026-02-15", "amount": "320.5 亩", "until": "2026-12-31"}, {"from": 5, "amount": 8}],
        },
    ],
    "sources": [
        {"key": "bond", "pays_for": ["works"], "arrivals": [{"from": "2026-06-01", "amount": "1,200.5 万元"}]},
        {"key": "budget", "arrivals": [{"amount": 900}]},
    ],
    "projects": [
        {
            "key": "road",
            "name": "the road",
            "mandatory": True,
            "earnings": [{"part": "priority", "amount": 5}],
            "activities": [
                {"key": "permit", "modes": [{"duration": 2, "demands": {"desk": 1}}], "done": {"from": "2026-01-10"}},
                {
                    "key": "works",
                    "from": "2026-03-01",
                    "by": "2026-11-30",
                    "calendar": "outdoors",
                    "statutory_limit": 6,
                    "modes": [
                        {
                            "name": "one shift",
                            "duration": 4,
                            "demands": [{"factor": "land", "amount": 20.25}],
                            "payments": [
                                {"use": "works", "amount": 700},
                                {"use": "works", "amount": 1, "when": "at_end"},
                            ],
                        }
                    ],
                    "earnings": [
                        {"kind": "while_worked", "part": "investment", "amount": 9, "from": 0, "until": "2026-12-31"},
                        {"kind": "when_finished_by", "part": "commitment", "amount": 8, "by": "2026-09-30"},
                        {"kind": "since_finished", "part": "tax", "amount": 7, "until": "2027-06-30"},
                        {"kind": "if_late", "part": "lateness", "amount": 6, "by": "2026-10-31", "once": 2},
                    ],
                },
            ],
        },
        {"key": "plant", "requires": ["road"], "activities": [{"key": "a", "modes": [{"duration": 1}]}]},
    ],
    "lags": [
        {"before": ["road", "permit"], "after": ["road", "works"], "least": 1, "most": 5},
        {"before": ["road", "works"], "after": ["plant", "a"], "counted_from": "start"},
    ],
    "groups": [{"projects": ["road", "plant"]}],
}


def changed(**fields) -> str:
    """The county as a text, with some of its fields replaced."""
    return json.dumps({**COUNTY, **fields}, default=str)


def refused(read, *given) -> tuple[Refusal, object]:
    """The code of a refusal and the place it names."""
    with pytest.raises(PlanningError) as refusal:
        read(*given)
    return refusal.value.code, refusal.value.facts.get("place")


# --- a text ----------------------------------------------------------------------------------------------------------


def test_factors_and_time_are_read():
    read = read_json(changed())

    assert read.money == Measure("万元", 1)
    assert read.problem.timeline == TimeLine(12, date(2026, 1, 1), SlotKind.MONTH)
    assert read.problem.goal is Goal.VALUE
    assert read.problem.weights == {Part.TAX: 30, Part.LATENESS: 1}
    assert read.problem.calendars == (WorkCalendar("outdoors", (Pause(11, 14),)),)
    assert read.problem.renewables == (Renewable("desk", (Level(0, 2), Level(6, 3))),)
    assert read.problem.consumables == (
        Consumable("land", (Release(1, 32050, 12), Release(5, 800)), "construction land", "亩", 2),
    )
    assert read.problem.sources == (
        MoneySource("bond", (Arrival(5, 12005),), frozenset({"works"})),
        MoneySource("budget", (Arrival(0, 9000),)),
    )


def test_projects_are_read():
    road, plant = read_json(changed()).problem.projects

    assert (road.name, road.is_mandatory, plant.requires) == ("the road", True, ("road",))
    assert road.earnings == (IfChosen(Part.PRIORITY, 5),)
    assert road.activities[0] == Activity("permit", (Mode(2, (Demand("desk", 1),)),), done=Done(0))


def test_an_activity_is_read_with_everything_it_may_have():
    works = read_json(changed()).problem.activity[Ref("road", "works")]

    paid = (Payment("works", 7000), Payment("works", 10, When.AT_END))
    assert works.modes == (Mode(4, (Demand("land", 2025),), paid, "one shift"),)
    assert (works.release, works.deadline, works.calendar, works.statutory_limit) == (2, 11, "outdoors", 6)
    assert works.earnings == (
        WhileWorked(Part.INVESTMENT, 9, 0, 12),
        WhenFinishedBy(Part.COMMITMENT, 8, 9),
        SinceFinished(Part.TAX, 7, 18),
        IfLate(Part.LATENESS, 6, 10, 2),
    )


def test_lags_and_groups_are_read():
    read = read_json(changed()).problem

    assert read.lags == (
        Lag(Ref("road", "permit"), Ref("road", "works"), 1, 5),
        Lag(Ref("road", "works"), Ref("plant", "a"), counted_from=From.START),
    )
    assert read.groups == (("road", "plant"),)


def test_the_least_problem_is_short():
    read = read_json('{"time": {"slots": 3}}').problem

    assert (read.timeline, read.projects, read.goal) == (TimeLine(3), (), Goal.VALUE)


@given(problems(), st.sampled_from((None, date(2026, 3, 1))), st.sampled_from(SlotKind))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_back_unchanged(asked, first_day, slot):
    dated = replace(asked, timeline=TimeLine(asked.timeline.horizon, first_day, slot))

    assert read_json(json_of(dated)).problem == dated


@given(problems(), st.sampled_from((None, date(2026, 3, 1))), st.sampled_from(SlotKind))
@settings(max_examples=100, deadline=None)
def test_what_is_written_in_tables_is_read_back_unchanged(asked, first_day, slot):
    dated = replace(asked, timeline=TimeLine(asked.timeline.horizon, first_day, slot))

    assert read_tables(tables_of(dated)).problem == dated


def test_units_and_decimals_are_written_and_read_back():
    read = read_json(changed())

    assert read_json(json_of(read.problem, read.money)) == read
    assert read_tables(tables_of(read.problem, read.money)) == read


# --- slips in a text -------------------------------------------------------------------------------------------------

LAND = {"key": "land", "kind": "consumable", "unit": "亩", "decimals": 1}
ONE = {"key": "p", "activities": [{"key": "a", "modes": [{"duration": 1, "demands": {"land": 5}}]}]}


def with_demand(amount: object) -> str:
    """One project that demands land."""
    mode = {"duration": 1, "demands": {"land": amount}}
    return changed(
        factors=[LAND], projects=[{"key": "p", "activities": [{"key": "a", "modes": [mode]}]}], lags=[], groups=[]
    )


DEMAND = "projects.p.activities.a.modes.0.demands.land"

SLIPS = {
    "nothing": ("", R.NOT_JSON, None),
    "not a text of JSON": ("{time: 3}", R.NOT_JSON, None),
    "no number": ('{"time": {"slots": NaN}}', R.NOT_JSON, None),
    "nested without end": ("[" * 100_000, R.NOT_JSON, None),
    "digits without end": ('{"time": {"slots": %s}}' % ("9" * 5000), R.NOT_JSON, None),
    "a list": ("[]", R.BAD_VALUE, ""),
    "the same field twice": ('{"time": {"slots": 3, "slots": 4}}', R.KEY_TWICE, ""),
    "no time": ("{}", R.MISSING, "time.slots"),
    "a field nobody knows": (changed(projekts=[]), R.UNKNOWN_FIELD, "projekts"),
    "a field nobody knows, further in": (
        changed(factors=[{**LAND, "colour": "red"}], projects=[]),
        R.UNKNOWN_FIELD,
        "factors.land.colour",
    ),
    "no key": (changed(factors=[{"kind": "consumable"}]), R.MISSING, "factors.0.key"),
    "no such kind": (changed(factors=[{"key": "x", "kind": "eternal"}]), R.BAD_VALUE, "factors.x.kind"),
    "no such part": (changed(weights={"fame": 1}), R.UNKNOWN_FIELD, "weights.fame"),
    "no such goal": (changed(goal=7), R.BAD_VALUE, "goal"),
    "no day": (changed(time={"slots": 3, "first_day": "tomorrow"}), R.BAD_VALUE, "time.first_day"),
    "half a day": (
        changed(calendars=[{"key": "c", "pauses": [{"from": 1.5, "until": 2}]}]),
        R.BAD_VALUE,
        "calendars.c.pauses.0.from",
    ),
    "a day, and no first day": (
        changed(time={"slots": 3}, projects=[]),
        R.WITHOUT_FIRST_DAY,
        "factors.desk.levels.1.from",
    ),
    "another unit": (with_demand("5 公顷"), R.UNIT_DIFFERS, DEMAND),
    "too many decimals": (with_demand("5.25"), R.TOO_FINE, DEMAND),
    "no amount": (with_demand("much"), R.BAD_VALUE, DEMAND),
    "an amount without end": (with_demand("9" * 99), R.BAD_VALUE, DEMAND),
    "yes for an amount": (with_demand(True), R.BAD_VALUE, DEMAND),
    "a list for an amount": (with_demand([]), R.BAD_VALUE, DEMAND),
    "a factor nobody knows": (
        changed(factors=[], projects=[ONE]),
        R.UNKNOWN_NAME,
        "projects.p.activities.a.modes.0.demands",
    ),
    "a word for a list": (changed(groups="road"), R.BAD_VALUE, "groups"),
    "a word in a list": (changed(groups=["road"]), R.BAD_VALUE, "groups.0"),
    "a number in a list of words": (changed(groups=[{"projects": [3]}]), R.BAD_VALUE, "groups.0.projects"),
    "a word for a list of words": (changed(groups=[{"projects": "road"}]), R.BAD_VALUE, "groups.0.projects"),
    "half an end of a lag": (
        changed(lags=[{"before": ["road"], "after": ["road", "works"]}]),
        R.BAD_VALUE,
        "lags.0.before",
    ),
    "a word for true": (
        changed(projects=[{**ONE, "mandatory": "perhaps"}], factors=[LAND]),
        R.BAD_VALUE,
        "projects.p.mandatory",
    ),
    "a list for a text": (changed(factors=[{**LAND, "name": ["a"]}], projects=[]), R.BAD_VALUE, "factors.land.name"),
}


@pytest.mark.parametrize(("text", "code", "place"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_with_its_place(text, code, place):
    assert refused(read_json, text) == (code, place)


def test_a_unit_that_differs_is_named_with_the_one_expected():
    with pytest.raises(PlanningError) as refusal:
        read_json(with_demand("5 公顷"))

    assert refusal.value.facts == {"place": DEMAND, "unit": "公顷", "expected": "亩"}


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        (5, 50),
        ("5", 50),
        ("5.5", 55),
        (" 1,200.5 亩 ", 12005),
        (Decimal("0.1"), 1),
        (0.1 + 0.2, 3),
        ("-2亩", -20),
        (".5", 5),
    ],
)
def test_an_amount_is_read_as_people_write_it(value, parts):
    assert Measure("亩", 1).read(value, "") == parts


@given(st.integers(-(10**12), 10**12), st.integers(0, 3), st.sampled_from(("", "亩", "MW h")))
def test_an_amount_is_written_and_read_back(amount, decimals, unit):
    measure = Measure(unit, decimals)

    assert measure.read(measure.written(amount), "") == amount


# --- tables ----------------------------------------------------------------------------------------------------------

TABLES = {
    "时间": [["起始日期", "时段", "时段数", "金额单位"], [datetime(2026, 1, 1, tzinfo=UTC), "月", 12, "万元"]],
    "要素": [["编号", "类别", "单位"], ["窗口", "循环使用", None], ["用地", "一次消耗", "亩"]],
    "资金": [["编号", "可支付"], ["债券", "工程、征地"]],
    "供给": [["对象", "自", "数量"], ["窗口", None, 2], ["用地", date(2026, 2, 1), "300 亩"], ["债券", 3, 500]],
    "项目": [["编号", "名称", "必保", "前提项目"], ["道路", "北环路", "是", None], [], ["工厂", None, "否", "道路"]],
    "事项": [["项目", "编号", "最迟"], ["道路", "施工", "2026-10-31"], ["工厂", "建设", ""]],
    "方式": [["项目", "事项", "工期"], ["道路", "施工", 4], ["道路", "施工", 3], ["工厂", "建设", 2]],
    "需求": [
        ["项目", "事项", "方式", "要素", "数量"],
        ["道路", "施工", 2, "用地", 20],
        ["工厂", "建设", "", "窗口", 1],
    ],
    "付款": [["项目", "事项", "用途", "数量", "支付时间"], ["道路", "施工", "工程", 100, "结束时"]],
    "收益": [
        ["项目", "事项", "类别", "方面", "数量", "最迟"],
        ["工厂", None, None, "优先", 9, None],
        ["工厂", "建设", "按期完成", "承诺", 5, "2026-06-30"],
    ],
    "先后": [
        ["前项项目", "前项事项", "后项项目", "后项事项", "至少间隔", "起算"],
        ["道路", "施工", "工厂", "建设", 1, "开始"],
    ],
    "互斥": [["互斥组", "项目"], [1, "道路"], [1, "工厂"]],
    "说明": [["谁都可以看"]],
}


def test_tables_in_chinese_are_read():
    read = read_tables(TABLES)

    road, plant = read.problem.projects
    assert read.money == Measure("万元")
    assert read.problem.consumables == (Consumable("用地", (Release(1, 300),), "", "亩"),)
    assert read.problem.sources == (MoneySource("债券", (Arrival(3, 500),), frozenset({"工程", "征地"})),)
    assert (road.is_mandatory, plant.is_mandatory, plant.requires) == (True, False, ("道路",))
    assert road.activities[0].deadline == 10
    assert road.activities[0].modes == (
        Mode(4, (), (Payment("工程", 100, When.AT_END),)),
        Mode(3, (Demand("用地", 20),)),
    )
    assert plant.earnings == (IfChosen(Part.PRIORITY, 9),)
    assert plant.activities[0].earnings == (WhenFinishedBy(Part.COMMITMENT, 5, 6),)
    assert read.problem.lags == (Lag(Ref("道路", "施工"), Ref("工厂", "建设"), 1, None, From.START),)
    assert read.problem.groups == (("道路", "工厂"),)


WORKS = ["道路", "施工", "", 4], ["道路", "施工", "", 3]


def table(sheet: str, *rows: list) -> dict:
    """The tables with one of them replaced."""
    return {**TABLES, sheet: list(rows)}


TABLE_SLIPS = {
    "a sheet nobody knows": ({**TABLES, "项木": [["编号"]]}, R.UNKNOWN_SHEET, None),
    "no sheet of activities": ({**TABLES, "事项": []}, R.MISSING_SHEET, None),
    "a column nobody knows": (table("项目", ["编号", "颜色"], ["道路", "红"]), R.UNKNOWN_FIELD, "projects!1.颜色"),
    "a column of another sheet": (table("项目", ["编号", "工期"], ["道路", 3]), R.UNKNOWN_FIELD, "projects!1.工期"),
    "no column of keys": (table("项目", ["名称"], ["道路"]), R.MISSING_COLUMN, None),
    "no duration": (
        table("方式", ["项目", "事项", "名称", "工期"], ["工厂", "建设", "快", None], *WORKS),
        R.MISSING,
        "modes!2.duration",
    ),
    "two times": (table("时间", ["时段数"], [12], [13]), R.BAD_VALUE, "time!3"),
    "another unit": (
        table("需求", ["项目", "事项", "要素", "数量"], ["道路", "施工", "用地", "2 公顷"]),
        R.UNIT_DIFFERS,
        "demands!2.amount",
    ),
    "a project nobody knows": (table("事项", ["项目", "编号"], ["大桥", "施工"]), R.UNKNOWN_NAME, "activities!2"),
    "an activity nobody knows": (
        table("方式", ["项目", "事项", "工期"], ["道路", "设计", 1]),
        R.UNKNOWN_NAME,
        "modes!2",
    ),
    "a mode nobody knows": (
        table("需求", ["项目", "事项", "方式", "要素", "数量"], ["道路", "施工", 3, "用地", 2]),
        R.UNKNOWN_NAME,
        "demands!2",
    ),
    "a factor nobody knows": (
        table("需求", ["项目", "事项", "要素", "数量"], ["道路", "施工", "黄金", 2]),
        R.UNKNOWN_NAME,
        "demands!2",
    ),
    "a supply of nothing": (table("供给", ["对象", "数量"], ["黄金", 2]), R.UNKNOWN_NAME, "releases!2"),
    "modes out of order": (
        table("方式", ["项目", "事项", "方式", "工期"], ["道路", "施工", 2, 1]),
        R.BAD_VALUE,
        "modes!2.mode",
    ),
    "no such word": (
        table("要素", ["编号", "类别"], ["窗口", "永久"], ["用地", "一次消耗"]),
        R.BAD_VALUE,
        "factors!2.kind",
    ),
}


@pytest.mark.parametrize(("sheets", "code", "place"), TABLE_SLIPS.values(), ids=TABLE_SLIPS)
def test_a_slip_in_a_table_is_named_with_its_sheet_and_row(sheets, code, place):
    assert refused(read_tables, sheets) == (code, place)


def test_every_sheet_and_column_has_a_name_in_chinese():
    columns = {column for columns in COLUMNS.values() for column in columns} - {"weight"}

    assert set(SHEETS_IN_CHINESE.values()) == set(COLUMNS) == set(NEEDED_COLUMNS)
    assert columns <= set(COLUMNS_IN_CHINESE.values())


def test_a_document_may_be_read_without_a_text():
    assert problem_of({"time": {"slots": 4}}).problem.timeline == TimeLine(4)
