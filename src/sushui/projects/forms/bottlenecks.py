"""What the list of bottlenecks can be narrowed to: each field is a chip."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.labels import choices_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import responsible_agencies
from sushui.projects.enums import BottleneckKind, BottleneckState
from sushui.projects.queries import BottleneckFilter

ANY = ("", _("Any"))
STATES = [
    ("", _("Open bottleneck")),
    *choices_of(BottleneckState)[1:],
    ("all", pgettext_lazy("scope", "All")),
]
TASKS = [ANY, ("yes", _("With a task")), ("no", _("Without a task"))]


class BottleneckFilterForm(forms.Form):
    """The chips of the list. What is not understood narrows nothing."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *choices_of(BottleneckKind)], required=False)
    agency = forms.ChoiceField(label=_("Whose it is to clear"), required=False)
    task = forms.ChoiceField(label=_("Task"), choices=TASKS, required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.TextInput(attrs={"size": 10}))

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        named = [(str(agency.pk), str(agency)) for agency in responsible_agencies(viewer)]
        self.fields["agency"].choices = [ANY, ("0", _("No agency is named")), *named]  # type: ignore[attr-defined]

    def narrowed(self) -> BottleneckFilter:
        self.is_valid()
        said = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        agency_id = int(said["agency"]) if said["agency"] else None
        return BottleneckFilter(said["state"], said["kind"], agency_id, said["task"], said["text"])
