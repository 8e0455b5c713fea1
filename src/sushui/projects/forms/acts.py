"""What the forms of this room share: who may, money at the door in 万元, months."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.typed import MoneyField, MonthField
from sushui.kernel.wording import plain
from sushui.projects.models import Project

__all__ = ["MoneyField", "MonthChoice", "MonthField", "ProjectActForm", "plain"]


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


class MonthChoice(forms.ChoiceField):
    """One of the months that the form offers."""

    def clean(self, value: Any) -> date:
        try:
            return date.fromisoformat(f"{super().clean(value)}-01")
        except ValueError as error:
            raise ValidationError(_("Choose a month.")) from error
