"""What the cockpit and the rows behind it are asked by. What is not understood narrows nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import day_field
from sushui.kernel.months import month_of


class AskedForm(forms.Form):
    """One division below, another day than the last meeting's, the month of a sum."""

    division = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    since = day_field(label=_("What changed since"), required=False)
    month = forms.DateField(required=False, input_formats=["%Y-%m"])
    grid = forms.ChoiceField(required=False, choices=[("stage", ""), ("place", "")])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.is_valid()

    @property
    def division_id(self) -> int | None:
        return self.cleaned_data.get("division")

    @property
    def day(self) -> Any:
        """The day asked for; none that is still to come."""
        day = self.cleaned_data.get("since")
        return day if day and day <= clock.today() else None

    @property
    def asked_month(self) -> Any:
        return month_of(self.cleaned_data.get("month") or clock.today())

    @property
    def by_place(self) -> bool:
        return self.cleaned_data.get("grid") == "place"
