"""What lists can be narrowed to: each field is a chip. What is not understood narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import day_field, offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries
from sushui.liaison.enums import LiaisonRole, VisitWay
from sushui.liaison.forms.fields import post_field
from sushui.liaison.queries import LiaisonFilter, SubjectFilter, VisitFilter
from sushui.organizations.queries import divisions, leader_posts, posts, responsible_agencies
from sushui.supervision.enums import StatusLight

ANY = ("", _("Any"))
LIGHTS = [ANY, *choices_of(StatusLight)]


class ChipsForm(forms.Form):
    """Chips whose agencies and leaders are those of the viewer's division."""

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        if "agency" in self.fields:
            offer(self, "agency", responsible_agencies(viewer))
        if "leader" in self.fields:
            # A leader of a county below is a chip only where another page leads here with it.
            asked = record_numbers([str(data.get("leader", ""))])
            offer(self, "leader", leader_posts(viewer) | posts(viewer).filter(pk__in=asked))

    def number(self, name: str) -> int | None:
        """The number of the record that is chosen."""
        self.is_valid()
        chosen = self.cleaned_data.get(name)
        return chosen.pk if chosen else None

    def said(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name) or ""


class RegisterFilterForm(ChipsForm):
    missing = forms.ChoiceField(
        label=pgettext_lazy("chip", "Without"), choices=[ANY, *choices_of(LiaisonRole)], required=False
    )
    leader = post_field(pgettext_lazy("chip", "Leader"), required=False, empty_label=_("Any"))
    agency = record_field(_("Agency"), required=False, empty_label=_("Any"))
    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 10}))

    def narrowed(self) -> SubjectFilter:
        return SubjectFilter(
            text=self.said("text"),
            missing=self.said("missing"),
            leader_post_id=self.number("leader"),
            agency_id=self.number("agency"),
        )


class LapseFilterForm(ChipsForm):
    light = forms.ChoiceField(label=pgettext_lazy("chip", "Light"), choices=LIGHTS, required=False)
    role = forms.ChoiceField(label=_("Stands by as"), choices=[ANY, *choices_of(LiaisonRole)], required=False)
    leader = post_field(pgettext_lazy("chip", "Leader"), required=False, empty_label=_("Any"))
    agency = record_field(_("Agency"), required=False, empty_label=_("Any"))
    never = forms.BooleanField(label=_("Never visited"), required=False)

    def narrowed(self) -> LiaisonFilter:
        return LiaisonFilter(
            role=self.said("role"),
            light=self.said("light"),
            post_id=self.number("leader"),
            agency_id=self.number("agency"),
            is_never=bool(self.said("never")),
        )


class VisitFilterForm(ChipsForm):
    subject = record_field(_("Subject"), required=False, empty_label=_("Any"))
    way = forms.ChoiceField(label=_("How"), choices=[ANY, *choices_of(VisitWay)], required=False)
    leader = post_field(pgettext_lazy("chip", "Leader"), required=False, empty_label=_("Any"))
    since = day_field(label=pgettext_lazy("chip", "Since"), required=False)
    until = day_field(label=pgettext_lazy("chip", "Until"), required=False)
    problems = forms.BooleanField(label=_("Found problems"), required=False)
    division = record_field(_("Division"), required=False, empty_label=_("Any"))
    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 10}))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data, viewer=viewer)
        asked = record_numbers([str(data.get("subject", ""))])
        offer(self, "subject", queries.liaison_subjects(viewer).filter(pk__in=asked))
        offer(self, "division", divisions(viewer))
        for name in ("subject", "division"):  # chips only where another page leads here with them
            if not data.get(name):
                del self.fields[name]

    def narrowed(self) -> VisitFilter:
        return VisitFilter(
            subject_id=self.number("subject"),
            way=self.said("way"),
            leader_post_id=self.number("leader"),
            since=self.said("since") or None,
            until=self.said("until") or None,
            has_findings=bool(self.said("problems")),
            division_id=self.number("division"),
            text=self.said("text"),
        )
