"""Days that cannot be are refused wherever they are typed: one horizon, and plans that end after they begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from sushui.kernel.errors import DomainError
from sushui.kernel.models import DatedSetting
from sushui.projects import services
from sushui.projects.enums import FundingSource, ProjectStage
from sushui.projects.models import Milestone, Project
from sushui.projects.rules.days import DayLimits, ends_before_it_begins
from tests.projects.play import Play, on

OLD, FAR = date(1026, 1, 1), date(2206, 1, 1)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    ("begins", "ends", "is_wrong"),
    [
        (date(2026, 5, 1), date(2026, 1, 1), True),
        (date(2026, 5, 1), date(2026, 5, 1), False),
        (None, date(2026, 1, 1), False),
        (date(2026, 5, 1), None, False),
    ],
)
def test_a_plan_ends_after_it_begins(begins: date | None, ends: date | None, is_wrong: bool) -> None:
    assert ends_before_it_begins(begins, ends) is is_wrong


def test_the_horizon_lies_between_two_years() -> None:
    limits, today = DayLimits(), date(2026, 3, 2)

    assert [limits.is_too_early(date(year, 1, 1)) for year in (1989, 1990)] == [True, False]
    assert [limits.is_too_far(date(year, 1, 1), today) for year in (2056, 2057)] == [False, True]


def test_a_project_is_not_planned_to_be_completed_before_it_begins(play: Play) -> None:
    months = {"planned_start_month": date(2027, 3, 1), "planned_completion_month": date(2026, 1, 1)}

    assert refusal(lambda: play.project(**months)) == "completion_before_start"


def test_an_edit_is_held_to_the_same(play: Play) -> None:
    project = play.project(planned_start_month=date(2026, 5, 1))
    draft = play.draft(planned_start_month=date(2028, 5, 1), planned_completion_month=date(2026, 1, 1))

    assert refusal(lambda: services.edit_project(play.office, project, draft)) == "completion_before_start"


def test_an_edit_of_something_else_leaves_an_old_disorder_in_peace(play: Play) -> None:
    months = {"planned_start_month": date(2026, 5, 1), "planned_completion_month": date(2027, 1, 1)}
    project = play.project(**months)
    Project.objects.filter(pk=project.pk).update(planned_completion_month=date(2025, 1, 1))
    draft = play.draft(note="更正备注", **{**months, "planned_completion_month": date(2025, 1, 1)})

    assert services.edit_project(play.office, project, draft).note == "更正备注"


def test_a_start_is_not_postponed_beyond_the_completion(play: Play) -> None:
    project = play.project(planned_start_month=date(2026, 5, 1), planned_completion_month=date(2026, 12, 1))
    later = date(2027, 3, 1)

    code = refusal(lambda: services.postpone_start(play.office, project, month=later, reason="用地未批"))

    assert code == "completion_before_start"


@pytest.mark.parametrize(("day", "code"), [(OLD, "day_too_early"), (FAR, "day_too_far")])
def test_a_milestone_is_planned_within_reach(play: Play, day: date, code: str) -> None:
    project = play.project()

    assert refusal(lambda: services.add_milestone(play.office, project, name="封顶", planned_on=day)) == code
    assert Milestone.objects.count() == 0


def test_a_milestone_was_not_reached_before_the_horizon(play: Play) -> None:
    milestone = services.add_milestone(play.office, play.project(), name="封顶", planned_on=date(2026, 5, 1))

    assert refusal(lambda: services.reach_milestone(play.office, milestone, reached_on=OLD)) == "day_too_early"


def test_money_was_not_received_before_the_horizon(play: Play) -> None:
    said = {"source": FundingSource.BANK_LOANS, "amount": Decimal(100), "received_on": OLD}

    assert refusal(lambda: services.receive_funds(play.office, play.building(), **said)) == "day_too_early"


@pytest.mark.parametrize("name", ["started_on", "completed_on"])
def test_days_corrected_lie_within_the_horizon(play: Play, name: str) -> None:
    project = play.project(stage=ProjectStage.COMPLETED)
    days = {"started_on": None, "completed_on": None, name: OLD}

    assert refusal(lambda: services.correct_days(play.office, project, reason="查档", **days)) == "day_too_early"


def test_a_division_sets_its_own_horizon(play: Play) -> None:
    DatedSetting.objects.create(
        division=play.county.county, key="project_days.earliest_year", value=2000, valid_from_on=date(2026, 1, 1)
    )
    day = date(1999, 5, 1)

    assert refusal(lambda: play.project(stage=ProjectStage.UNDER_CONSTRUCTION, on=day)) == "day_too_early"
