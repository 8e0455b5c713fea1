"""What is done to every project that is ticked in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sushui.kernel.acts import offer, record_field
from sushui.organizations.queries import responsible_agencies
from sushui.projects import queries
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.models import Project
from sushui.projects.permissions import may_edit_project
from sushui.projects.services.ticked import change_ticked


class ChangeTickedForm(ProjectActForm):
    """One agency or cluster for all that are ticked, all or none; ``record`` holds the projects."""

    title = button = _("Change all that are ticked")
    template = "projects/ticked.html"
    record: Sequence[Project]
    agency = record_field(_("Responsible agency"), required=False, empty_label=_("Leave it"))
    cluster = record_field(_("Cluster"), required=False, empty_label=_("Leave it"))

    def prepare(self) -> None:
        offer(self, "agency", responsible_agencies(self.viewer))
        offer(self, "cluster", queries.clusters(self.viewer.division_id))

    @property
    def done(self) -> str:  # type: ignore[override]
        count = len(self.made)
        return ngettext("%(count)d project is changed.", "%(count)d projects are changed.", count) % {"count": count}

    def may(self) -> bool:
        return all(may_edit_project(self.viewer, project) for project in self.record)

    def clean(self) -> dict[str, Any]:
        if not self.record:
            raise ValidationError(_("No project is ticked: tick them in the ledger."))
        return self.cleaned_data

    def act(self) -> list[Project]:
        said = {f"{name}_id": self.cleaned_data[name].pk for name in ("agency", "cluster") if self.cleaned_data[name]}
        return change_ticked(self.viewer, self.record, **said)
