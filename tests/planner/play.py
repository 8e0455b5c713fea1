"""What the tests of the planner say in one line each, in the county of `tests/cast.py`. Money in 万元."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from time import sleep
from typing import Any

from sushui.engines.planning import Placement, Plan, Problem, Ref, Result, Status
from sushui.engines.planning.board import Progress
from sushui.engines.planning.verifying import verify
from sushui.engines.planning.worth import worth
from sushui.kernel.viewer import Viewer
from sushui.planner import services
from sushui.planner.enums import ChangeKind, PoolKind
from sushui.planner.models import Inquiry, MoneyPool, ResourcePool, Run, Scenario
from sushui.planner.services import ChangeDraft, MoneyDraft, PoolDraft, ScenarioDraft
from sushui.projects.enums import FundingSource, ResourceFactor
from sushui.projects.models import PermitStep, Project
from tests.cast import County
from tests.projects.permits.playing import Permits
from tests.projects.play import WAN, Play

YEAR = 2026


def greedy(problem: Problem) -> Plan:
    """Each project in turn at its earliest, if it fits with those before; slow and plain, for small problems."""
    placed: dict[Ref, Placement] = {}
    for project in sorted(problem.projects, key=lambda each: not each.is_mandatory):
        tried = _earliest(problem, project.key, placed)
        if tried is not None and not verify(problem, Plan({**placed, **tried})):
            placed |= tried
    return Plan(placed)


def _earliest(problem: Problem, key: str, before: dict[Ref, Placement]) -> dict[Ref, Placement] | None:
    """Every activity of a project after those it waits for, the construction pushed on until all of it fits."""
    for push in range(0, problem.timeline.horizon, 4):
        found = _pushed(problem, key, push)
        if found is None:
            return None
        partial = Plan({**before, **found})
        if not [each for each in verify(problem, partial) if each.project in ("", key)]:
            return found
    return None


def _pushed(problem: Problem, key: str, push: int) -> dict[Ref, Placement] | None:
    ends: dict[Ref, int] = {}
    found: dict[Ref, Placement] = {}
    waiting = [Ref(key, activity.key) for activity in problem.project[key].activities]
    while waiting:
        ref = next(
            each for each in waiting if not [lag for lag in problem.lags if lag.after == each and lag.before in waiting]
        )
        waiting.remove(ref)
        activity = problem.activity[ref]
        start = max([activity.release, *(ends[lag.before] for lag in problem.lags if lag.after == ref)])
        start += push if ref.activity == "works" and activity.done is None and activity.deadline is None else 0
        start = activity.done.start if activity.done else start
        end = problem.ends_within(activity, 0, start) if activity.done is None else start + activity.modes[0].duration
        if end is None:
            return None
        found[ref], ends[ref] = Placement(start, 0), end
    return found


@dataclass
class Solving:
    """A solver for tests: tells of ``greedy``'s plan at once, then does what ``then`` says, until it is stopped."""

    then: Callable[[], None] = lambda: None
    hints: list[Plan | None] = field(default_factory=list)
    status: Status = Status.FEASIBLE
    waits: bool = False

    def __call__(
        self, problem: Problem, *, on_progress: Any, should_stop: Any, hint: Plan | None, **asked: Any
    ) -> Result:
        self.hints.append(hint)
        if self.status is Status.INFEASIBLE:
            return Result(Status.INFEASIBLE)
        plan = greedy(problem)
        value = worth(problem, plan)
        on_progress(Progress(0.1, None, None, value.total * 3 // 2))
        on_progress(Progress(0.2, plan, value.total, value.total * 5 // 4))
        self.then()
        while self.waits and not should_stop():
            sleep(0.01)
        return Result(self.status, plan, value.total, value.total * 5 // 4, value)


@dataclass(frozen=True)
class Planning(Play):
    """Acts of the project office on pools, scenarios and runs."""

    names: Any = field(default_factory=lambda: (f"项目{number}" for number in count(1)))

    def candidate(self, name: str = "", *, mu: int | None = 20, total: int = 50_000, **values: Any) -> Project:
        """A project whose path is chosen and known, planned to be built from March to December of 2026."""
        given: dict[str, Any] = {
            "name": name or next(self.names),
            "total_investment": Decimal(total * WAN),
            "planned_start_month": date(YEAR, 3, 1),
            "planned_completion_month": date(YEAR, 12, 1),
            "area_mu": None if mu is None else Decimal(mu),
            **values,
        }
        project = self.project(**given)
        self.path(project)
        return project

    def path(self, project: Project) -> None:
        """A filing path of which every step has a length."""
        acts = Permits(self)
        acts.hold()
        acts.choose(project, frozenset({"land_granted", "eia_form"}))
        PermitStep.objects.filter(project=project).update(planned_days=5)

    def land(self, mu: int = 100, **values: Any) -> ResourcePool:
        return self.pool(ResourceFactor.LAND, mu, what="新增建设用地指标", **values)

    def desks(self, agency: str = "works", cases: int = 2, **values: Any) -> ResourcePool:
        more = {"kind": PoolKind.RENEWABLE, "agency_id": self.agency_id(agency), **values}
        return self.pool(ResourceFactor.APPROVALS, cases, **more)

    def pool(self, factor: ResourceFactor, amount: int, **values: Any) -> ResourcePool:
        given = {"kind": PoolKind.CONSUMABLE, "year": YEAR, **values}
        return services.add_pool(self.office, PoolDraft(factor, amount=Decimal(amount), **given))

    def money(
        self, wan: int, source: FundingSource = FundingSource.SPECIAL_BONDS, day: str = "2026-03-01", **more: Any
    ) -> MoneyPool:
        draft = MoneyDraft(source, Decimal(wan * WAN), date.fromisoformat(day), **more)
        return services.add_money(self.office, draft)

    def scenario(self, name: str = "基准方案", **values: Any) -> Scenario:
        return services.draft_scenario(self.office, ScenarioDraft(name, **{"year": YEAR, **values}))

    def change(self, scenario: Scenario, kind: ChangeKind, by: str = "project_office", **values: Any) -> Any:
        if isinstance(values.get("by_how_much"), int):
            values["by"] = Decimal(values.pop("by_how_much"))
        return services.change_scenario(self.viewer(by), scenario, ChangeDraft(kind, **values))

    def copied(self, scenario: Scenario, name: str) -> Scenario:
        return services.copy_scenario(self.office, scenario, name=name)

    def asked(self, scenario: Scenario, seconds: int = 10) -> Run:
        return services.ask_for_run(self.office, scenario, seconds=seconds)

    def run(self, scenario: Scenario, solver: Any = None) -> Run:
        """Asked for and carried out at once."""
        run = self.asked(scenario)
        services.carry_out(run.pk, solver or Solving(), beat=0.01)
        return self.again(run)

    def solved(self, scenario: Scenario) -> Run:
        """Asked for and carried out by the engine itself, all that was asked of it answered."""
        return self.carried(self.asked(scenario))

    def carried(self, run: Run) -> Run:
        """What the worker does with a run: searched for a second, then all that was asked of it answered."""
        Run.objects.filter(pk=run.pk).update(seconds=1)
        services.carry_out(run.pk, beat=0.05)
        self.answer(run)
        return self.again(run)

    def answer(self, run: Run, explainer: Any = None) -> list[Inquiry]:
        """Whatever was asked of a run, worked out."""
        for each in Inquiry.objects.filter(run=run, ended_at=None).order_by("pk"):
            services.carry_inquiry(each.pk, explainer)
        return list(Inquiry.objects.filter(run=run).order_by("pk"))

    def again(self, run: Run) -> Run:
        """The run as it stands now."""
        return Run.objects.select_related("scenario", "replans__scenario").get(pk=run.pk)

    @property
    def office(self) -> Viewer:
        return self.viewer("project_office")


def planning(county: County) -> Planning:
    return Planning(county)
