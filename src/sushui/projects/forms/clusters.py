"""The list of clusters, filled in as a whole: names and their order, new ones below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.projects import queries, services
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.models import ProjectCluster
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.services import ClusterEntry

LONGEST = 64


class ClustersForm(ProjectActForm):
    """A name and a place in the order for each cluster; an emptied name takes it away, if no project is in it."""

    title = _("Clusters")
    button = _("Keep")
    done = _("The clusters are kept.")

    def prepare(self) -> None:
        self.known: dict[int, ProjectCluster] = {each.pk: each for each in queries.clusters(self.viewer.division_id)}
        for rank, cluster in enumerate(self.known.values(), start=1):
            self.fields[f"name_{cluster.pk}"] = forms.CharField(
                label=gettext("Name of “%(name)s”") % {"name": cluster.name},
                max_length=LONGEST,
                required=False,
                initial=cluster.name,
            )
            self.fields[f"rank_{cluster.pk}"] = forms.IntegerField(
                label=gettext("Place of “%(name)s” in the order") % {"name": cluster.name},
                min_value=1,
                max_value=999,
                initial=rank,
            )
        self.fields["more"] = forms.CharField(
            label=_("New clusters"),
            required=False,
            help_text=_("One name a line. An emptied name above takes its cluster away, if no project is in it."),
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def may(self) -> bool:
        return bool(may_keep_ledger(self.viewer))

    def clean_more(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["more"].splitlines() if line.strip()]
        if any(len(name) > LONGEST for name in names):
            raise ValidationError(_("A name has at most %(longest)d characters."), params={"longest": LONGEST})
        return names

    def entries(self) -> Iterator[ClusterEntry]:
        """The list as it is to be."""
        said = self.cleaned_data
        for number in sorted(self.known, key=lambda each: said[f"rank_{each}"]):
            if name := said[f"name_{number}"].strip():
                yield ClusterEntry(name, number)
        yield from map(ClusterEntry, said["more"])

    def act(self) -> Any:
        return services.set_clusters(self.viewer, list(self.entries()))
