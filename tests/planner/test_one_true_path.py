"""From a quota to a portfolio: pools, candidates, a scenario, a run, its plan, and what becomes of it."""

from __future__ import annotations

import pytest

from sushui.planner import services
from sushui.planner.enums import PlanStatus, RunState, ScenarioState
from sushui.projects.models import Milestone
from sushui.supervision.models import SupervisedTask
from tests.planner.play import Planning

pytestmark = pytest.mark.usefixtures("_in_january")


def test_the_quota_decides_which_projects_become_the_portfolio(plan: Planning) -> None:
    first, second, third = (plan.candidate(name) for name in ("甲", "乙", "丙"))
    plan.land(50)
    plan.desks("works", 3)
    scenario = plan.scenario()

    run = plan.run(scenario)
    adopted = services.adopt_plan(plan.office, run)

    assert (run.state, run.status, plan.again(run).scenario.state) == (
        RunState.FINISHED, PlanStatus.FEASIBLE, ScenarioState.ADOPTED,
    )  # fmt: skip
    assert {row[0] for row in run.plan} == {str(first.pk), str(second.pk)}
    assert set(adopted.version.entries.values_list("project_id", flat=True)) == {first.pk, second.pk}
    assert Milestone.objects.filter(project=first).count() == 2
    assert list(SupervisedTask.objects.values_list("title", flat=True)) != []
    assert third.pk not in adopted.version.entries.values_list("project_id", flat=True)
