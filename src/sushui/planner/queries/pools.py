"""What there is to be shared out, by year."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer
from sushui.planner.models import MoneyPool, ResourcePool
from sushui.planner.permissions import may_open_planner


def visible_pools(viewer: Viewer) -> QuerySet[ResourcePool]:
    """Resource pools of the viewer's divisions, for those whose work is the whole ledger."""
    rows = ResourcePool.objects.filter(division_id__in=viewer.division_ids, dropped_on=None)
    return rows if may_open_planner(viewer) else rows.none()


def visible_money(viewer: Viewer) -> QuerySet[MoneyPool]:
    """Money of the viewer's divisions, for those whose work is the whole ledger."""
    rows = MoneyPool.objects.filter(division_id__in=viewer.division_ids, dropped_on=None)
    return rows if may_open_planner(viewer) else rows.none()


def pools_of(viewer: Viewer, year: int) -> QuerySet[ResourcePool]:
    """The pools of a year, by kind and factor."""
    rows = visible_pools(viewer).filter(year=year).select_related("agency", "place", "division")
    return rows.order_by("kind", "factor", "from_on", "pk")


def money_of(viewer: Viewer, year: int) -> QuerySet[MoneyPool]:
    """The money that arrives in a year, by day."""
    rows = visible_money(viewer).filter(arrives_on__year=year).select_related("division")
    return rows.order_by("arrives_on", "source", "pk")


def years_with_pools(viewer: Viewer) -> list[int]:
    """The years of which anything was entered, the newest first; two queries."""
    money = visible_money(viewer).dates("arrives_on", "year")
    years = set(visible_pools(viewer).order_by().values_list("year", flat=True).distinct())
    return sorted(years | {day.year for day in money}, reverse=True)


def pool_for(viewer: Viewer, pool_id: int) -> ResourcePool:
    """One resource pool.

    Raises:
        NotFound: none such, taken away, or not the viewer's to see.
    """
    found = visible_pools(viewer).select_related("agency", "place", "division").filter(pk=pool_id).first()
    if found is None:
        raise NotFound
    return found


def money_for(viewer: Viewer, money_id: int) -> MoneyPool:
    """Money of one source and day.

    Raises:
        NotFound: none such, taken away, or not the viewer's to see.
    """
    found = visible_money(viewer).select_related("division").filter(pk=money_id).first()
    if found is None:
        raise NotFound
    return found


def pools_in(division_id: int, years: Iterable[int]) -> QuerySet[ResourcePool]:
    """What a plan of these years shares out in a division, entered in these years or before and still good."""
    wanted = list(years)
    rows = ResourcePool.objects.filter(division_id=division_id, dropped_on=None, from_on__year__lte=max(wanted))
    return rows.exclude(until_on__year__lt=min(wanted)).select_related("agency", "place").order_by("pk")


def money_in(division_id: int, years: Iterable[int]) -> QuerySet[MoneyPool]:
    """The money that arrives in a division in these years."""
    rows = MoneyPool.objects.filter(division_id=division_id, dropped_on=None, arrives_on__year__in=list(years))
    return rows.order_by("arrives_on", "pk")
