"""Tasks of a source that has limits of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sushui.kernel import settings_registry
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.supervision.enums import ClockKind, OrderSource
from sushui.supervision.models import SupervisedTask, TaskClock
from sushui.supervision.queries import limits, limits_in_force
from sushui.supervision.services import TaskDraft, assign_task, draft_order, draft_task, register_limits
from tests.supervision.play import Play, in_march, march


@pytest.fixture
def own_limits() -> Iterator[None]:
    """Meetings give no arrangement and ten days for the result."""
    known, named = dict(limits._own_limits), dict(settings_registry._definitions)
    register_setting(SettingDefinition("meetings.none", 0, "No arrangement"))
    register_setting(SettingDefinition("meetings.days", 10, "Days for what a meeting gave out"))
    register_limits(OrderSource.MEETING, {"arrangement_days": "meetings.none", "general_days": "meetings.days"})
    yield
    limits._own_limits.clear()
    limits._own_limits.update(known)
    settings_registry._definitions.clear()
    settings_registry._definitions.update(named)


def _assigned(play: Play, source: OrderSource) -> SupervisedTask:
    order = draft_order(play.office, title="安排", source=source, issued_on=in_march(2))
    task = draft_task(play.office, order, TaskDraft("修路", lead_agency_id=play.agency_id("works")))
    return assign_task(play.office, task)


def _due(task: SupervisedTask) -> dict[ClockKind, int]:
    return {clock.kind: clock.due_on.day for clock in TaskClock.objects.filter(task=task)}


def test_a_task_of_the_source_runs_on_its_limits(play: Play, own_limits: None) -> None:
    with march(2):
        task = _assigned(play, OrderSource.MEETING)

    assert _due(task) == {ClockKind.FEEDBACK: 4, ClockKind.RESULT: 13}


def test_a_task_of_another_source_runs_on_those_of_the_division(play: Play, own_limits: None) -> None:
    with march(2):
        task = _assigned(play, OrderSource.DOCUMENT)

    assert _due(task) == {ClockKind.ARRANGEMENT: 2, ClockKind.FEEDBACK: 4, ClockKind.RESULT: 10}


def test_what_is_not_named_stays_that_of_the_division(play: Play, own_limits: None) -> None:
    found = limits_in_force(play.county.county.pk, in_march(2), OrderSource.MEETING)

    assert (found.arrangement_days, found.general_days, found.support_days, found.red_after_days) == (0, 10, 3, 3)


def test_how_a_clock_climbs_cannot_be_a_sources_own() -> None:
    with pytest.raises(AssertionError):
        register_limits(OrderSource.MEETING, {"red_after_days": "meetings.days"})
