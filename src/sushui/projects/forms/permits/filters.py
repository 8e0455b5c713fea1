"""What the county's list of permit steps can be narrowed to: each field is a chip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import day_field, offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import divisions, responsible_agencies
from sushui.projects.enums.permits import PermitPath, PermitState
from sushui.projects.permissions import may_open_own_projects, may_see_all_projects
from sushui.projects.queries.permits import IN_HAND, PermitFilter

ANY = ("", _("Any"))
STATES = [ANY, (IN_HAND, pgettext_lazy("permits", "In hand")), *choices_of(PermitState)]


class PermitFilterForm(forms.Form):
    """The chips of the list."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    over = forms.BooleanField(label=_("Over the limit"), required=False)
    critical = forms.BooleanField(label=_("On the critical path"), required=False)
    mine = forms.BooleanField(label=_("Held by us"), required=False)
    agency = record_field(_("Agency that holds it"), required=False, empty_label=_("Any"))
    division = record_field(_("Division"), required=False, empty_label=_("Any"))
    path = forms.ChoiceField(label=_("Permit path"), choices=[ANY, *choices_of(PermitPath)], required=False)
    due_by = day_field(label=_("Limit ends by"), required=False)
    text = forms.CharField(label=_("Text"), max_length=64, required=False, widget=forms.TextInput(attrs={"size": 10}))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "agency", responsible_agencies(viewer))
        offer(self, "division", divisions(viewer))
        if len(viewer.division_ids) < 2:
            del self.fields["division"]
        if not may_see_all_projects(viewer):
            del self.fields["agency"]
        if not may_open_own_projects(viewer):
            del self.fields["mine"]

    def narrowed(self) -> PermitFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        return PermitFilter(
            state=said.get("state") or "",
            over=bool(said.get("over")),
            critical=bool(said.get("critical")),
            mine=bool(said.get("mine")),
            agency_id=said["agency"].pk if said.get("agency") else None,
            division_id=said["division"].pk if said.get("division") else None,
            path=said.get("path") or "",
            due_by=said.get("due_by"),
            text=said.get("text") or "",
            unfinished=not (said.get("state") or said.get("text")),
        )
