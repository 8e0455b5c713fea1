"""Fields that choose posts, people and agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.models import User
from sushui.organizations.models import Agency, Post


class PostField(forms.ModelChoiceField):
    """Chooses a post; says who holds it."""

    def label_from_instance(self, obj: Any) -> str:
        holders = "、".join(tenure.user.name for tenure in getattr(obj, "holders_now", []))
        return f"{obj}（{holders}）" if holders else str(obj)


class PersonField(forms.ModelChoiceField):
    """Chooses a person; says the account and what the person holds now."""

    def label_from_instance(self, obj: Any) -> str:
        held = "、".join(str(tenure.post) for tenure in getattr(obj, "held_now", []))
        return f"{obj.name}（{obj.username}）{held}"


def post_field(label: Any, **more: Any) -> PostField:
    return PostField(Post.objects.none(), label=label, **{"empty_label": _("Choose"), **more})


def person_field(label: Any, **more: Any) -> PersonField:
    return PersonField(User.objects.none(), label=label, **{"empty_label": _("Choose"), **more})


def records_field(label: Any, **more: Any) -> forms.ModelMultipleChoiceField[Any]:
    """Ticks some agencies."""
    widget = forms.CheckboxSelectMultiple(attrs={"class": "picks"})
    return forms.ModelMultipleChoiceField(Agency.objects.none(), label=label, widget=widget, **more)
