"""Fields of forms for what is typed otherwise than it is stored: money in 万元, months."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.wording import WAN, plain


class MoneyField(forms.DecimalField):
    """An amount typed in 万元 and known as yuan."""

    def __init__(self, **more: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
        said = {"max_digits": 14, "decimal_places": 6, "widget": widget, **more}
        super().__init__(**said)
        self.label_suffix = ""

    def prepare_value(self, value: Any) -> Any:
        """Yuan as the form shows them; what was typed stays as it is."""
        return plain(value / WAN) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(str(value).replace(",", "").replace("，", "") if value else value)
        return None if typed is None else typed * WAN


class MonthField(forms.DateField):
    """A month as the first of its days, typed as 2026-09 or chosen in the browser's calendar."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-09"})
        said = {"invalid": _("Give a month such as 2026-09.")}
        super().__init__(widget=widget, input_formats=["%Y-%m"], error_messages=said, **more)
