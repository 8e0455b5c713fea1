"""Sending in a file of projects, and taking it over once it was looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.uploads import is_too_large
from sushui.projects.models import ExchangeDraft
from sushui.projects.services.exchange import commit_exchange, stage_exchange


class ExchangeForm(ActForm):
    title = _("Projects as OC4IDS")
    button = _("Send in and look")
    done = _("The file is read. Look at what would become of each project.")
    file = forms.FileField(
        label=_("OC4IDS file"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=_("JSON of another publisher, or of your own: a package, or single projects."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if is_too_large(file):
            raise ValidationError(_("The file is larger than is taken. Send it in parts."))
        return file

    def act(self) -> ExchangeDraft:
        file = self.cleaned_data["file"]
        return stage_exchange(self.viewer, file_name=file.name, data=file.read())


class ExchangeCommitForm(ActForm):
    title = _("Take the projects over")
    button = _("Take over")
    done = _("The projects are in the ledger.")
    record: ExchangeDraft

    def act(self) -> ExchangeDraft:
        return commit_exchange(self.viewer, self.record)
