"""What rows say: the next milestone, the months owed, the strip of a year against the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel.months import year_months
from sushui.projects import queries, services
from sushui.projects.enums import FigureKind, ProjectStage
from sushui.projects.models import Milestone, Project, ProjectMonth
from sushui.projects.panels.rows import owed_months, own_rows, project_rows, report_due_on, step_due
from sushui.projects.panels.sheet import month_lines
from sushui.projects.rules.lights import LightLimits, MonthFigures, ProjectFacts, month_judged, month_lights
from sushui.projects.services import Figure
from tests.projects.play import WAN, Play, month, on

TODAY = date(2026, 3, 5)
LIMITS = LightLimits()


# --- milestones ------------------------------------------------------------------------------------------------------
STEPS = {
    -30: ("逾期 30 天", "30 days late", True),
    -1: ("逾期 1 天", "1 day late", True),
    0: ("今天", "today", False),
    1: ("还有 1 天", "in 1 day", False),
    30: ("还有 30 天", "in 30 days", False),
}


@pytest.mark.parametrize("days", STEPS)
def test_a_milestone_says_how_far_its_day_is(days: int) -> None:
    step = Milestone(planned_on=TODAY + timedelta(days=days))
    chinese = step_due(step, TODAY)
    with override("en"):
        english = step_due(step, TODAY)

    assert chinese is not None
    assert english is not None
    assert (chinese.words, english.words, chinese.is_late) == STEPS[days]


def test_a_milestone_that_was_reached_is_never_late() -> None:
    due = step_due(Milestone(planned_on=date(2026, 1, 1), reached_on=date(2026, 3, 1)), TODAY)

    assert due is not None
    assert (due.words, due.is_late) == ("", False)


def test_no_milestone_is_no_step() -> None:
    assert step_due(None, TODAY) is None


def test_a_row_shows_the_first_milestone_that_is_not_reached(play: Play) -> None:
    with on("2026-03-05"):
        project = play.building()
        steps = [
            services.add_milestone(play.office, project, name=name, planned_on=date(2026, number, 1))
            for number, name in ((5, "通电"), (2, "封顶"), (4, "安装"))
        ]
        services.reach_milestone(play.office, steps[1], reached_on=TODAY)
        rows = project_rows([project], 2026)

    assert [row.step and row.step.milestone.name for row in rows] == ["安装"]


# --- what is owed ----------------------------------------------------------------------------------------------------
def facts(started: str | None, stage: ProjectStage = ProjectStage.UNDER_CONSTRUCTION, *told: str) -> ProjectFacts:
    months = tuple(MonthFigures(month(each), None, Decimal(1)) for each in told)
    return ProjectFacts(stage, started_on=date.fromisoformat(started) if started else None, months=months)


BUILT = ProjectStage.UNDER_CONSTRUCTION
OWED = [
    ("2026-04-02", facts("2026-01-31"), ["2026-01", "2026-02", "2026-03"]),
    ("2026-04-02", facts("2025-06-01"), ["2026-01", "2026-02", "2026-03"]),
    ("2026-04-02", facts("2026-02-15"), ["2026-02", "2026-03"]),
    ("2026-04-02", facts("2026-01-31", BUILT, "2026-02"), ["2026-01", "2026-03"]),
    ("2026-04-02", facts("2026-01-31", BUILT, "2026-01", "2026-02", "2026-03"), []),
    ("2026-04-02", facts("2026-04-01"), []),
    ("2026-04-02", facts(None), []),
    ("2026-04-02", facts("2026-01-31", ProjectStage.SUSPENDED), []),
    ("2026-04-02", facts("2026-01-31", ProjectStage.COMPLETED), []),
    (
        "2026-04-02",
        replace(facts("2026-01-31", ProjectStage.SUSPENDED), stage_on=month("2026-02")),
        ["2026-01", "2026-02"],
    ),
    ("2026-04-02", replace(facts("2026-01-31", ProjectStage.COMPLETED), completed_on=month("2026-01")), ["2026-01"]),
    ("2026-01-02", facts("2025-11-03"), ["2025-11", "2025-12"]),
    ("2026-01-31", facts("2026-01-03"), []),
]


@pytest.mark.parametrize(("day", "known", "owed"), OWED)
def test_months_that_ended_since_the_start_are_owed(day: str, known: ProjectFacts, owed: list[str]) -> None:
    found = owed_months(known, date.fromisoformat(day))

    assert [f"{each:%Y-%m}" for each in found] == owed


@pytest.mark.parametrize(
    ("day", "due"), [("2026-03-01", "2026-03-05"), ("2026-03-31", "2026-03-05"), ("2026-01-09", "2026-01-05")]
)
def test_figures_are_due_on_a_day_of_the_month_after(day: str, due: str) -> None:
    assert report_due_on(date.fromisoformat(day), LIMITS).isoformat() == due


def test_a_due_day_that_a_month_does_not_have_is_its_last() -> None:
    assert report_due_on(TODAY.replace(month=2), LightLimits(report_due_day=31)) == date(2026, 2, 28)


def test_owed_months_are_said_in_both_languages(play: Play) -> None:
    with on("2026-03-05"):
        rows = own_rows([play.building()], 2026)
    with override("en"):
        english = rows[0].months

    assert (rows[0].months, english) == ("2026年1月、2026年2月", "January 2026, February 2026")


def test_own_rows_ask_no_more_for_thirty(play: Play) -> None:
    with on("2026-03-05"):
        first, *_others = [play.building() for _each in range(30)]
        seen, counts = queries.visible_projects(play.office).prefetch_related("lights"), []
        for rows in (seen.filter(pk=first.pk), seen):
            with CaptureQueriesContext(connection) as asked:
                shown = own_rows(list(rows), 2026)
            counts.append((len(asked), len(shown)))

    assert counts == [(counts[0][0], 1), (counts[0][0], 30)]


# --- the strip of a year ---------------------------------------------------------------------------------------------
AMOUNTS = st.lists(st.none() | st.integers(0, 9), min_size=12, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planned=AMOUNTS, done=AMOUNTS, days=st.integers(0, 400))
def test_the_strip_is_what_the_rules_say(
    play: Play, planned: list[int | None], done: list[int | None], days: int
) -> None:
    project, day = strip(play, planned, done), date(2026, 1, 1) + timedelta(days=days)
    with on(day.isoformat()):
        lines = month_lines(project, 2026)

    told = [MonthFigures(line.month, line.planned, line.actual) for line in lines]
    until = month_judged(ProjectFacts(project.stage, months=told), day, LIMITS)
    judged = {each.month: each for each in month_lights(told, until)}
    assert [line.light for line in lines] == [judged.get(line.month) for line in lines]
    assert [line.planned_sum for line in lines] == [total(planned, number) for number in range(1, 13)]
    assert [line.actual_sum for line in lines] == [total(done, number) for number in range(1, 13)]


def total(amounts: list[int | None], months: int) -> int:
    """What the first months come to, in yuan."""
    return WAN * sum(each or 0 for each in amounts[:months])


def strip(play: Play, planned: list[int | None], done: list[int | None]) -> Project:
    """A project whose months of 2026 stand so, in 万元."""
    with on("2026-01-01"):
        project = play.building("2026-01-01")
    ProjectMonth.objects.bulk_create(
        ProjectMonth(
            project=project, division_id=project.division_id, month=each, planned=yuan(plan), actual=yuan(deed)
        )
        for each, plan, deed in zip(year_months(2026), planned, done, strict=True)
        if plan is not None or deed is not None
    )
    return project


def yuan(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount * WAN)


def test_a_month_without_target_nor_figure_says_nothing(play: Play) -> None:
    with on("2026-03-05"):
        lines = month_lines(play.building(), 2026)

    assert {(line.planned, line.actual, line.status.value) for line in lines} == {(None, None, "none")}


def test_the_strip_of_another_year_holds_its_own_months(play: Play) -> None:
    with on("2026-03-05"):
        project = play.building("2025-01-05")
        services.record_figures(
            play.office, [Figure(project.pk, month("2025-03"), FigureKind.ACTUAL, Decimal(7), "补录")]
        )
        sums = [[line.actual_sum for line in month_lines(project, year)][-1] for year in (2025, 2026)]

    assert sums == [7, 0]
