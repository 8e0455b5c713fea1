"""Sending in a file of projects, and taking it over once it was looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.sheets.forms import PreviewedForm
from sushui.kernel.sheets.previews import held_preview
from sushui.kernel.uploads import is_too_large
from sushui.projects.models import ExchangeDraft
from sushui.projects.services.exchange import commit_exchange, stage_exchange
from sushui.projects.services.exchange_previews import odd_codes_shown


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


class ExchangeCommitForm(PreviewedForm):
    title = _("Take the projects over")
    button = _("Take over")
    done = _("The projects are in the ledger.")
    record: ExchangeDraft
    is_confirmed = forms.BooleanField(
        label=_("I compared these codes with the documents: they stand there so."), required=False
    )

    def prepare(self) -> None:
        super().prepare()
        odd = odd_codes_shown(held_preview(self.record))
        self.fields["is_confirmed"].help_text = " ".join(odd)
        if not odd:
            del self.fields["is_confirmed"]

    def act(self) -> ExchangeDraft:
        return commit_exchange(
            self.viewer,
            self.record,
            seen_version=self.seen_version,
            seen_preview=self.seen_preview,
            is_confirmed=bool(self.cleaned_data.get("is_confirmed")),
        )
