"""A new plan that keeps to the one before: what has begun stands, and every change has its price."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, jobs
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.viewer import Viewer
from sushui.planner import queries
from sushui.planner.adapter.keeping import Held, kept_to
from sushui.planner.enums import ChangeKind, Firmness, PlannerVerb, ScenarioState
from sushui.planner.models import Run, Scenario
from sushui.planner.permissions import may_keep_planned
from sushui.planner.rules.firmness import PROMISED, prices
from sushui.planner.services.runs import JOB, new_run, refuse_seconds
from sushui.planner.services.scenarios import copy_scenario, open_scenario


@transaction.atomic
def replan(
    viewer: Viewer,
    run: Run,
    *,
    firmness: Firmness = Firmness.FIRM,
    seconds: int = 60,
    name: str = "",
    seen_version: int | None = None,
) -> Run:
    """Leave to the worker a search for a plan that keeps to that of ``run``, as the registers are now.

    In the run's scenario; where that is adopted, in a copy called ``name``. A project of which a day was promised is
    held to three times as firmly.

    Raises:
        DomainError: ``no_plan``, ``run_open``, ``scenario_taken``, ``text_missing``, and what a run refuses.
    """
    if not may_keep_planned(viewer, run):
        raise Forbidden
    refuse_seconds(seconds)
    if run.plan is None or not run.is_final:
        raise DomainError("no_plan", _("There is no plan that could be kept to."), _("Ask for a plan first."))
    scenario = _scenario(viewer, run, name, seen_version)
    made, built = new_run(viewer, scenario, seconds=seconds, replans=run)
    price = prices(firmness, run.points or 0, len({row[0] for row in run.plan}))
    promised = {str(each.project_id) for each in queries.changes_of(scenario) if each.kind is ChangeKind.PROMISE}
    times = dict.fromkeys(promised, PROMISED)
    kept = kept_to(built.problem, run.plan, Held(price.left, price.moved, price.week, times))
    made.problem, made.digest, made.kept = kept.problem, kept.digest, kept.points
    made.save(update_fields=["problem", "digest", "kept"])
    record_act(viewer, PlannerVerb.REPLAN, scenario, after={"seconds": seconds, "projects": built.planned})
    jobs.enqueue(JOB, run_id=made.pk)
    return made


def _scenario(viewer: Viewer, run: Run, name: str, seen_version: int | None) -> Scenario:
    """The run's scenario, or, where that is adopted, a copy of it."""
    if run.scenario.state is not ScenarioState.ADOPTED:
        return open_scenario(viewer, run.scenario, seen_version)
    said = name.strip() or _("%(name)s, %(day)s") % {"name": run.scenario.name, "day": clock.today().isoformat()}
    return copy_scenario(viewer, run.scenario, name=str(said)[:100])
