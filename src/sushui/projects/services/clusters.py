"""The clusters by which a division parts its projects: one list, kept as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel.audit import record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import ClusterVerb
from sushui.projects.models import PortfolioEntry, Project, ProjectCluster
from sushui.projects.permissions import may_keep_ledger


@dataclass(frozen=True)
class ClusterEntry:
    """A cluster as the list is to have it; without an ``id`` it is new, with one it may have another name."""

    name: str
    id: int | None = None


@transaction.atomic
def set_clusters(viewer: Viewer, entries: Sequence[ClusterEntry]) -> list[ProjectCluster]:
    """Let the clusters of the viewer's division be these, in this order; those left out are taken away.

    Raises:
        DomainError: ``text_missing``; ``named_twice``; ``cluster_in_use`` for one that is left out while projects are
            in it; ``no_such_cluster`` for an ``id`` that is none of the division.
    """
    if not may_keep_ledger(viewer):
        raise Forbidden
    known = {
        each.pk: each for each in ProjectCluster.objects.select_for_update().filter(division_id=viewer.division_id)
    }
    names = [require_text(entry.name, "Cluster") for entry in entries]
    _refuse_twice(names)
    kept = [_entered(viewer, known, entry.id) for entry in entries]
    _take_away(viewer, [each for number, each in known.items() if number not in {row.pk for row in kept}])
    _write(viewer, kept, names)
    return kept


def _entered(viewer: Viewer, known: Mapping[int, ProjectCluster], number: int | None) -> ProjectCluster:
    if number is None:
        return ProjectCluster(division_id=viewer.division_id)
    if number not in known:
        raise DomainError(
            "no_such_cluster",
            _("Number %(number)s is no cluster of this division."),
            _("Read the list again; leave the number out for a new one."),
            number=number,
        )
    return known[number]


def _write(viewer: Viewer, kept: Sequence[ProjectCluster], names: Sequence[str]) -> None:
    """Names and ranks; a line of the audit chain for each that is new or has another name."""
    lines = []
    for rank, (row, name) in enumerate(zip(kept, names, strict=True), start=1):
        before = {"name": row.name} if row.pk else {}
        row.name, row.rank = name, rank
        row.save()
        if before != {"name": name}:
            lines.append((row, before, {"name": name}, ""))
    record_acts(viewer, ClusterVerb.KEEP, lines)


def _take_away(viewer: Viewer, dropped: Sequence[ProjectCluster]) -> None:
    in_ledger = Project.objects.filter(cluster__in=dropped).values_list("cluster__name")
    in_versions = PortfolioEntry.objects.filter(cluster__in=dropped).values_list("cluster__name")
    if used := next(iter(in_ledger.union(in_versions)), None):
        raise DomainError(
            "cluster_in_use",
            _("Projects or versions of the portfolio are in “%(name)s”."),
            _("Move the projects to another cluster first; what a version of the portfolio names is kept."),
            name=used[0],
        )
    record_acts(viewer, ClusterVerb.DROP, [(each, {"name": each.name}, {}, "") for each in dropped])
    ProjectCluster.objects.filter(pk__in=[each.pk for each in dropped]).delete()


def _refuse_twice(names: Sequence[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise DomainError(
                "named_twice",
                _("“%(name)s” stands in the list twice."),
                _("Give each cluster a name of its own."),
                name=name,
            )
