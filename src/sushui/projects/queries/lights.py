"""Lights over many projects: counts by stage, what is red, what turned since a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import LightRule, ProjectStage
from sushui.projects.models import LightTurn, Project, ProjectLight, StageChange
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.rules.lights import LightLimits
from sushui.supervision.enums import StatusLight


def light_limits(division_id: int, on: date) -> LightLimits:
    """The thresholds in force for a division on a day."""
    return LightLimits(**settings_of("projects", division_id, on))


def lights_of(project: Project) -> list[ProjectLight]:
    """What each rule said last, in the order of the rules."""
    rules = list(LightRule)
    return sorted(project.lights.all(), key=lambda each: rules.index(LightRule(each.rule)))


def turns_of(project: Project) -> QuerySet[LightTurn]:
    """How the light of the project turned, the newest first."""
    return project.turns.order_by("-at", "-pk")


def stage_changes_of(project: Project) -> QuerySet[StageChange]:
    """The steps of the project's life, the newest first."""
    return project.stage_changes.select_related("post__agency").order_by("-at", "-pk")


def stage_lights(projects: QuerySet[Project]) -> dict[tuple[ProjectStage, StatusLight], int]:
    """How many of the projects are in each stage with each light; one query."""
    rows = projects.order_by().values_list("stage", "light").annotate(count=Count("pk"))
    return {(stage, light): count for stage, light, count in rows}


def place_lights(projects: QuerySet[Project]) -> dict[tuple[int | None, StatusLight], int]:
    """How many of the projects lie in each place (None: nobody has said where) with each light; one query."""
    rows = projects.order_by().values_list("place_id", "light").annotate(count=Count("pk"))
    return {(place, light): count for place, light, count in rows}


@dataclass(frozen=True)
class RedProjects:
    """How many projects of an agency (None: nobody has said whose) are red, and since when the longest is."""

    agency_id: int | None
    count: int
    since: date


def red_projects_by_agency(viewer: Viewer) -> list[RedProjects]:
    """Red projects by the agency that answers for them, the longest first; one query."""
    red = visible_projects(viewer).filter(light=StatusLight.RED)
    rows = red.order_by().values_list("agency_id").annotate(count=Count("pk"), since=Min("light_since_on"))
    return [RedProjects(*row) for row in rows.order_by("since", "-count", "agency_id")]


def red_projects(viewer: Viewer) -> QuerySet[Project]:
    """Red projects, the longest first."""
    rows = visible_projects(viewer).filter(light=StatusLight.RED).select_related("agency", "division")
    return rows.prefetch_related("lights").order_by("light_since_on", "pk")


def turns_since(viewer: Viewer, moment: datetime) -> QuerySet[LightTurn]:
    """Lights that turned since a moment, the newest first."""
    rows = LightTurn.objects.filter(division_id__in=viewer.division_ids, at__gte=moment)
    rows = rows.filter(project__in=visible_projects(viewer)).select_related("project__agency")
    return rows.order_by("-at", "-pk")


def stages_since(viewer: Viewer, moment: datetime) -> QuerySet[StageChange]:
    """Projects that moved to another stage since a moment, the newest first; registrations are not moves."""
    rows = StageChange.objects.filter(division_id__in=viewer.division_ids, at__gte=moment).exclude(before="")
    rows = rows.filter(project__in=visible_projects(viewer)).select_related("project__agency")
    return rows.order_by("-at", "-pk")


def to_light(on: date) -> QuerySet[Project]:
    """Projects whose lights may have changed by the passing of days alone."""
    return Project.objects.filter(Q(turns_on__lte=on) | Q(lit_on=None)).order_by("pk")
