"""Where a project stands, and the shapes of townships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import ActForm, VersionedActForm
from sushui.kernel.labels import choices_of
from sushui.projects.enums.ground import Datum
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.models import Project
from sushui.projects.permissions import may_edit_project
from sushui.projects.services.ground import ShapesKept, keep_township_shapes, locate_project, remove_township_shapes


class LocateForm(ProjectActForm, VersionedActForm):
    """Says where a project stands, to the point."""

    title = button = _("Place on the map")
    done = _("The project has its place on the map.")
    record: Project
    longitude = forms.DecimalField(
        label=_("Longitude"),
        required=False,
        max_digits=9,
        decimal_places=6,
        help_text=_("In degrees, such as 111.5706."),
    )
    latitude = forms.DecimalField(
        label=_("Latitude"),
        required=False,
        max_digits=8,
        decimal_places=6,
        help_text=_("In degrees of WGS-84, as receivers of satellites give them: not copied from an online map."),
    )

    def prepare(self) -> None:
        self.initial.update(longitude=self.record.longitude, latitude=self.record.latitude)

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def act(self) -> Project:
        said = self.cleaned_data
        return locate_project(
            self.viewer,
            self.record,
            longitude=said["longitude"],
            latitude=said["latitude"],
            seen_version=self.seen_version,
        )


class ShapesForm(ActForm):
    """Keeps the shapes of the division's townships."""

    title = _("Shapes of townships")
    button = pgettext_lazy("button", "Upload")
    file = forms.FileField(
        label=_("File of shapes"),
        widget=forms.FileInput(attrs={"accept": ".json,.geojson"}),
        help_text=_(
            "GeoJSON, at most 8 MB: a polygon for each township, named by its name or code. "
            "Take shapes only from maps that may be used for this."
        ),
    )
    datum = forms.ChoiceField(label=_("Coordinates"), choices=choices_of(Datum))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("Who made the map, and of which year."))
    review_number = forms.CharField(
        label=_("Map review number"), max_length=64, required=False, help_text=_("It is shown below the map.")
    )
    made: ShapesKept

    def act(self) -> ShapesKept:
        said: dict[str, Any] = self.cleaned_data
        return keep_township_shapes(
            self.viewer,
            said["file"].read(),
            file_name=said["file"].name,
            datum=Datum(said["datum"]),
            source=said["source"],
            review_number=said["review_number"],
        )

    @property
    def done(self) -> str:  # type: ignore[override]
        """How many townships have a shape now, and what was left out."""
        said = _("%(count)s townships have a shape now.") % {"count": self.made.count}
        if self.made.missing:
            said += " " + _("Without one: %(names)s.") % {"names": ", ".join(self.made.missing)}
        if self.made.left_out:
            said += " " + _("Left out of the file: %(names)s.") % {"names": ", ".join(self.made.left_out[:10])}
        return str(said)


class RemoveShapesForm(ActForm):
    title = button = _("Remove the shapes")
    done = _("The map is schematic again.")

    def act(self) -> None:
        remove_township_shapes(self.viewer)
