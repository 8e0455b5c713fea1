"""Files that come in: how large they may be, and a form's fields for them; both work without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm
from sushui.kernel.errors import DomainError
from sushui.kernel.viewer import Viewer

MEGABYTE = 2**20
# Naming JPEG rather than all pictures makes phones that photograph in another format convert what they send.
ACCEPTED = "image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.wps,.et,.dps"


def is_too_large(file: UploadedFile[Any]) -> bool:
    """Whether a file has more bytes than the server takes at all; nothing of it is read."""
    return bool((file.size or 0) > settings.UPLOAD_LIMIT_BYTES)


def read_workbook(file: UploadedFile[Any]) -> bytes:
    """The bytes of a workbook that a program sends in.

    Raises:
        DomainError: ``file_too_large``, before anything is read.
    """
    if is_too_large(file):
        raise DomainError(
            "file_too_large",
            _("The file is larger than %(most)s MB."),
            _("Copy the list alone into a new workbook and send that."),
            most=settings.UPLOAD_LIMIT_BYTES // MEGABYTE,
        )
    return bytes(file.read())


class WorkbookField(forms.FileField):
    """One workbook; refused by its size before anything is read."""

    widget = forms.FileInput(attrs={"accept": ".xlsx"})
    default_error_messages = {
        "required": _("No file is chosen: choose the workbook."),
        "empty": _("The file is empty."),
    }

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any]:
        file: UploadedFile[Any] = super().clean(data, initial)
        if is_too_large(file):
            sentence = gettext("The file has more than %(limit)s MB: copy the list alone into a new workbook.")
            raise forms.ValidationError(sentence % {"limit": settings.UPLOAD_LIMIT_BYTES // MEGABYTE})
        return file


class FilesInput(forms.FileInput):
    """Two inputs of one name: files that are there, and one that opens a phone's camera."""

    template_name = "kernel/components/files_input.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, "multiple": True, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[Any]]:
        return list(files.getlist(name)) if files else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class FilesField(forms.FileField):
    """Any number of files, as a list; what they may be is said by whoever takes them in."""

    widget = FilesInput

    def clean(self, data: Sequence[UploadedFile[Any]], initial: Any = None) -> list[UploadedFile[Any]]:
        if not data and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(each, initial) for each in data]


def files_field(*, required: bool = False, **more: Any) -> FilesField:
    """A field for files; what a browser chose is not shown again with the form, so the help says it."""
    said = {
        "label": _("Files"),
        "help_text": _("PDF, Office files or pictures, several at once. If the form comes back, choose them again."),
        "error_messages": {"required": _("No file is chosen: choose at least one.")},
    }
    return FilesField(required=required, allow_empty_file=True, **{**said, **more})


# --- files that stay with a form -------------------------------------------------------------------------------------
class KeptGoneError(Exception):
    """What a form says was kept for it is not, or not for this person."""


class Keeper(Protocol):
    """Who takes files in for a form, and signs which they were: the room of documents."""

    def receive(self, viewer: Viewer, uploads: Any, *, keeps_place: bool = False) -> list[Any]: ...
    def signed(self, viewer: Viewer, received: Sequence[Any]) -> str: ...
    def restored(self, viewer: Viewer, said: str) -> list[Any]: ...


class KeptFilesForm(ActForm):
    """Keeps photos that were sent with a form that comes back; ``received`` are all of them once it was checked."""

    keeper: ClassVar[Keeper]
    photos = files_field(
        label=_("Photos"), help_text=_("Several at once, or from the camera. They stay with the form if it comes back.")
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.received = [*self._restored(said.get("kept", "")), *self._taken_in(said)]
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("kept")] = self.keeper.signed(self.viewer, self.received) if self.received else ""
        self.data = typed
        return said

    @property
    def kept_count(self) -> int:
        """How many photos stay with the form that comes back."""
        return len(getattr(self, "received", ()))

    def _taken_in(self, said: dict[str, Any]) -> list[Any]:
        uploads = said.get("photos") or []
        try:
            keeps_place = bool(said.get("keeps_place"))
            return self.keeper.receive(self.viewer, uploads, keeps_place=keeps_place) if uploads else []
        except DomainError as error:
            self.add_error("photos", str(error))
            return []

    def _restored(self, said: str) -> list[Any]:
        try:
            return self.keeper.restored(self.viewer, said) if said else []
        except KeptGoneError:
            self.add_error("photos", _("The photos you sent before are not kept any more: choose them again."))
            return []
