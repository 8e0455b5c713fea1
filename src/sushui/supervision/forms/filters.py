"""What lists can be narrowed to: each field is a chip."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import day_field, offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, divisions, leader_posts, responsible_agencies
from sushui.supervision.enums import OrderKind, PartState, StatusLight, TaskKind, TaskState, Timeliness
from sushui.supervision.forms.acts import leader_field
from sushui.supervision.forms.parts import own_posts
from sushui.supervision.queries import TaskFilter, light_condition, orders

ANY = ("", _("Any"))
LIGHTS = [ANY, *((value, label) for value, label in choices_of(StatusLight) if value != StatusLight.NONE)]
SCOPES = [("", pgettext_lazy("scope", "In hand")), ("all", pgettext_lazy("scope", "All"))]
DAYS = ("due_before", "red_since", "assigned_since", "closed_since")
# Chips only where another page leads here with them.
LED_HERE = ("lead", "awaited", "order", "division", "red_since", "assigned_since", "closed_since", "timeliness")


class RegisterFilterForm(forms.Form):
    """The register's chips. What is not understood narrows nothing."""

    scope = forms.ChoiceField(label=_("Shown"), choices=SCOPES, required=False)
    light = forms.ChoiceField(label=pgettext_lazy("chip", "Light"), choices=LIGHTS, required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *choices_of(TaskState)], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *choices_of(TaskKind)], required=False)
    agency = record_field(_("Agency"), required=False, empty_label=_("Any"))
    leader = leader_field(pgettext_lazy("chip", "Leader"), empty_label=_("Any"))
    due_before = day_field(label=pgettext_lazy("chip", "Due by"), required=False)
    lead = record_field(_("Lead agency"), required=False, empty_label=_("Any"))
    awaited = record_field(_("Awaited agency"), required=False, empty_label=_("Any"))
    order = record_field(_("Order"), required=False, empty_label=_("Any"))
    division = record_field(_("Division"), required=False, empty_label=_("Any"))
    red_since = day_field(label=_("Turned red since"), required=False)
    assigned_since = day_field(label=_("Assigned since"), required=False)
    closed_since = day_field(label=_("Closed since"), required=False)
    timeliness = forms.ChoiceField(label=_("Timeliness"), choices=[ANY, *choices_of(Timeliness)], required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 10}))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "agency", responsible_agencies(viewer))
        offer(self, "leader", leader_posts(viewer))
        for name in ("lead", "awaited"):
            offer(self, name, agencies(viewer).filter(pk__in=_numbers(data, name)))
        offer(self, "order", orders(viewer).filter(pk__in=_numbers(data, "order")))
        offer(self, "division", divisions(viewer))
        for name in LED_HERE:
            if not data.get(name):
                del self.fields[name]
        if data.get("state"):  # the state says already what is shown
            del self.fields["scope"]

    def narrowed(self) -> TaskFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        agency, leader, order = said.get("agency"), said.get("leader"), said.get("order")
        is_narrow = said.get("scope") or said.get("state") or order
        days = {name: said.get(name) for name in DAYS}
        return TaskFilter(
            state=said.get("state") or "",
            light=said.get("light") or "",
            kind=said.get("kind") or "",
            agency_id=agency and agency.pk,
            order_id=order and order.pk,
            lead_agency_id=said["lead"].pk if said.get("lead") else None,
            awaited_agency_id=said["awaited"].pk if said.get("awaited") else None,
            leader_post_id=leader and leader.pk,
            text=said.get("text") or "",
            is_open=None if is_narrow else True,
            division_id=said["division"].pk if said.get("division") else None,
            timeliness=said.get("timeliness") or "",
            **days,
        )


def _numbers(data: Any, name: str) -> list[int]:
    return record_numbers([str(data.get(name, ""))])


class OwnFilterForm(forms.Form):
    """The chips of a list of parts."""

    light = forms.ChoiceField(label=pgettext_lazy("chip", "Light"), choices=LIGHTS, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[ANY, *((value, label) for value, label in choices_of(PartState) if value != PartState.DRAFTED)],
        required=False,
    )

    def conditions(self, today: date) -> Q:
        """The parts that are left; a value that is not understood is left out."""
        self.is_valid()
        said, conditions = self.cleaned_data, Q()
        if said.get("light"):
            conditions &= light_condition(StatusLight(said["light"]), today)
        if said.get("state"):
            conditions &= Q(state=said["state"])
        return conditions


class AgencyFilterForm(OwnFilterForm):
    """The chips of an agency's own list."""

    handler = record_field(_("Handler"), required=False, empty_label=_("Any"))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "handler", own_posts(viewer))

    def conditions(self, today: date) -> Q:
        conditions = super().conditions(today)
        handler = self.cleaned_data.get("handler")
        return conditions & Q(handler_post=handler) if handler else conditions


class OrderFilterForm(forms.Form):
    """The chips of the list of orders."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *choices_of(OrderKind)], required=False)
