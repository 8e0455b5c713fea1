"""Scenarios and their runs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine
from sushui.kernel.viewer import Viewer
from sushui.planner.enums import RunState
from sushui.planner.models import Run, Scenario, ScenarioChange
from sushui.planner.permissions import may_open_planner

OPEN = (RunState.QUEUED, RunState.RUNNING)
HEAVY = ("problem", "facts", "plan", "progress")  # what lists of runs leave out


def visible_scenarios(viewer: Viewer) -> QuerySet[Scenario]:
    """Scenarios of the viewer's divisions, for those whose work is the whole ledger; nobody else knows of them."""
    rows = Scenario.objects.filter(division_id__in=viewer.division_ids)
    return rows if may_open_planner(viewer) else rows.none()


def scenarios(viewer: Viewer) -> QuerySet[Scenario]:
    """Scenarios with ``changed``, how much they say otherwise, and their runs, the newest first; two queries."""
    runs = Prefetch("runs", queryset=Run.objects.defer(*HEAVY).order_by("-number"))
    rows = visible_scenarios(viewer).select_related("division", "base__portfolio", "copied_from", "post__agency")
    return rows.annotate(changed=Count("changes")).prefetch_related(runs).order_by("-year", "-pk")


def scenario_for(viewer: Viewer, scenario_id: int) -> Scenario:
    """One scenario with its base.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_scenarios(viewer).select_related(
        "division", "base__portfolio", "copied_from", "post__agency", "adopted_version__portfolio", "adopted_run"
    )
    found = rows.filter(pk=scenario_id).first()
    if found is None:
        raise NotFound
    return found


def changes_of(scenario: Scenario) -> QuerySet[ScenarioChange]:
    """What the scenario says otherwise, in the order in which it was said."""
    rows = scenario.changes.select_related("pool__agency", "pool__place", "money", "project", "other")
    return rows.order_by("pk")


def change_for(viewer: Viewer, change_id: int) -> ScenarioChange:
    """One change of a scenario.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = ScenarioChange.objects.filter(scenario__in=visible_scenarios(viewer))
    rows = rows.select_related("scenario__division", "pool__agency", "pool__place", "money", "project", "other")
    found = rows.filter(pk=change_id).first()
    if found is None:
        raise NotFound
    return found


def runs_of(scenario: Scenario) -> list[Run]:
    """The runs, the newest first, without what they were made from and what they found."""
    return list(scenario.runs.defer(*HEAVY).select_related("post__agency").order_by("-number"))


def run_for(viewer: Viewer, run_id: int) -> Run:
    """One run with its scenario.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = Run.objects.filter(scenario__in=visible_scenarios(viewer))
    rows = rows.select_related(
        "scenario__division", "scenario__base__portfolio", "post__agency", "user", "replans__scenario"
    )
    found = rows.filter(pk=run_id).first()
    if found is None:
        raise NotFound
    return found


def newest_run(scenario: Scenario) -> Run | None:
    """The run whose plan counts for now: the newest."""
    return scenario.runs.select_related("post__agency").order_by("-number").first()


def planned_run(scenario: Scenario) -> Run | None:
    """The run that was adopted, else the newest with a plan."""
    if scenario.adopted_run is not None:
        return scenario.adopted_run
    return scenario.runs.exclude(plan=None).order_by("-number").first()


def others_planned(viewer: Viewer, scenario: Scenario) -> QuerySet[Scenario]:
    """The other scenarios of the division that have a plan, which this one can be held against."""
    rows = visible_scenarios(viewer).filter(division_id=scenario.division_id).exclude(pk=scenario.pk)
    return rows.filter(runs__plan__isnull=False).distinct().order_by("-year", "-pk")


def runs_left(silent_since: datetime) -> QuerySet[Run]:
    """Runs that nobody works on any more: their worker has been silent since a moment; oldest first."""
    silent = Q(state=RunState.RUNNING, heartbeat_at__lt=silent_since)
    unheard = Q(state=RunState.QUEUED, created_at__lt=silent_since)
    return Run.objects.filter(silent | unheard).defer(*HEAVY).order_by("pk")


def scenario_story(scenario: Scenario) -> QuerySet[AuditLine]:
    """What was done to the scenario, in the order of time."""
    return AuditLine.objects.filter(target=target_of(scenario)).order_by("id")
