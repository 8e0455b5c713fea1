"""What the ledger can be narrowed to: each field is a chip. What is not understood narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import day_field, offer, record_field
from sushui.kernel.labels import choices_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import division_tree, divisions, responsible_agencies
from sushui.projects import queries
from sushui.projects.enums import ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.permissions import may_see_all_projects
from sushui.projects.queries import ProjectFilter
from sushui.supervision.enums import StatusLight

ANY = ("", _("Any"))
WITHOUT = [ANY, ("agency", _("Responsible agency")), ("place", _("Place")), ("township", _("Township"))]
# Chips only where another page leads here with them.
LED_HERE = ("turned_since", "turned_from", "moved_since", "held_up", "held_up_since", "without")


def _choices(words: Any) -> list[tuple[Any, Any]]:
    return [ANY, *choices_of(words)]


class LedgerFilterForm(forms.Form):
    """The ledger's chips."""

    light = forms.ChoiceField(label=pgettext_lazy("chip", "Light"), choices=_choices(StatusLight), required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=_choices(ProjectStage), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=_choices(ProjectLevel), required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=_choices(ProjectSector), required=False)
    division = record_field(_("Division"), required=False, empty_label=_("Any"))
    cluster = record_field(_("Cluster"), required=False, empty_label=_("Any"))
    agency = record_field(_("Responsible agency"), required=False, empty_label=_("Any"))
    place = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    industry = forms.RegexField(
        "^[A-Ta-t]?[0-9]{0,4}$",
        label=_("Industry"),
        required=False,
        widget=forms.TextInput(attrs={"size": 5, "placeholder": "321"}),
    )
    started = forms.IntegerField(
        label=_("Started in"), required=False, min_value=1990, max_value=2100, widget=forms.TextInput(attrs={"size": 4})
    )
    turned_since = day_field(label=_("Light turned since"), required=False)
    turned_from = forms.ChoiceField(label=_("Turned away from"), choices=_choices(StatusLight), required=False)
    moved_since = day_field(label=_("Moved since"), required=False)
    held_up = forms.BooleanField(label=_("Held up"), required=False)
    held_up_since = day_field(label=_("Held up since"), required=False)
    without = forms.ChoiceField(label=_("Nobody said"), choices=WITHOUT, required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 10}))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "division", divisions(viewer))
        offer(self, "cluster", queries.clusters(viewer.division_id))
        offer(self, "agency", responsible_agencies(viewer))
        self.fields["place"].choices = [ANY, *places(viewer)]  # type: ignore[attr-defined]
        for name in self._pointless(viewer):
            del self.fields[name]
        for name in LED_HERE:
            if not data.get(name):
                del self.fields[name]

    def _pointless(self, viewer: Viewer) -> list[str]:
        """Chips that could narrow nothing for this viewer."""
        left_out = [] if len(viewer.division_ids) > 1 else ["division"]
        if not may_see_all_projects(viewer):
            left_out.append("agency")
        return left_out if queries.clusters(viewer.division_id).exists() else [*left_out, "cluster"]

    def narrowed(self) -> ProjectFilter:
        """The filter that is set; a value that is not understood is left out."""
        self.is_valid()
        said = self.cleaned_data
        return ProjectFilter(
            light=said.get("light") or "",
            stage=said.get("stage") or "",
            level=said.get("level") or "",
            sector=said.get("sector") or "",
            cluster_id=_number(said.get("cluster")),
            agency_id=_number(said.get("agency")),
            place_id=said.get("place") or None,
            division_id=_number(said.get("division")),
            industry=(said.get("industry") or "").upper(),
            started_in=said.get("started"),
            text=said.get("text") or "",
            turned_since=said.get("turned_since"),
            turned_from=said.get("turned_from") or "",
            moved_since=said.get("moved_since"),
            is_held_up=bool(said.get("held_up")),
            held_up_since=said.get("held_up_since"),
            without=said.get("without") or "",
        )


def places(viewer: Viewer) -> list[tuple[int, str]]:
    """The viewer's divisions and the townships in them, for choosing where a project stands."""
    return [(row.division.pk, f"{'　' * row.depth}{row.division.name}") for row in division_tree(viewer)]


def _number(record: Any) -> int | None:
    return record.pk if record else None
