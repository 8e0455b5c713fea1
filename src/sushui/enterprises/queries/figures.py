"""What was told of enterprises: every version, and what counts of it for a viewer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from sushui.enterprises.enums import EnterpriseFigureKind, FigureSource
from sushui.enterprises.models import Enterprise, EnterpriseFigure
from sushui.enterprises.permissions import may_see_statistical_figures
from sushui.kernel.viewer import Viewer

PERIOD = ("enterprise_id", "year", "month", "kind", "source")
# Year, month (0: the whole year), kind, source.
FigureKey = tuple[int, int, EnterpriseFigureKind, FigureSource]


def figures_of(viewer: Viewer, enterprise: Enterprise) -> QuerySet[EnterpriseFigure]:
    """Every version that was told of an enterprise and that the viewer may see, the newest periods first.

    What was told the statistics bureau is seen by the bureau and by the enterprise alone.
    """
    rows = EnterpriseFigure.objects.filter(enterprise=enterprise).select_related("post__agency")
    if not may_see_statistical_figures(viewer, enterprise):
        rows = rows.exclude(source=FigureSource.STATISTICS)
    return rows.order_by("-year", "-month", "kind", "source", "-number")


def told_figures(viewer: Viewer, enterprise: Enterprise) -> QuerySet[EnterpriseFigure]:
    """The same, not yet ordered; ``is_newest``: the version that counts of its period, kind and source."""
    same = {name: OuterRef(name) for name in PERIOD}
    newer = EnterpriseFigure.objects.filter(**same, number__gt=OuterRef("number"))
    return figures_of(viewer, enterprise).order_by().annotate(is_newest=~Exists(newer))


def newest_figures(viewer: Viewer, enterprise: Enterprise) -> list[EnterpriseFigure]:
    """Of those the versions that count, one for each period, kind and source."""
    return list(figures_of(viewer, enterprise).distinct("year", "month", "kind", "source"))


def newest_amounts(enterprise_ids: Iterable[int], year: int | None = None) -> dict[tuple[int, FigureKey], Decimal]:
    """What counts of many enterprises, whoever asks: for services, which show it to nobody; one query."""
    rows = EnterpriseFigure.objects.filter(enterprise_id__in=list(enterprise_ids))
    if year is not None:
        rows = rows.filter(year=year)
    newest = rows.order_by(*PERIOD, "-number").distinct(*PERIOD)
    return {
        (number, (of_year, month, kind, source)): amount
        for number, of_year, month, kind, source, amount in newest.values_list(*PERIOD, "amount")
    }
