"""The issue register (问题清单): what is open with enterprises and projects, live from three registers.

Requests and common issues from this room, what visits found from liaison, what holds projects up from projects; each
read by its own room's wall, so that the register shows a viewer nothing that they could not open elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.urls import reverse

from sushui.enterprises.queries import visible_enterprises
from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.permissions import may_open_liaison
from sushui.liaison.queries import VisitFilter, finding_rows, visits
from sushui.organizations.enums import DivisionLevel
from sushui.projects import queries as projects
from sushui.projects.permissions import may_open_projects
from sushui.relief.enums import AgeBand, IssueSource, SupportKind
from sushui.relief.queries.requests import requests, visible_issues, visible_requests
from sushui.relief.rules.issues import age_band, kind_of_bottleneck
from sushui.relief.rules.life import ENDED
from sushui.supervision.enums import TaskState

if TYPE_CHECKING:
    from sushui.organizations.models import Division

MOST = 5_000  # of each source, the oldest first


@dataclass(frozen=True)
class IssueFilter:
    """What the register is narrowed to; every field may be left out."""

    source: str = ""
    kind: str = ""
    cluster: str = ""
    agency: str = ""
    zone_id: int | None = None
    age: str = ""

    @property
    def query(self) -> str:
        """The query under which the page is narrowed so."""
        said = {each.name.removesuffix("_id"): getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in said.items() if value})

    def takes(self, line: IssueLine) -> bool:
        """Whether a line is left by it."""
        asked = {"source": line.source, "kind": line.kind, "cluster": line.cluster, "agency": line.agency}
        wanted = {name: getattr(self, name) for name in asked}
        return (
            all(not value or str(asked[name]) == value for name, value in wanted.items())
            and (not self.zone_id or line.zone_id == self.zone_id)
            and (not self.age or line.age == self.age)
        )


@dataclass(frozen=True)
class IssueLine:
    """One open issue: about whom, what, whose it is, since when, until when. ``how_many`` enterprises have it."""

    source: IssueSource
    kind: SupportKind
    about: str
    text: str
    url: str
    since_on: date
    days: int
    agency: str = ""
    due_on: date | None = None
    cluster: str = ""
    zone: str = ""
    zone_id: int | None = None
    how_many: int = 1

    @property
    def age(self) -> AgeBand:
        return age_band(self.days)


def issue_lines(viewer: Viewer, narrowed: IssueFilter = IssueFilter()) -> list[IssueLine]:
    """The open issues that the viewer may know of, the oldest first; a fixed number of queries."""
    today = clock.today()
    found = [
        *_requests(viewer, today),
        *_common(viewer, today),
        *_findings(viewer, today),
        *_bottlenecks(viewer, today),
    ]
    return sorted(filter(narrowed.takes, found), key=lambda line: (line.since_on, line.about, line.text))


def _requests(viewer: Viewer, today: date) -> Iterator[IssueLine]:
    """Requests that are not gathered; those that are stand in their common issue."""
    for row in requests(viewer).exclude(issue__isnull=False, task=None).order_by("received_on", "pk")[:MOST]:
        yield IssueLine(
            IssueSource.REQUEST,
            row.kind,
            row.enterprise.name,
            row.content,
            reverse("relief:request", args=[row.pk]),
            row.received_on,
            (today - row.received_on).days,
            agency=str(row.lead_agency or ""),
            due_on=row.task.due_on if row.task else row.wished_on,
            cluster=str(row.enterprise.cluster or ""),
            zone=str(row.enterprise.zone or ""),
            zone_id=row.enterprise.zone_id,
        )


def _common(viewer: Viewer, today: date) -> Iterator[IssueLine]:
    rows = visible_issues(viewer).exclude(state__in=ENDED).select_related("lead_agency", "task")
    for row in rows.annotate(how_many=Count("requests")).order_by("received_on", "pk")[:MOST]:
        yield IssueLine(
            IssueSource.COMMON,
            row.kind,
            row.title,
            row.content,
            reverse("relief:issue", args=[row.pk]),
            row.received_on,
            (today - row.received_on).days,
            agency=str(row.lead_agency or ""),
            due_on=row.task.due_on if row.task else None,
            how_many=row.how_many,
        )


def _findings(viewer: Viewer, today: date) -> Iterator[IssueLine]:
    """What visits found and no task has settled."""
    if not may_open_liaison(viewer):
        return
    found = {row.pk: row for row in visits(viewer, VisitFilter(has_findings=True, is_withdrawn=False)).order_by("pk")}
    homes = _homes(viewer, [visit.subject_id for visit in found.values()])
    for row in finding_rows(viewer, found.values()):
        if row.standing.state in (TaskState.CLOSED, TaskState.WITHDRAWN):
            continue
        visit = found[row.finding.visit_id]
        cluster, zone, zone_id = homes.get(visit.subject_id, ("", "", None))
        yield IssueLine(
            IssueSource.FINDING,
            SupportKind.OTHER,
            visit.subject.label,
            row.finding.text,
            reverse("liaison:visit", args=[visit.pk]),
            visit.visited_on,
            (today - visit.visited_on).days,
            agency=row.standing.agency or str(row.finding.agency or ""),
            due_on=row.standing.due_on or row.finding.wanted_on,
            cluster=cluster,
            zone=zone,
            zone_id=zone_id,
        )


def _homes(viewer: Viewer, subject_ids: list[int]) -> dict[int, tuple[str, str, int | None]]:
    """Cluster and zone of the enterprises behind subjects."""
    rows = visible_enterprises(viewer).filter(subject_id__in=subject_ids).select_related("cluster", "zone")
    return {
        row.subject_id: (str(row.cluster or ""), str(row.zone or ""), row.zone_id) for row in rows if row.subject_id
    }


def _bottlenecks(viewer: Viewer, today: date) -> Iterator[IssueLine]:
    if not may_open_projects(viewer):
        return
    rows = projects.bottlenecks(viewer).select_related(
        "project__cluster", "project__place", "project__agency", "agency"
    )
    for row in rows.order_by("found_on", "pk")[:MOST]:
        yield IssueLine(
            IssueSource.BOTTLENECK,
            kind_of_bottleneck(row.kind.value),
            row.project.name,
            row.text,
            reverse("projects:project", args=[row.project_id]),
            row.found_on,
            (today - row.found_on).days,
            agency=str(row.agency or ""),
            due_on=row.due_on,
            cluster=str(row.project.cluster or ""),
            zone=_zone(row.project.place),
            zone_id=row.project.place_id,
        )


def _zone(place: Division | None) -> str:
    """The name of a project's place where that is a development zone."""
    return place.name if place is not None and place.level is DivisionLevel.ZONE else ""


def kinds_by_month(viewer: Viewer, year: int) -> dict[SupportKind, dict[int, int]]:
    """How many requests of each kind came in each month of a year, and bottlenecks with them; two queries."""
    found: dict[SupportKind, Counter[int]] = {}
    asked = visible_requests(viewer).filter(received_on__year=year).annotate(month=ExtractMonth("received_on"))
    for kind, month, count in asked.order_by().values_list("kind", "month").annotate(count=Count("pk")):
        found.setdefault(SupportKind(kind), Counter())[month] += count
    if may_open_projects(viewer):
        held = projects.bottlenecks(viewer, projects.BottleneckFilter(state="all")).filter(found_on__year=year)
        rows = held.order_by().annotate(month=ExtractMonth("found_on")).values_list("kind", "month")
        for kind, month, count in rows.annotate(count=Count("pk")):
            found.setdefault(kind_of_bottleneck(kind), Counter())[month] += count
    ordered = [kind for kind in SupportKind if kind in found]
    return {kind: dict(found[kind]) for kind in ordered}
