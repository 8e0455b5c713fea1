"""Attaching, replacing and withdrawing, for pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.documents import services
from sushui.documents.models import Attachment, FileVersion
from sushui.documents.targets import Target
from sushui.kernel.acts import ActForm, VersionedActForm, text_area
from sushui.kernel.uploads import ACCEPTED, files_field


class AttachForm(ActForm):
    title = button = _("Attach files")
    done = _("Attached.")
    record: Target
    uploads = files_field(required=True)

    def act(self) -> list[Attachment]:
        return services.attach_files(self.viewer, target=self.record, uploads=self.cleaned_data["uploads"])


class ReplaceForm(VersionedActForm):
    title = _("Replace the file")
    button = _("Send the new version")
    done = _("Replaced: the version before stays and can be opened.")
    record: Attachment
    file = forms.FileField(
        label=_("New version"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("No file is chosen: choose at least one.")},
    )

    def act(self) -> FileVersion:
        upload = self.cleaned_data["file"]
        return services.replace_file(self.viewer, self.record, upload=upload, seen_version=self.seen_version)


class WithdrawForm(VersionedActForm):
    title = button = _("Withdraw the file")
    done = _("Withdrawn: nobody opens it any more; that it was there, and why it is not, stays.")
    record: Attachment
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> Attachment:
        reason = self.cleaned_data["reason"]
        return services.withdraw_file(self.viewer, self.record, reason=reason, seen_version=self.seen_version)
