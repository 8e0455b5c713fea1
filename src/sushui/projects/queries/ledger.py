"""The ledger of projects. ``visible_projects`` is the one wall: everything else stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from sushui.kernel import clock, search
from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine, Subject
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import divisions_within
from sushui.projects.models import (
    Bottleneck,
    FundsPaid,
    FundsReceived,
    LightTurn,
    Milestone,
    Project,
    ProjectCluster,
    ProjectFunding,
    StageChange,
)
from sushui.projects.permissions import may_open_projects, may_see_all_projects

PROJECT_SUBJECT = "project"
ABOVE_TOWNSHIPS = (DivisionLevel.PROVINCE, DivisionLevel.CITY, DivisionLevel.COUNTY)
Fact = TypeVar("Fact", Milestone, FundsReceived, Bottleneck)


def visible_projects(viewer: Viewer) -> QuerySet[Project]:
    """Projects the viewer may know of.

    The leaders, the offices and the statistics bureau know all of their divisions and those below; an agency, township
    or hospital those that it or an agency under it answers for.
    """
    rows = Project.objects.filter(division_id__in=viewer.division_ids)
    if may_see_all_projects(viewer):
        return rows
    if may_open_projects(viewer):
        return rows.filter(agency_id__in=viewer.agency_ids)
    return rows.none()


def visible_project_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """The subject rows of those projects, for the rooms below."""
    return Subject.objects.filter(kind=PROJECT_SUBJECT, pk__in=visible_projects(viewer).values("subject_id"))


def project_for(viewer: Viewer, project_id: int) -> Project:
    """One project with its agency, cluster and place.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_projects(viewer).select_related("agency", "cluster", "place", "division", "subject")
    project = rows.filter(pk=project_id).first()
    if project is None:
        raise NotFound
    return project


# The chips of the ledger's page, where they are called otherwise than the field.
CHIPS = {
    "cluster_id": "cluster",
    "agency_id": "agency",
    "place_id": "place",
    "division_id": "division",
    "started_in": "started",
    "is_held_up": "held_up",
}


@dataclass(frozen=True)
class ProjectFilter:
    """What the ledger is narrowed to; every field may be left out.

    ``turned_since``: whose light turned on or after the day, with ``turned_from`` away from that light for good.
    ``moved_since``: that moved to another stage. ``is_held_up``: by an open bottleneck, ``held_up_since``: by one that
    was found on or after the day. ``division_id``: in it or below. ``without``: nobody has said the
    ``agency``, the ``place``, or the ``township``: no place, or only the county.
    """

    light: str = ""
    stage: str = ""
    level: str = ""
    sector: str = ""
    cluster_id: int | None = None
    agency_id: int | None = None
    place_id: int | None = None
    division_id: int | None = None
    industry: str = ""
    started_in: int | None = None
    text: str = ""
    turned_since: date | None = None
    turned_from: str = ""
    moved_since: date | None = None
    is_held_up: bool = False
    held_up_since: date | None = None
    without: str = ""

    @property
    def query(self) -> str:
        """The query under which the ledger's page is narrowed so."""
        said = {CHIPS.get(each.name, each.name): getattr(self, each.name) for each in fields(self)}
        said |= {"held_up": "1" if self.is_held_up else ""}
        return urlencode({name: value for name, value in said.items() if value})


def ledger(viewer: Viewer, narrowed: ProjectFilter = ProjectFilter()) -> QuerySet[Project]:
    """The ledger, narrowed; not yet ordered or paged."""
    rows = visible_projects(viewer).select_related("agency", "cluster", "place", "division")
    rows = rows.filter(conditions(narrowed, viewer.division_ids))
    if narrowed.text:
        wanted = search.query(narrowed.text)
        within = viewer.division_ids
        rows = rows.none() if wanted is None else search.holding(rows, wanted, within, through="subject__")
    return rows


def project_counts(viewer: Viewer, wanted: Mapping[str, ProjectFilter]) -> dict[str, int]:
    """How many projects of the ledger each filter leaves, by the filter's key; one query. Texts are not looked at."""
    said = {key: conditions(narrowed, viewer.division_ids) for key, narrowed in wanted.items()}
    rows = visible_projects(viewer).order_by()
    counts: dict[str, int] = rows.aggregate(**{key: Count("pk", filter=each) for key, each in said.items()})
    return counts


def conditions(narrowed: ProjectFilter, division_ids: Sequence[int]) -> Q:
    """What a filter leaves in these divisions, but for the text: for the ledger itself and for counts of its rows.

    What is looked up beside the projects is looked up in the divisions alone, however many others there are.
    """
    pairs = (
        ("light", narrowed.light),
        ("stage", narrowed.stage),
        ("level", narrowed.level),
        ("sector", narrowed.sector),
        ("cluster_id", narrowed.cluster_id),
        ("agency_id", narrowed.agency_id),
        ("place_id", narrowed.place_id),
        ("industry_code__startswith", narrowed.industry),
        ("started_on__year", narrowed.started_in),
    )
    said = Q(**{field: value for field, value in pairs if value})
    if narrowed.division_id:
        said &= Q(division_id__in=divisions_within(narrowed.division_id).values("pk"))
    return said & _changes(narrowed, division_ids) & _lacks(narrowed, division_ids)


def _changes(narrowed: ProjectFilter, division_ids: Sequence[int]) -> Q:
    """Whose light turned, and which moved, since a day."""
    found = Q()
    if narrowed.turned_since:
        since = clock.beginning_of(narrowed.turned_since)
        turned = LightTurn.objects.filter(division_id__in=division_ids, at__gte=since)
        if narrowed.turned_from:
            turned = turned.filter(before=narrowed.turned_from)
            found &= ~Q(light=narrowed.turned_from)
        found &= Q(pk__in=turned.values("project_id"))
    if narrowed.moved_since:
        since = clock.beginning_of(narrowed.moved_since)
        moved = StageChange.objects.filter(division_id__in=division_ids, at__gte=since)
        found &= Q(pk__in=moved.exclude(before="").values("project_id"))
    return found


def _lacks(narrowed: ProjectFilter, division_ids: Sequence[int]) -> Q:
    """What is held up, and of what nobody has said whose or where it is."""
    found = Q()
    if narrowed.is_held_up or narrowed.held_up_since:
        holding = Bottleneck.objects.filter(division_id__in=division_ids, resolved_on=None)
        if narrowed.held_up_since:
            holding = holding.filter(found_on__gte=narrowed.held_up_since)
        found &= Q(pk__in=holding.values("project_id"))
    if narrowed.without in ("agency", "place"):
        found &= Q(**{f"{narrowed.without}_id": None})
    if narrowed.without == "township":
        found &= Q(place=None) | Q(place__level__in=ABOVE_TOWNSHIPS)
    return found


def clusters(division_id: int) -> QuerySet[ProjectCluster]:
    """The clusters of a division in their order."""
    return ProjectCluster.objects.filter(division_id=division_id)


@dataclass(frozen=True)
class ClusterCount:
    """A cluster, and how many projects are in it."""

    pk: int
    name: str
    count: int


def cluster_counts(viewer: Viewer) -> list[ClusterCount]:
    """The clusters of the viewer's own division in their order, with their projects; two queries."""
    rows = Project.objects.filter(division_id=viewer.division_id).exclude(cluster=None).order_by()
    counts = dict(rows.values_list("cluster_id").annotate(count=Count("pk")))
    return [ClusterCount(each.pk, each.name, counts.get(each.pk, 0)) for each in clusters(viewer.division_id)]


def milestones_of(project: Project) -> QuerySet[Milestone]:
    """Milestones that were not taken away, by planned day."""
    return project.milestones.filter(dropped_on=None)


def next_milestones(project_ids: Iterable[int]) -> dict[int, Milestone]:
    """The first milestone of each project that is planned and not reached; one query."""
    rows = Milestone.objects.filter(project_id__in=list(project_ids), dropped_on=None, reached_on=None)
    first = rows.order_by("project_id", "planned_on", "pk").distinct("project_id")
    return {milestone.project_id: milestone for milestone in first}


def milestone_for(viewer: Viewer, milestone_id: int) -> Milestone:
    """One milestone of a project that the viewer may know of.

    Raises:
        NotFound: none such.
    """
    return _one(viewer, Milestone.objects.filter(dropped_on=None), milestone_id)


def funds_for(viewer: Viewer, received_id: int) -> FundsReceived:
    """Money that came for a project which the viewer may know of.

    Raises:
        NotFound: none such.
    """
    return _one(viewer, FundsReceived.objects.all(), received_id)


def bottleneck_for(viewer: Viewer, bottleneck_id: int) -> Bottleneck:
    """One bottleneck of a project that the viewer may know of.

    Raises:
        NotFound: none such.
    """
    return _one(viewer, Bottleneck.objects.all(), bottleneck_id)


def _one(viewer: Viewer, rows: QuerySet[Fact], number: int) -> Fact:
    mine = rows.filter(project__in=visible_projects(viewer)).select_related("project__agency", "project__subject")
    found = mine.filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def funding_of(project: Project) -> list[ProjectFunding]:
    """Planned money by year (0 for the whole project) and source."""
    return list(project.funding.order_by("year", "pk"))


def funds_of(project: Project) -> list[FundsReceived]:
    """Money that came from above with what was paid out of it, in the order of its coming; two queries."""
    rows = project.received.select_related("post__agency").prefetch_related("payments__post__agency")
    return list(rows.order_by("received_on", "pk"))


def counted_payments(received: FundsReceived) -> list[FundsPaid]:
    """The payments that count, of those at hand: each as it was corrected last."""
    rows = list(received.payments.all())
    corrected = {each.corrects_id for each in rows}
    return [each for each in rows if each.pk not in corrected]


def payment_for(viewer: Viewer, payment_id: int) -> FundsPaid:
    """One payment that counts, out of money for a project which the viewer may know of.

    Raises:
        NotFound: none such, or corrected already.
    """
    rows = FundsPaid.objects.filter(received__project__in=visible_projects(viewer), corrected_by=None)
    found = rows.select_related("received__project__agency").filter(pk=payment_id).first()
    if found is None:
        raise NotFound
    return found


def bottlenecks_of(project: Project) -> QuerySet[Bottleneck]:
    """What holds or held the project up: open ones first, the oldest first."""
    rows = project.bottlenecks.select_related("agency", "task", "milestone")
    return rows.order_by("resolved_on", "found_on", "pk")


def open_bottlenecks(viewer: Viewer) -> QuerySet[Bottleneck]:
    """What holds up any project that the viewer may know of, the oldest first."""
    rows = Bottleneck.objects.filter(project__in=visible_projects(viewer), resolved_on=None)
    return rows.select_related("project__agency", "agency", "task").order_by("found_on", "pk")


def story(project: Project) -> QuerySet[AuditLine]:
    """What happened to the project, in the order of time."""
    return AuditLine.objects.filter(target=target_of(project)).order_by("id")
