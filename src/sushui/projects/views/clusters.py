"""The clusters of the division: their names and order, and how many projects are in each."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.forms.clusters import ClustersForm
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.views.acting import carry_out, filled

COLUMNS = Columns(Column("name", _("Cluster"), Kind.TITLE), Column("count", _("Projects"), Kind.NUMBER))


@page(may_keep_ledger)
def clusters(request: ViewerRequest) -> HttpResponse:
    """Show the clusters and keep what was filled in."""
    form = filled(request, ClustersForm)
    return carry_out(
        request,
        form,
        back=reverse("projects:clusters"),
        template="projects/clusters.html",
        columns=COLUMNS,
        clusters=queries.cluster_counts(request.viewer),
    )
