"""Scenarios, their runs and plans by programs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import BeforeValidator, Field

from sushui.kernel.api import Line, Listed, Number, Size, Text, seen_version, tell_version
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest
from sushui.planner import queries, services
from sushui.planner.adapter import picture_of
from sushui.planner.api.pools import Seen, Year
from sushui.planner.api.root import router
from sushui.planner.enums import ChangeKind, Missing, PlanStatus, RunState, ScenarioState, ValuePart
from sushui.planner.models import Run, Scenario, ScenarioChange
from sushui.planner.permissions import may_open_planner, may_plan
from sushui.planner.rules.pictures import PlannedProject, Profile
from sushui.planner.rules.weeks import Weeks
from sushui.planner.rules.weights import MOST, weights_of
from sushui.planner.services import Adopted, ChangeDraft, ScenarioDraft

NEWEST = Sort(("pk",), is_descending=True)
Points = Annotated[int, Field(ge=0, le=MOST)]
Named = Annotated[Line, Field(max_length=100)]


# --- said ------------------------------------------------------------------------------------------------------------
class ScenarioOut(Schema):
    """A scenario. ``weights``: points for one unit of each part of the value."""

    id: int
    division_id: int
    name: str
    year: int
    years: int
    base_id: int | None
    copied_from_id: int | None
    state: ScenarioState
    weights: dict[ValuePart, int]
    note: str
    adopted_run_id: int | None
    adopted_version_id: int | None
    version: int

    @staticmethod
    def resolve_weights(scenario: Any) -> dict[ValuePart, int]:
        return weights_of(scenario.weights)


class ScenarioChangeOut(Schema):
    """One thing that a scenario says otherwise; ``by`` in the pool's unit or in yuan."""

    id: int
    kind: ChangeKind
    pool_id: int | None
    money_id: int | None
    project_id: int | None
    other_id: int | None
    by: Decimal | None
    on: date | None
    note: str


class RunOut(Schema):
    """A run. ``objective`` is what its best plan is worth, ``bound`` what none can be worth more than."""

    id: int
    scenario_id: int
    number: int
    state: RunState
    status: Annotated[PlanStatus | None, BeforeValidator(lambda value: value or None)]
    seconds: int
    seed: int
    digest: str
    objective: int | None
    bound: int | None
    gap: float | None
    worth: dict[ValuePart, int]
    started_at: datetime | None
    ended_at: datetime | None
    version: int


class PointOut(Schema):
    """What was known at a second of the search."""

    second: float
    objective: int | None
    bound: int | None


class PlacedOut(Schema):
    """An activity of a plan, from its first to its last day."""

    activity: str
    first_on: date
    last_on: date


class PlannedOut(Schema):
    """A project that is in the plan."""

    project_id: int
    activities: list[PlacedOut]


class FactorOut(Schema):
    """A factor in each week of the scenario: what there is of it and what the plan uses, in its unit."""

    key: str
    capacity: list[float]
    used: list[float]


class LackOut(Schema):
    """Why a project could not be planned; ``what`` is the step or factor it is about."""

    project_id: int
    why: Missing
    what: str


class PlanOut(Schema):
    """A run's best plan: who is in and when, who is out, who could not be planned, and what of each factor is used."""

    inside: list[PlannedOut]
    outside: list[int]
    lacking: list[LackOut]
    factors: list[FactorOut]


class AdoptedOut(Schema):
    """What adopting a plan made: a draft of the portfolio, and so many tasks."""

    portfolio_version_id: int
    tasks: int


# --- heard -----------------------------------------------------------------------------------------------------------
class ScenarioIn(Schema):
    name: Named
    year: Year
    years: Annotated[int, Field(ge=1, le=5)] = 3
    base_id: Number | None = None
    weights: dict[ValuePart, Points] = {}
    note: Text = ""

    def draft(self) -> ScenarioDraft:
        return ScenarioDraft(**{name: getattr(self, name) for name in ScenarioIn.model_fields})


class ScenarioEdit(ScenarioIn, Seen):
    """A scenario as it is to be."""


class ScenarioName(Schema):
    name: Named


class ChangeIn(Seen):
    """One thing said otherwise: ``by`` how much of a pool or of money, ``on`` which day a project.

    ``other_id``: the project that it is tied to.
    """

    kind: ChangeKind
    pool_id: Number | None = None
    money_id: Number | None = None
    project_id: Number | None = None
    other_id: Number | None = None
    by: Annotated[Decimal, Field(ge=-(10**12), le=10**12, decimal_places=6)] | None = None
    on: date | None = None
    note: Annotated[Line, Field(max_length=200)] = ""

    def draft(self) -> ChangeDraft:
        return ChangeDraft(**self.model_dump(exclude={"version"}))


class RunIn(Seen):
    seconds: Annotated[int, Field(ge=1, le=100_000)] = 60
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class AdoptIn(Schema):
    note: Text = ""


class StretchQuery(Schema):
    after: Annotated[Line, Field(max_length=255)] = ""
    limit: Size = 50


# --- scenarios -------------------------------------------------------------------------------------------------------
@router.reads("/scenarios", may_open_planner, Listed[ScenarioOut])
def scenarios(request: ViewerRequest, asked: Annotated[StretchQuery, Query()]) -> dict[str, Any]:
    """Every scenario, the newest first."""
    shown = stretch(queries.visible_scenarios(request.viewer), NEWEST, after=asked.after, size=asked.limit)
    return {"items": shown.rows, "next": shown.after}


@router.reads("/scenarios/{scenario_id}", may_open_planner, ScenarioOut)
def scenario(request: ViewerRequest, scenario_id: Number, response: HttpResponse) -> Scenario:
    """One scenario; its version comes as the ETag."""
    found = queries.scenario_for(request.viewer, scenario_id)
    tell_version(response, found.version)
    return found


@router.reads("/scenarios/{scenario_id}/changes", may_open_planner, list[ScenarioChangeOut])
def changes(request: ViewerRequest, scenario_id: Number) -> list[ScenarioChange]:
    """What a scenario says otherwise than the registers."""
    return list(queries.changes_of(queries.scenario_for(request.viewer, scenario_id)))


@router.reads("/scenarios/{scenario_id}/runs", may_open_planner, list[RunOut])
def runs(request: ViewerRequest, scenario_id: Number) -> list[Run]:
    """The runs of a scenario, the newest first."""
    return queries.runs_of(queries.scenario_for(request.viewer, scenario_id))


@router.writes("/scenarios", may_plan, ScenarioOut, status=201)
def draft_scenario(request: ViewerRequest, asked: ScenarioIn) -> Scenario:
    """Draw up a scenario of a year."""
    return services.draft_scenario(request.viewer, asked.draft())


@router.writes("/scenarios/{scenario_id}", may_plan, ScenarioOut, method="PUT")
def edit_scenario(request: ViewerRequest, scenario_id: Number, asked: ScenarioEdit) -> Scenario:
    """Give a scenario another name, another base, other years or weights."""
    found, seen = queries.scenario_for(request.viewer, scenario_id), seen_version(request, asked.version)
    return services.edit_scenario(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/scenarios/{scenario_id}/copy", may_plan, ScenarioOut, status=201)
def copy_scenario(request: ViewerRequest, scenario_id: Number, asked: ScenarioName) -> Scenario:
    """Copy a scenario with all that it says otherwise."""
    found = queries.scenario_for(request.viewer, scenario_id)
    return services.copy_scenario(request.viewer, found, name=asked.name)


@router.writes("/scenarios/{scenario_id}/changes", may_plan, ScenarioChangeOut, status=201)
def change_scenario(request: ViewerRequest, scenario_id: Number, asked: ChangeIn) -> ScenarioChange:
    """Say one thing otherwise; said again of the same it replaces what was said."""
    found, seen = queries.scenario_for(request.viewer, scenario_id), seen_version(request, asked.version)
    return services.change_scenario(request.viewer, found, asked.draft(), seen_version=seen)


@router.writes("/changes/{change_id}/undo", may_plan, ScenarioOut)
def undo_change(request: ViewerRequest, change_id: Number, asked: Seen) -> Scenario:
    """Take a change back: the registers count again."""
    found, seen = queries.change_for(request.viewer, change_id), seen_version(request, asked.version)
    return services.undo_change(request.viewer, found, seen_version=seen)


# --- runs ------------------------------------------------------------------------------------------------------------
@router.writes("/scenarios/{scenario_id}/runs", may_plan, RunOut, status=201)
def ask_for_run(request: ViewerRequest, scenario_id: Number, asked: RunIn) -> Run:
    """Leave the search for a scenario's plan to the worker."""
    found, seen = queries.scenario_for(request.viewer, scenario_id), seen_version(request, asked.version)
    return services.ask_for_run(request.viewer, found, seconds=asked.seconds, seed=asked.seed, seen_version=seen)


@router.writes("/scenarios/{scenario_id}/rank", may_plan, RunOut, status=201)
def plan_by_rank(request: ViewerRequest, scenario_id: Number, asked: Seen) -> Run:
    """Plan as a list by rank does: the higher level and the larger projects first, each as early as can be."""
    found, seen = queries.scenario_for(request.viewer, scenario_id), seen_version(request, asked.version)
    return services.plan_by_rank(request.viewer, found, seen_version=seen)


@router.reads("/runs/{run_id}", may_open_planner, RunOut)
def run(request: ViewerRequest, run_id: Number) -> Run:
    """One run as it stands now."""
    return queries.run_for(request.viewer, run_id)


@router.reads("/runs/{run_id}/progress", may_open_planner, list[PointOut])
def run_progress(request: ViewerRequest, run_id: Number) -> list[dict[str, Any]]:
    """How plan and bound have closed in on each other."""
    points = queries.run_for(request.viewer, run_id).progress
    return [dict(zip(("second", "objective", "bound"), point, strict=True)) for point in points]


@router.reads("/runs/{run_id}/problem", may_open_planner, dict[str, Any])
def run_problem(request: ViewerRequest, run_id: Number) -> dict[str, Any]:
    """What the run was made from, as `sushui plan` reads it."""
    found: dict[str, Any] = queries.run_for(request.viewer, run_id).problem
    return found


@router.reads("/runs/{run_id}/plan", may_open_planner, PlanOut)
def run_plan(request: ViewerRequest, run_id: Number) -> dict[str, Any]:
    """The best plan of a run; without one every project is outside."""
    found = queries.run_for(request.viewer, run_id)
    picture = picture_of(found.problem, found.plan, found.worth)
    weeks = Weeks(found.scenario.year, found.scenario.years)
    lacking = [
        {"project_id": int(key), "why": why, "what": what}
        for key, lacks in found.facts["missing"].items()
        for why, what in lacks
    ]
    return {
        "inside": [_planned(each, weeks) for each in picture.inside],
        "outside": [int(key) for key in picture.outside],
        "lacking": lacking,
        "factors": [_factor(each) for each in picture.profiles],
    }


def _planned(project: PlannedProject, weeks: Weeks) -> dict[str, Any]:
    placed = [
        {
            "activity": each.key,
            "first_on": weeks.day_of(each.start),
            "last_on": weeks.last_day_before(max(each.end, each.start + 1)),
        }
        for each in project.activities
    ]
    return {"project_id": int(project.key), "activities": placed}


def _factor(profile: Profile) -> dict[str, Any]:
    scale = 10**profile.decimals
    lines = {"capacity": profile.capacity, "used": profile.used}
    return {"key": profile.key} | {name: [each / scale for each in line] for name, line in lines.items()}


@router.writes("/runs/{run_id}/stop", may_plan, RunOut)
def stop_run(request: ViewerRequest, run_id: Number, asked: Seen) -> Run:
    """Let a run leave off; the best plan it has found stays."""
    found, seen = queries.run_for(request.viewer, run_id), seen_version(request, asked.version)
    return services.stop_run(request.viewer, found, seen_version=seen)


@router.writes("/runs/{run_id}/adopt", may_plan, AdoptedOut, status=201)
def adopt_plan(request: ViewerRequest, run_id: Number, asked: AdoptIn) -> dict[str, int]:
    """Make the plan the portfolio's next draft, with milestones and tasks."""
    made: Adopted = services.adopt_plan(request.viewer, queries.run_for(request.viewer, run_id), note=asked.note)
    return {"portfolio_version_id": made.version.pk, "tasks": made.tasks}
