"""The sample's permits: believable papers in their order, and something of everything that an office has to do."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sushui.kernel import clock
from sushui.projects.adapter.permits import laws_of
from sushui.projects.enums import PermitPath, PermitVariant, ProjectSector
from sushui.projects.enums.permits import PermitState
from sushui.projects.models import PermitPlan, PermitStep
from sushui.projects.queries.permits import permit_steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]
PUBLIC = {ProjectSector.INFRASTRUCTURE, ProjectSector.LIVELIHOOD}


def plans() -> list[PermitPlan]:
    return list(PermitPlan.objects.select_related("project__division", "template"))


def out_of_order(plan: PermitPlan) -> list[str]:
    """Steps that were filed before something that has to come first was granted."""
    steps = {step.key: step for step in permit_steps_of(plan)}
    return [
        f"{plan.project}: {key} before {each.key}"
        for key, law in laws_of(plan).items()
        for each in law.requires
        if (filed := steps[key].filed_on) and each.key in steps and not _by(steps[each.key], filed)
    ]


def _by(step: PermitStep, day: date) -> bool:
    return step.granted_on is not None and step.granted_on <= day


def test_both_kinds_of_project_and_both_ways_are_there() -> None:
    found = {(plan.path, plan.variant) for plan in plans()}

    assert found >= {
        (PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD),
        (PermitPath.ENTERPRISE_FILING, PermitVariant.COMMITMENT),
        (PermitPath.GOVERNMENT_INVESTMENT, PermitVariant.STANDARD),
    }


def test_what_the_government_builds_goes_the_way_of_government_investment() -> None:
    ways = {(plan.project.sector in PUBLIC, plan.path) for plan in plans()}

    assert ways == {(True, PermitPath.GOVERNMENT_INVESTMENT), (False, PermitPath.ENTERPRISE_FILING)}


def test_what_the_government_builds_was_approved_before_it_began() -> None:
    began = PermitStep.objects.filter(plan__path=PermitPath.GOVERNMENT_INVESTMENT, applies=True)

    states = began.filter(key__in=("proposal", "feasibility", "preliminary_design")).values_list("state", flat=True)

    assert (len(states) > 0, set(states)) == (True, {PermitState.DONE})


def test_no_paper_was_filed_before_what_comes_first() -> None:
    assert [fault for plan in plans() for fault in out_of_order(plan)] == []


def test_no_number_stands_twice() -> None:
    numbers = Counter(PermitStep.objects.exclude(number="").values_list("division_id", "number"))

    assert [number for number, count in numbers.items() if count > 1] == []


def test_no_paper_is_of_a_day_to_come() -> None:
    latest = PermitStep.objects.filter(granted_on__isnull=False).order_by("-granted_on")[0]

    assert latest.granted_on is not None
    assert latest.granted_on <= clock.today()


def test_projects_under_construction_have_every_paper_up_to_the_start() -> None:
    started = [plan for plan in plans() if plan.project.started_on]

    assert {plan.is_reached for plan in started} == {True}
    open_steps = PermitStep.objects.filter(plan__in=started, state__in=(PermitState.FILED, PermitState.RUNNING))
    assert open_steps.count() == 0


@pytest.mark.parametrize(
    ("state", "least"),
    [
        (PermitState.FILEABLE, 5),
        (PermitState.RUNNING, 2),
        (PermitState.CORRECTIONS, 1),
        (PermitState.STOPPED, 1),
        (PermitState.DONE, 80),
    ],
)
def test_there_is_something_of_everything(state: PermitState, least: int) -> None:
    assert PermitStep.objects.filter(state=state, applies=True).count() >= least


def test_a_step_is_over_its_limit() -> None:
    assert PermitStep.objects.filter(is_over=True, applies=True).count() >= 1


def test_the_neighbor_keeps_its_own() -> None:
    assert {plan.project.division.name for plan in plans()} == {"绛县"}
