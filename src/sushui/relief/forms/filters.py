"""What the lists can be narrowed to: each field is a chip. What is not understood narrows nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import divisions, responsible_agencies
from sushui.relief.enums import AgeBand, IssueSource, SupportChannel, SupportKind, SupportState
from sushui.relief.queries import IssueFilter, IssueLine, RequestFilter

ANY = ("", _("Any"))


class RequestFilterForm(forms.Form):
    """The chips of the lists of requests."""

    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 12}))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Open")), *choices_of(SupportState), ("all", _("All"))]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *choices_of(SupportKind)])
    channel = forms.ChoiceField(label=_("How it came"), required=False, choices=[ANY, *choices_of(SupportChannel)])
    agency = record_field(_("Lead agency"), required=False, empty_label=_("Any"))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "agency", responsible_agencies(viewer))

    def narrowed(self) -> RequestFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        words = {name: said.get(name) or "" for name in ("text", "state", "kind", "channel")}
        return RequestFilter(agency_id=said["agency"].pk if said.get("agency") else None, **words)


class IssueFilterForm(forms.Form):
    """The chips of the issue register; clusters and agencies are those that its lines name."""

    source = forms.ChoiceField(label=_("Source"), required=False, choices=[ANY, *choices_of(IssueSource)])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *choices_of(SupportKind)])
    agency = forms.ChoiceField(label=_("Responsible agency"), required=False)
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)
    age = forms.ChoiceField(label=_("Open for"), required=False, choices=[ANY, *choices_of(AgeBand)])
    zone = record_field(_("Development zone"), required=False, empty_label=_("Any"))

    def __init__(self, data: Any, *, viewer: Viewer, lines: Iterable[IssueLine]) -> None:
        super().__init__(data)
        known = list(lines)
        for name in ("agency", "cluster"):
            values = sorted({getattr(line, name) for line in known} - {""})
            self.fields[name].choices = [ANY, *((value, value) for value in values)]  # type: ignore[attr-defined]
        offer(self, "zone", divisions(viewer).filter(level=DivisionLevel.ZONE))

    def narrowed(self) -> IssueFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        words = {name: said.get(name) or "" for name in ("source", "kind", "agency", "cluster", "age")}
        return IssueFilter(zone_id=said["zone"].pk if said.get("zone") else None, **words)
