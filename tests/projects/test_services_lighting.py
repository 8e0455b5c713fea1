"""Stored lights: read anew after every act and when days alone change them, with every turn written down once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel import clock
from sushui.kernel.models import DatedSetting
from sushui.projects import queries, services
from sushui.projects.enums import LightRule, ProjectStage
from sushui.projects.models import LightTurn, Project, ProjectLight
from sushui.projects.rules.lights import overall, readings
from sushui.supervision.enums import StatusLight
from tests.projects.play import Play, month, on


def turns(project: Project) -> list[tuple[str, str, str]]:
    rows = LightTurn.objects.filter(project=project).order_by("pk")
    return [(row.on.isoformat(), str(row.before), str(row.after)) for row in rows]


def test_a_start_that_is_missed_turns_yellow_and_red_on_its_days(play: Play) -> None:
    with on("2026-03-02"):
        project = play.project(stage=ProjectStage.SIGNED, planned_start_month=month("2026-03"))
    for day in ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01"):
        with on(day):
            services.light_due()

    assert turns(project) == [("2026-04-01", "green", "yellow"), ("2026-07-01", "yellow", "red")]
    assert play.now(project).light_since_on == date(2026, 7, 1)


def test_days_that_passed_without_the_clockwork_are_made_up_for_with_the_true_day(play: Play) -> None:
    with on("2026-03-02"):
        project = play.project(stage=ProjectStage.SIGNED, planned_start_month=month("2026-03"))
    with on("2026-08-20"):
        services.light_due()

    assert turns(project) == [("2026-08-20", "green", "red")]
    assert play.now(project).light_since_on == date(2026, 7, 1)


def test_reading_again_on_the_same_day_changes_nothing(play: Play) -> None:
    with on("2026-03-02"):
        play.building(total_investment=Decimal(10**8))
        before = list(ProjectLight.objects.order_by("pk").values())

        turned = services.light_all()

    assert turned == 0
    assert list(ProjectLight.objects.order_by("pk").values()) == before


def test_a_turn_names_the_rules_that_say_the_new_light(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building(total_investment=Decimal(10**8))
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
    with on("2026-06-10"):
        services.light_due()

    (turn,) = LightTurn.objects.filter(project=project)
    assert turn.rules == [LightRule.PROGRESS.value, LightRule.ENROLLMENT.value]


def test_a_light_leaves_the_version_of_the_project_alone(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building(total_investment=Decimal(10**8))
    with on("2026-06-10"):
        services.light_due()

    assert (play.now(project).light, play.now(project).version) == (StatusLight.RED, project.version)


def test_a_rule_keeps_since_when_it_has_its_light(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
    for day in ("2026-03-06", "2026-04-06", "2026-05-06"):
        with on(day):
            services.light_due()

    progress = ProjectLight.objects.get(project=project, rule=LightRule.PROGRESS)
    assert (progress.light, progress.since_on) == (StatusLight.RED, date(2026, 5, 6))


def test_a_setting_of_the_division_moves_the_threshold_from_its_day(play: Play) -> None:
    with on("2026-01-05"):
        project = play.building()
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
        play.report(project, m1=40)
    with on("2026-02-06"):
        services.light_due()
        seen = [play.light(project)]
        DatedSetting.objects.create(
            division=play.county.county,
            key="projects.progress_yellow_points",
            value=5,
            valid_from_on=date(2026, 2, 7),
        )
    with on("2026-02-07"):
        services.light_all()
        seen.append(play.light(project))

    assert seen == [StatusLight.GREEN, StatusLight.YELLOW]


def test_what_was_never_lit_is_due(play: Play) -> None:
    project = play.project()
    Project.objects.update(lit_on=None)

    services.light_due()

    assert play.now(project).lit_on == clock.today()
    assert turns(project) == []


@pytest.mark.parametrize("size", [1, 30])
def test_lighting_takes_as_many_statements_for_many_as_for_one(
    play: Play, size: int, django_assert_max_num_queries: object
) -> None:
    projects = [play.building(name=f"项目{number}") for number in range(size)]

    with django_assert_max_num_queries(20) as counted:  # type: ignore[operator]
        services.light_projects([each.pk for each in projects])

    assert len(counted) == 11


days = st.dates(date(2026, 1, 6), date(2027, 2, 1))
deeds = st.lists(st.tuples(days, st.integers(1, 12), st.integers(0, 300)), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds, days)
def test_stored_lights_are_what_the_rules_say_on_every_day(
    play: Play, reported: list[tuple[date, int, int]], last: date
) -> None:
    """The promise of storing: whatever was reported when, the clockwork's light is that of a fresh reading."""
    with on("2026-01-05"):
        project = play.building(name="项目", total_investment=Decimal(10**8))
        play.plan(project, **{f"m{number}": 100 for number in range(1, 13)})
    for day, number, amount in sorted(reported):
        if date(2026, number, 1) <= day <= last:
            with on(day.isoformat()):
                play.report(project, reason="更正", **{f"m{number}": amount})
    with on(last.isoformat()):
        services.light_due()
        limits = queries.light_limits(project.division_id, last)
        fresh = readings(queries.facts_of([play.now(project)])[project.pk], last, limits)

        stored = {each.rule: each.light for each in ProjectLight.objects.filter(project=project)}

    assert stored == {each.rule: each.light for each in fresh}
    assert play.now(project).light == overall(fresh, limits)
