"""The register of enterprises. ``visible_enterprises`` is the one wall: everything else stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from sushui.enterprises.enums import AboveSize, Reach
from sushui.enterprises.models import Cluster, Enterprise, EnterprisePerson
from sushui.enterprises.permissions import may_be_an_enterprise, may_open_register, may_see_all_enterprises
from sushui.kernel import clock, search
from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine, Subject
from sushui.kernel.viewer import Viewer
from sushui.liaison.queries import stood_by_ids
from sushui.organizations.queries import agency_places, divisions_within, enterprise_code, in_force

ENTERPRISE_SUBJECT = "enterprise"


def visible_enterprises(viewer: Viewer) -> QuerySet[Enterprise]:
    """Enterprises the viewer may know of.

    The leaders, the offices and the statistics bureau know all of their divisions and those below; an agency those that
    it answers for or stands by, a township also those that lie in it; an enterprise itself alone.
    """
    rows = Enterprise.objects.filter(division_id__in=viewer.division_ids)
    if may_see_all_enterprises(viewer):
        return rows
    if may_open_register(viewer):
        return rows.filter(_its_own(viewer))
    if may_be_an_enterprise(viewer):
        code = enterprise_code(viewer)
        return rows.filter(division_id=viewer.division_id, code=code) if code else rows.none()
    return rows.none()


def _its_own(viewer: Viewer) -> Q:
    places = agency_places(viewer)
    lies_there = Q(place_id__in=places) | Q(zone_id__in=places)
    return Q(agency_id__in=viewer.agency_ids) | Q(subject_id__in=stood_by_ids(viewer)) | lies_there


def visible_enterprise_subjects(viewer: Viewer) -> QuerySet[Subject]:
    """The subject rows of those enterprises, for the rooms below."""
    return Subject.objects.filter(kind=ENTERPRISE_SUBJECT, pk__in=visible_enterprises(viewer).values("subject_id"))


def _with_names(rows: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    return rows.select_related("agency", "cluster", "place", "zone", "division", "subject")


def enterprise_for(viewer: Viewer, enterprise_id: int) -> Enterprise:
    """One enterprise with its agency, cluster, place and zone.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found: Enterprise = _one(_with_names(visible_enterprises(viewer)).filter(pk=enterprise_id))
    return found


def enterprise_by_code(viewer: Viewer, code: str) -> Enterprise | None:
    """The enterprise of the viewer's own division with this cleaned credit code, if the viewer may know of it."""
    if not code:
        return None
    return _with_names(visible_enterprises(viewer)).filter(division_id=viewer.division_id, code=code).first()


def enterprises_by_code(viewer: Viewer, codes: Iterable[str]) -> dict[str, Enterprise]:
    """The same for many codes; one query."""
    wanted = {code for code in codes if code}
    rows = visible_enterprises(viewer).filter(division_id=viewer.division_id, code__in=wanted)
    return {row.code: row for row in rows}


def enterprise_of_subject(viewer: Viewer, subject: Subject) -> Enterprise | None:
    """The enterprise behind a subject row; None where it is another kind or not the viewer's to see."""
    if subject.kind != ENTERPRISE_SUBJECT:
        return None
    return _with_names(visible_enterprises(viewer)).filter(subject=subject).first()


def own_enterprise(viewer: Viewer) -> Enterprise | None:
    """The register's row of the enterprise to which the viewer belongs; None where it is not entered."""
    if not may_be_an_enterprise(viewer):
        return None
    return _with_names(visible_enterprises(viewer)).first()


def _one(rows: QuerySet[Any]) -> Any:
    found = rows.first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class EnterpriseFilter:
    """What the register is narrowed to; every field may be left out."""

    text: str = ""
    status: str = ""
    size: str = ""
    above_size: str = ""
    industry: str = ""
    cluster_id: int | None = None
    agency_id: int | None = None
    place_id: int | None = None
    zone_id: int | None = None
    division_id: int | None = None


def register(viewer: Viewer, narrowed: EnterpriseFilter = EnterpriseFilter()) -> QuerySet[Enterprise]:
    """The register, narrowed; not yet ordered or paged."""
    rows = _with_names(visible_enterprises(viewer)).filter(_conditions(narrowed))
    if not narrowed.text.strip():
        return rows
    wanted = search.query(narrowed.text)
    return rows.none() if wanted is None else search.holding(rows, wanted, viewer.division_ids, through="subject__")


def _conditions(narrowed: EnterpriseFilter) -> Q:
    pairs = (
        ("status", narrowed.status),
        ("size", narrowed.size),
        ("industry_code__startswith", narrowed.industry),
        ("cluster_id", narrowed.cluster_id),
        ("agency_id", narrowed.agency_id),
        ("place_id", narrowed.place_id),
        ("zone_id", narrowed.zone_id),
    )
    said = Q(**{field: value for field, value in pairs if value})
    if narrowed.division_id:
        said &= Q(division_id__in=divisions_within(narrowed.division_id).values("pk"))
    match narrowed.above_size:
        case AboveSize.LISTED:
            said &= Q(listed_on__isnull=False)
        case AboveSize.CANDIDATE:
            said &= Q(listed_on=None, reach=Reach.REACHED)
        case AboveSize.BELOW:
            said &= Q(listed_on__isnull=False, reach=Reach.BELOW)
    return said


def clusters(division_id: int) -> QuerySet[Cluster]:
    """The clusters of a division in their order."""
    return Cluster.objects.filter(division_id=division_id)


@dataclass(frozen=True)
class ClusterCount:
    """A cluster, and how many enterprises are in it."""

    pk: int
    name: str
    count: int


def cluster_counts(viewer: Viewer) -> list[ClusterCount]:
    """The clusters of the viewer's own division in their order, with their enterprises; two queries."""
    rows = Enterprise.objects.filter(division_id=viewer.division_id).exclude(cluster=None).order_by()
    counts = dict(rows.values_list("cluster_id").annotate(count=Count("pk")))
    return [ClusterCount(each.pk, each.name, counts.get(each.pk, 0)) for each in clusters(viewer.division_id)]


def people_of(enterprise: Enterprise, *, today_only: bool = True) -> QuerySet[EnterprisePerson]:
    """Who stands for the enterprise today, or ever did."""
    rows = enterprise.people.all()
    return rows.filter(in_force(clock.today())) if today_only else rows


def person_for(viewer: Viewer, person_id: int) -> EnterprisePerson:
    """One person of an enterprise that the viewer may know of.

    Raises:
        NotFound: none such.
    """
    rows = EnterprisePerson.objects.filter(enterprise__in=visible_enterprises(viewer))
    found: EnterprisePerson = _one(rows.select_related("enterprise").filter(pk=person_id))
    return found


def story(enterprise: Enterprise) -> QuerySet[AuditLine]:
    """What happened to the enterprise, in the order of time."""
    return AuditLine.objects.filter(target=target_of(enterprise)).order_by("id")
