"""The forms of sheets under way that do not depend on what the sheets hold."""

from __future__ import annotations

from django import forms

from sushui.kernel.acts import VersionedActForm
from sushui.kernel.sheets.previews import held_digest
from sushui.kernel.sheets.records import ListUnderWay


class PreviewedForm(VersionedActForm):
    """The import of what was shown; the form carries the digest of the preview that was seen."""

    record: ListUnderWay
    preview = forms.CharField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial["preview"] = held_digest(self.record) or ""

    @property
    def seen_preview(self) -> str | None:
        return self.cleaned_data["preview"] or None
