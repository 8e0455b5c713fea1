"""What the forms of this room share: who may, money at the door in 万元, months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.projects.models import Project
from sushui.projects.panels.wording import WAN


class ProjectActForm(ActForm):
    """A form that knows whether its viewer may do the act at all."""

    def may(self) -> bool:
        """Whether the viewer may do this to the record, whatever is typed."""
        raise NotImplementedError

    @property
    def project(self) -> Project | None:
        """The project that the act is about."""
        found = self.record if isinstance(self.record, Project) else getattr(self.record, "project", None)
        return found if isinstance(found, Project) else None


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


def plain(amount: Decimal) -> str:
    """A number without zeros that say nothing."""
    return f"{amount.normalize():f}"


class MonthField(forms.DateField):
    """A month as the first of its days, typed as 2026-09 or chosen in the browser's calendar."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2026-09"})
        said = {"invalid": _("Give a month such as 2026-09.")}
        super().__init__(widget=widget, input_formats=["%Y-%m"], error_messages=said, **more)


class MonthChoice(forms.ChoiceField):
    """One of the months that the form offers."""

    def clean(self, value: Any) -> date:
        try:
            return date.fromisoformat(f"{super().clean(value)}-01")
        except ValueError as error:
            raise ValidationError(_("Choose a month.")) from error
