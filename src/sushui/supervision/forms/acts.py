"""What the forms of this room share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm

NOTHING_TICKED = _("Nothing is ticked: tick at least one row.")


class GuardedForm(ActForm):
    """A form that knows whether its viewer may do the act at all."""

    def may(self) -> bool:
        """Whether the viewer may do this to the record, whatever is typed."""
        raise NotImplementedError


class LeaderField(forms.ModelChoiceField):
    """A field that chooses a leader's post, named by itself: its agency is known."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


def leader_field(label: Any, **more: Any) -> LeaderField:
    """A field that chooses one of the leaders' posts which `offer` gives it."""
    return LeaderField(None, label=label, required=False, **{"empty_label": _("Choose"), **more})


def records_field(label: Any, **more: Any) -> forms.ModelMultipleChoiceField[Any]:
    """A field that ticks some of the records which `offer` gives it."""
    return forms.ModelMultipleChoiceField(
        None, label=label, widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}), **more
    )
