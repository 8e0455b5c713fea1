"""Visits, what they found, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sushui.documents.queries import attachments_by_target
from sushui.kernel import search
from sushui.kernel.errors import NotFound
from sushui.kernel.models import Subject
from sushui.kernel.viewer import Viewer
from sushui.liaison.models import Finding, Visit
from sushui.liaison.permissions import may_open_liaison, sees_all_liaisons
from sushui.liaison.queries.standing import known_subjects
from sushui.organizations.queries import divisions_within
from sushui.supervision.enums import TaskState
from sushui.supervision.queries import TaskStanding, task_standings

if TYPE_CHECKING:
    from sushui.documents.models import Attachment

PHOTOS = "liaison.visit"  # under which kind of target documents knows a visit


@dataclass(frozen=True)
class VisitFilter:
    """What a list of visits is narrowed to; every field may be left out.

    ``has_findings``: those that found problems. ``is_withdrawn`` None: both.
    """

    subject_id: int | None = None
    agency_id: int | None = None
    leader_post_id: int | None = None
    way: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    has_findings: bool = False
    is_withdrawn: bool | None = False
    division_id: int | None = None


@dataclass(frozen=True)
class FindingRow:
    """A problem that was found, and how its task stands today."""

    finding: Finding
    standing: TaskStanding


def visible_visits(viewer: Viewer) -> QuerySet[Visit]:
    """Visits that the viewer may know of, withdrawn ones too.

    Leaders and offices see all of their divisions; an agency those to what it stands by, and those that it made.
    """
    rows = Visit.objects.filter(division_id__in=viewer.division_ids)
    if not may_open_liaison(viewer):
        return rows.none()
    known = Q(subject__in=known_subjects(viewer))
    if not sees_all_liaisons(viewer):
        known |= Q(agency_id__in=viewer.agency_ids)
    rows = rows.filter(known)
    return rows.select_related("subject", "post__agency", "user", "agency", "leader_post__agency", "division")


def visits(viewer: Viewer, narrowed: VisitFilter = VisitFilter()) -> QuerySet[Visit]:
    """Visits, narrowed, each with the number of problems it found as ``findings_count``; not yet ordered or paged."""
    found = Finding.objects.filter(visit=OuterRef("pk")).order_by().values("visit").annotate(count=Count("pk"))
    count = Coalesce(Subquery(found.values("count"), output_field=IntegerField()), 0)  # asked of the rows shown alone
    rows = visible_visits(viewer).filter(_conditions(narrowed)).annotate(findings_count=count)
    if narrowed.text:
        wanted = search.query(narrowed.text)
        rows = search.holding(rows, wanted, viewer.division_ids) if wanted is not None else rows.none()
    return rows


def _conditions(narrowed: VisitFilter) -> Q:
    conditions = Q()
    for field, value in (
        ("subject_id", narrowed.subject_id),
        ("agency_id", narrowed.agency_id),
        ("leader_post_id", narrowed.leader_post_id),
        ("way", narrowed.way),
        ("visited_on__gte", narrowed.since),
        ("visited_on__lte", narrowed.until),
    ):
        if value:
            conditions &= Q(**{field: value})
    if narrowed.division_id:
        conditions &= Q(division_id__in=divisions_within(narrowed.division_id).values("pk"))
    if narrowed.is_withdrawn is not None:
        conditions &= Q(withdrawn_at__isnull=not narrowed.is_withdrawn)
    if narrowed.has_findings:
        conditions &= Q(pk__in=Finding.objects.values("visit_id"))
    return conditions


def visit_for(viewer: Viewer, visit_id: int) -> Visit:
    """One visit.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = visible_visits(viewer).filter(pk=visit_id).select_related("withdrawn_by__agency").first()
    if found is None:
        raise NotFound
    return found


def visit_of_order(viewer: Viewer, order_id: int) -> Visit | None:
    """The visit from which an order came, if there is one that the viewer may know of."""
    return visible_visits(viewer).filter(order_id=order_id).first()


def finding_rows(viewer: Viewer, visits: Iterable[Visit]) -> list[FindingRow]:
    """What these visits found, by visit and number, and how each task stands; a fixed number of queries."""
    rows = Finding.objects.filter(visit_id__in=[visit.pk for visit in visits]).select_related("agency")
    return _with_standings(viewer, rows.order_by("visit_id", "number"))


def open_findings(viewer: Viewer, subject: Subject) -> list[FindingRow]:
    """What visits to a subject found and is not settled, oldest first; drafts that wait for the office too."""
    there = visible_visits(viewer).filter(subject=subject, withdrawn_at=None)
    rows = Finding.objects.filter(visit_id__in=there.order_by().values("pk")).select_related("agency")
    found = _with_standings(viewer, rows.order_by("visit_id", "number"))
    return [row for row in found if row.standing.state not in (TaskState.CLOSED, TaskState.WITHDRAWN)]


def _with_standings(viewer: Viewer, rows: QuerySet[Finding]) -> list[FindingRow]:
    found = list(rows)
    standings = task_standings(viewer, [finding.task_id for finding in found])
    return [FindingRow(each, standings[each.task_id]) for each in found if each.task_id in standings]


def photos_of(viewer: Viewer, visits: Iterable[Visit]) -> dict[int, list[Attachment]]:
    """Photos and papers of visits, by the visit's number; what was withdrawn is left out."""
    found = attachments_by_target(viewer, PHOTOS, [visit.pk for visit in visits])
    return {number: [each for each in files if not each.is_withdrawn] for number, files in found.items()}
