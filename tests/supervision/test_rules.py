"""Decisions over plain values."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.supervision.enums import (
    ClockKind,
    DayBasis,
    NodeCycle,
    PartRole,
    ReportKind,
    Rung,
    StatusLight,
    TaskKind,
    TaskState,
    Unit,
    Verb,
)
from sushui.supervision.rules import (
    OPEN_PARTS,
    OPEN_STATES,
    REPORT_FOR,
    TRANSITIONS,
    Limit,
    Limits,
    Steps,
    clock_met_by,
    earliest,
    light,
    may_move,
    next_node_on,
    starting_clocks,
    state_after,
    stops_while_held,
)

LEAD, SUPPORTING = PartRole.LEAD, PartRole.SUPPORTING
DAYS = Steps(date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 16), date(2026, 3, 18))

# From each state, the acts that may be done and where they lead. This is the whole life of a task.
LIFE = {
    "drafted": {"assign_task": "assigned", "withdraw_task": "withdrawn"},
    "assigned": {"sign_for_task": "signed", "withdraw_task": "withdrawn"},
    "signed": {
        "report_progress": "in_progress",
        "apply_for_closing": "completion_applied",
        "suspend_task": "suspended",
        "withdraw_task": "withdrawn",
    },
    "in_progress": {
        "report_progress": "in_progress",
        "apply_for_closing": "completion_applied",
        "suspend_task": "suspended",
        "withdraw_task": "withdrawn",
    },
    "completion_applied": {"close_task": "closed", "return_task": "returned", "withdraw_task": "withdrawn"},
    "returned": {
        "report_progress": "in_progress",
        "apply_for_closing": "completion_applied",
        "suspend_task": "suspended",
        "withdraw_task": "withdrawn",
    },
    "suspended": {
        "apply_for_closing": "completion_applied",
        "resume_task": "in_progress",
        "withdraw_task": "withdrawn",
    },
    "closed": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("state", list(TaskState))
def test_a_state_allows_exactly_these_acts(state: TaskState) -> None:
    allowed = {verb.value: state_after(verb).value for verb in TRANSITIONS if may_move(verb, state)}

    assert allowed == LIFE[state.value]


def test_what_is_neither_draft_nor_ended_is_open() -> None:
    assert set(TaskState) - OPEN_STATES == {TaskState.DRAFTED, TaskState.CLOSED, TaskState.WITHDRAWN}


def test_an_answered_part_is_not_open() -> None:
    assert {state.value for state in OPEN_PARTS} == {"assigned", "signed", "in_progress", "disputed"}


def test_an_act_that_moves_no_task_has_no_transition() -> None:
    with pytest.raises(KeyError):
        may_move(Verb.REMIND, TaskState.SIGNED)


# --- clocks ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "role", "lengths"),
    [
        (TaskKind.GENERAL, LEAD, {"arrangement": 1, "feedback": 3, "result": 7}),
        (TaskKind.MAJOR, LEAD, {"arrangement": 1, "feedback": 3, "result": 1}),
        (TaskKind.CONTINUING, LEAD, {"arrangement": 1, "feedback": 3}),
        (TaskKind.GENERAL, SUPPORTING, {"answer_lead": 3}),
        (TaskKind.MAJOR, SUPPORTING, {"answer_lead": 3}),
        (TaskKind.CONTINUING, SUPPORTING, {"answer_lead": 3}),
    ],
)
def test_clocks_start_by_kind_and_role(kind: TaskKind, role: PartRole, lengths: dict[str, int]) -> None:
    clocks = starting_clocks(kind, role, Limits())

    assert {clock.value: limit.length for clock, limit in clocks.items()} == lengths


def test_a_major_task_has_a_month() -> None:
    assert starting_clocks(TaskKind.MAJOR, LEAD, Limits())[ClockKind.RESULT].unit == Unit.MONTH


def test_clocks_count_the_days_that_the_setting_says() -> None:
    clocks = starting_clocks(TaskKind.GENERAL, LEAD, Limits(basis=DayBasis.CALENDAR))

    assert {limit.basis for limit in clocks.values()} == {DayBasis.CALENDAR}


def test_a_limit_counts_working_days_unless_told() -> None:
    assert Limit(3) == Limit(3, Unit.DAY, DayBasis.WORKING)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_report_answers_the_clock_that_asks_for_it(kind: ReportKind) -> None:
    asked = clock_met_by(kind)

    assert (kind if asked is None else REPORT_FOR[asked]) == kind


def test_a_plain_report_answers_no_clock() -> None:
    assert clock_met_by(ReportKind.PROGRESS) is None


def test_the_result_is_answered_by_no_report() -> None:
    assert set(ClockKind) - set(REPORT_FOR) == {
        ClockKind.RESULT,
        ClockKind.OWNERSHIP_DECISION,
        ClockKind.OBJECTION_REVIEW,
    }


def test_clocks_of_the_plan_and_of_the_office_run_on_while_others_are_held() -> None:
    running = {kind for kind in ClockKind if not stops_while_held(kind)}

    assert running == {ClockKind.PLAN_STEP, ClockKind.OWNERSHIP_DECISION, ClockKind.OBJECTION_REVIEW}


# --- nodes -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cycle", "after", "node"),
    [
        (NodeCycle.MONTHLY, "2026-03-02", "2026-03-31"),
        (NodeCycle.MONTHLY, "2026-03-31", "2026-04-30"),
        (NodeCycle.MONTHLY, "2026-12-31", "2027-01-31"),
        (NodeCycle.MONTHLY, "2028-01-31", "2028-02-29"),
        (NodeCycle.QUARTERLY, "2026-01-01", "2026-03-31"),
        (NodeCycle.QUARTERLY, "2026-03-31", "2026-06-30"),
        (NodeCycle.QUARTERLY, "2026-11-11", "2026-12-31"),
        (NodeCycle.QUARTERLY, "2026-12-31", "2027-03-31"),
        (NodeCycle.YEARLY, "2026-03-02", "2026-12-31"),
        (NodeCycle.YEARLY, "2026-12-31", "2027-12-31"),
    ],
)
def test_a_node_is_the_end_of_the_next_period(cycle: NodeCycle, after: str, node: str) -> None:
    assert next_node_on(cycle, after=date.fromisoformat(after)) == date.fromisoformat(node)


@pytest.mark.parametrize(("until", "node"), [("2026-04-01", "2026-03-31"), ("2026-03-31", None), ("2026-03-20", None)])
def test_there_is_no_node_on_or_after_the_end_of_the_work(until: str, node: str | None) -> None:
    found = next_node_on(NodeCycle.MONTHLY, after=date(2026, 3, 2), until=date.fromisoformat(until))

    assert found == (date.fromisoformat(node) if node else None)


# --- lights and rungs ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 8), StatusLight.GREEN),
        (date(2026, 3, 9), StatusLight.YELLOW),
        (date(2026, 3, 15), StatusLight.YELLOW),
        (date(2026, 3, 16), StatusLight.RED),
        (date(2026, 3, 17), StatusLight.RED),
    ],
)
def test_a_light_turns_on_its_days(day: date, expected: StatusLight) -> None:
    assert light(is_open=True, on=day, yellow_on=DAYS.due_soon_on, red_on=DAYS.red_on) == expected


def test_what_is_not_open_has_no_light() -> None:
    assert light(is_open=False, on=date(2026, 3, 16), yellow_on=None, red_on=date(2026, 3, 1)) == StatusLight.NONE


def test_what_has_no_deadline_is_green() -> None:
    assert light(is_open=True, on=date(2026, 3, 16), yellow_on=None, red_on=None) == StatusLight.GREEN


@pytest.mark.parametrize(
    ("day", "rungs"),
    [
        (8, []),
        (9, [Rung.DUE_SOON]),
        (10, [Rung.DUE_SOON]),
        (11, [Rung.OVERDUE]),
        (16, [Rung.OVERDUE, Rung.RED]),
        (30, [Rung.OVERDUE, Rung.RED, Rung.LISTED]),
    ],
)
def test_rungs_reached_say_nothing_of_due_soon_once_overdue(day: int, rungs: list[Rung]) -> None:
    assert DAYS.reached(date(2026, 3, day)) == rungs


@pytest.mark.parametrize(("day", "following"), [(1, 9), (9, 11), (10, 11), (11, 16), (16, 18)])
def test_the_next_rung_is_the_next_day_on_which_something_is_due(day: int, following: int) -> None:
    assert DAYS.next_on(date(2026, 3, day)) == date(2026, 3, following)


def test_there_is_no_rung_above_listed() -> None:
    assert DAYS.next_on(date(2026, 3, 18)) is None


def test_the_earliest_of_no_days_is_none() -> None:
    assert (earliest([None, date(2026, 3, 2), date(2026, 3, 1)]), earliest([None]), earliest([])) == (
        date(2026, 3, 1),
        None,
        None,
    )
