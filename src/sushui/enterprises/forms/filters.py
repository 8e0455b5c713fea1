"""What the register can be narrowed to: each field is a chip. What is not understood narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.enterprises import queries
from sushui.enterprises.enums import AboveSize, EnterpriseSize, EnterpriseStatus
from sushui.enterprises.permissions import may_see_all_enterprises
from sushui.enterprises.queries import EnterpriseFilter
from sushui.kernel.acts import offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import division_tree, divisions, responsible_agencies

ANY = ("", _("Any"))
PLACE = pgettext_lazy("enterprise", "Place")
DEEPER = "　"


class RegisterFilterForm(forms.Form):
    """The register's chips."""

    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 12}))
    status = forms.ChoiceField(label=_("How it stands"), choices=[ANY, *choices_of(EnterpriseStatus)], required=False)
    above_size = forms.ChoiceField(
        label=_("Above designated size"), choices=[ANY, *choices_of(AboveSize)], required=False
    )
    size = forms.ChoiceField(label=_("Size"), choices=[ANY, *choices_of(EnterpriseSize)], required=False)
    division = record_field(_("Division"), required=False, empty_label=_("Any"))
    agency = record_field(_("Responsible agency"), required=False, empty_label=_("Any"))
    place = forms.TypedChoiceField(label=PLACE, required=False, coerce=int, empty_value=None)
    zone = forms.TypedChoiceField(label=_("Development zone"), required=False, coerce=int, empty_value=None)
    cluster = record_field(_("Cluster"), required=False, empty_label=_("Any"))
    industry = forms.RegexField(
        "^[A-Ta-t]?[0-9]{0,4}$",
        label=_("Industry"),
        required=False,
        widget=forms.TextInput(attrs={"size": 5, "placeholder": "321"}),
    )

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "division", divisions(viewer))
        offer(self, "agency", responsible_agencies(viewer))
        offer(self, "cluster", queries.clusters(viewer.division_id))
        tree = division_tree(viewer)
        places = [(row.division.pk, f"{DEEPER * row.depth}{row.division.name}") for row in tree]
        zones = [(row.division.pk, row.division.name) for row in tree if row.division.level is DivisionLevel.ZONE]
        self.fields["place"].choices = [ANY, *places]  # type: ignore[attr-defined]
        self.fields["zone"].choices = [ANY, *zones]  # type: ignore[attr-defined]
        pointless = {
            "division": len(viewer.division_ids) == 1,
            "agency": not may_see_all_enterprises(viewer),
            "zone": not zones,
            "cluster": not queries.clusters(viewer.division_id).exists(),
        }
        for name in (name for name, is_so in pointless.items() if is_so):
            del self.fields[name]

    def narrowed(self) -> EnterpriseFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        return EnterpriseFilter(
            text=said.get("text") or "",
            status=said.get("status") or "",
            above_size=said.get("above_size") or "",
            size=said.get("size") or "",
            division_id=_number(said.get("division")),
            agency_id=_number(said.get("agency")),
            cluster_id=_number(said.get("cluster")),
            place_id=said.get("place") or None,
            zone_id=said.get("zone") or None,
            industry=(said.get("industry") or "").upper(),
        )


def _number(record: Any) -> int | None:
    return record.pk if record else None
