"""The list of clusters by programs, kept as a whole."""

from __future__ import annotations

from ninja import Field, Schema

from sushui.kernel.api import Number
from sushui.kernel.pages import ViewerRequest
from sushui.projects import services
from sushui.projects.api.root import router
from sushui.projects.api.schemas import ProjectNamed
from sushui.projects.models import ProjectCluster
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.services import ClusterEntry


class ClusterIn(Schema):
    """A cluster as the list is to have it; without an ``id`` it is new, with one it may have another name."""

    id: Number | None = None
    name: str = Field(max_length=64)


class ClustersIn(Schema):
    """All clusters, in their order."""

    clusters: list[ClusterIn]


class ClustersOut(Schema):
    """All clusters as they stand now, in their order."""

    clusters: list[ProjectNamed]


@router.writes("/clusters", may_keep_ledger, ClustersOut, method="PUT")
def set_clusters(request: ViewerRequest, asked: ClustersIn) -> dict[str, list[ProjectCluster]]:
    """Let the clusters of the division be these, in this order; one left out is taken away if no project is in it."""
    entries = [ClusterEntry(each.name, each.id) for each in asked.clusters]
    return {"clusters": services.set_clusters(request.viewer, entries)}
