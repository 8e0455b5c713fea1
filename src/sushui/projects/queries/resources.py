"""Needs, commitments and deliveries. ``visible_needs`` is the wall: one's projects, and what one's agency is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, DecimalField, F, Prefetch, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import GapState, ResourceFactor
from sushui.projects.models import Project, ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.permissions import may_open_projects, may_see_all_projects
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.rules.resources import Balance, Promise

ZERO = Value(Decimal(), DecimalField(max_digits=22, decimal_places=6))
UNCOMMITTED = Greatest(F("amount") - F("committed"), ZERO)


@dataclass(frozen=True)
class NeedFilter:
    """What the list of needs is narrowed to; every field may be left out.

    ``agency_id``: is asked or has committed. ``mine``: to which the viewer's own agency has committed; together with
    the state "overdue" those with such a commitment that is late, whatever others promised.
    """

    factor: str = ""
    state: str = ""
    agency_id: int | None = None
    project_id: int | None = None
    mine: bool = False

    @property
    def query(self) -> str:
        """The query under which the list's page is narrowed so."""
        said = {each.name.removesuffix("_id"): getattr(self, each.name) for each in fields(self)}
        said |= {"mine": "1" if self.mine else ""}
        return urlencode({name: value for name, value in said.items() if value})


@dataclass(frozen=True)
class FactorSum:
    """What stands of a factor over some needs, in its unit. ``unknown``: needs of which nobody has said how much."""

    factor: ResourceFactor
    count: int
    unknown: int
    need: Decimal
    committed: Decimal
    delivered: Decimal
    uncommitted: Decimal
    undelivered: Decimal
    overdue: int


def visible_needs(viewer: Viewer) -> QuerySet[ResourceNeed]:
    """Needs the viewer may know of: of visible projects, and those the own agency is asked for or committed to."""
    rows = ResourceNeed.objects.filter(division_id__in=viewer.division_ids, dropped_on=None)
    if may_see_all_projects(viewer):
        return rows
    if not may_open_projects(viewer):
        return rows.none()
    own = Q(project__in=visible_projects(viewer).order_by().values("pk")) | Q(agency_id__in=viewer.agency_ids)
    return rows.filter(own | Q(pk__in=own_commitments(viewer).values("need_id")))


def needs(viewer: Viewer, narrowed: NeedFilter = NeedFilter()) -> QuerySet[ResourceNeed]:
    """The needs, narrowed, with their projects and agencies; not yet ordered or paged."""
    rows = visible_needs(viewer).select_related("project__agency", "project__subject", "agency", "division")
    said = {"factor": narrowed.factor, "project_id": narrowed.project_id}
    rows = rows.filter(**{name: value for name, value in said.items() if value})
    if narrowed.agency_id:
        committed = ResourceCommitment.objects.filter(agency_id=narrowed.agency_id, withdrawn_on=None)
        rows = rows.filter(Q(agency_id=narrowed.agency_id) | Q(pk__in=committed.values("need_id")))
    if narrowed.mine:
        own = overdue_commitments(viewer) if narrowed.state == GapState.OVERDUE else own_commitments(viewer)
        rows = rows.filter(pk__in=own.order_by().values("need_id"))
    return rows.filter(in_state(GapState(narrowed.state))) if narrowed.state else rows


def in_state(state: GapState) -> Q:
    """Needs with a gap of this kind: one may have several, and each figure counts all of its own."""
    return {
        GapState.OVERDUE: Q(overdue_on__lt=clock.today()),
        GapState.UNKNOWN: Q(amount=None),
        GapState.UNCOMMITTED: Q(amount__gt=F("committed")),
        GapState.UNDELIVERED: Q(undelivered__gt=0),
        GapState.MET: Q(amount__lte=F("committed"), undelivered=0),
    }[state]


def factor_sums(rows: QuerySet[ResourceNeed]) -> list[FactorSum]:
    """The needs summed by factor, in the order of the factors; one query."""
    zero = Decimal()
    grouped = (
        rows.order_by()
        .values_list("factor")
        .annotate(
            needs_count=Count("pk"),
            unknown_count=Count("pk", filter=in_state(GapState.UNKNOWN)),
            need_sum=Sum("amount"),
            committed_sum=Sum("committed"),
            delivered_sum=Sum("delivered"),
            uncommitted_sum=Sum(UNCOMMITTED),
            undelivered_sum=Sum("undelivered"),
            overdue_count=Count("pk", filter=in_state(GapState.OVERDUE)),
        )
    )
    found: dict[str, list[Any]] = {
        row[0]: [value if value is not None else zero for value in row[1:]] for row in grouped
    }
    return [FactorSum(each, *found[each]) for each in ResourceFactor if each in found]


def need_for(viewer: Viewer, need_id: int) -> ResourceNeed:
    """One need with its project, its commitments and deliveries.

    Raises:
        NotFound: none such, taken away, or not the viewer's to see.
    """
    found = with_commitments(needs(viewer)).filter(pk=need_id).first()
    if found is None:
        raise NotFound
    return found


def with_commitments(rows: QuerySet[ResourceNeed]) -> QuerySet[ResourceNeed]:
    """The same with commitments and deliveries at hand; two more queries however many there are."""
    deliveries = ResourceDelivery.objects.select_related("post__agency", "corrected_by").order_by("on", "pk")
    commitments = ResourceCommitment.objects.select_related("agency", "post__agency", "task")
    ordered = commitments.order_by("until", "pk").prefetch_related(Prefetch("deliveries", queryset=deliveries))
    return rows.prefetch_related(Prefetch("commitments", queryset=ordered))


def needs_of(viewer: Viewer, project: Project) -> list[ResourceNeed]:
    """What a project needs, by factor and month, with commitments and deliveries."""
    factors = list(ResourceFactor)
    rows = with_commitments(needs(viewer, NeedFilter(project_id=project.pk)))
    return sorted(rows, key=lambda each: (factors.index(each.factor), each.month or date.min, each.pk))


def balance_as_stored(need: ResourceNeed) -> Balance:
    """A need with the sums that stand in its row."""
    return Balance(need.amount, need.committed, need.delivered, need.undelivered, need.overdue_on)


def promise_as_stored(commitment: ResourceCommitment) -> Promise:
    """A commitment with the sum that stands in its row."""
    return Promise(commitment.amount, commitment.until, commitment.delivered)


def commitment_for(viewer: Viewer, commitment_id: int) -> ResourceCommitment:
    """One commitment that stands, to a need that the viewer may know of.

    Raises:
        NotFound: none such.
    """
    rows = ResourceCommitment.objects.filter(need__in=visible_needs(viewer), withdrawn_on=None)
    found = (
        rows.select_related("need__project__agency", "need__project__subject", "agency")
        .filter(pk=commitment_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def delivery_for(viewer: Viewer, delivery_id: int) -> ResourceDelivery:
    """One delivery that counts, of a commitment that the viewer may know of.

    Raises:
        NotFound: none such, or corrected already.
    """
    rows = ResourceDelivery.objects.filter(commitment__need__in=visible_needs(viewer), corrected_by=None)
    rows = rows.select_related("commitment__need__project__agency", "commitment__agency")
    found = rows.filter(pk=delivery_id, commitment__withdrawn_on=None).first()
    if found is None:
        raise NotFound
    return found


def own_commitments(viewer: Viewer) -> QuerySet[ResourceCommitment]:
    """What the viewer's agency has promised and not withdrawn."""
    return ResourceCommitment.objects.filter(agency_id__in=viewer.agency_ids, withdrawn_on=None)


def overdue_commitments(viewer: Viewer) -> QuerySet[ResourceCommitment]:
    """Commitments of the viewer's agency that are late: their day has passed, something is not there."""
    late = own_commitments(viewer).filter(until__lt=clock.today(), delivered__lt=F("amount"), need__dropped_on=None)
    return late.select_related("need__project").order_by("until", "pk")


def commitment_lines(rows: QuerySet[ResourceNeed]) -> Iterator[tuple[ResourceNeed, ResourceCommitment | None]]:
    """Each need with each of its commitments that stand, once without any; in stretches, never all at once."""
    for need in with_commitments(rows.order_by("factor", "project_id", "pk")).iterator(500):
        standing = [each for each in need.commitments.all() if each.withdrawn_on is None]
        yield from ((need, commitment) for commitment in standing)
        if not standing:
            yield need, None
