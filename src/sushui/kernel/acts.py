"""The form of an act: checked, then done by a service; a refusal is shown where it was typed, what was typed stays."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.models import Record
from sushui.kernel.viewer import Viewer

Text = str | Promise


class ActForm(forms.Form):
    """A form that does one act. Subclasses say what is asked for and give `act`.

    ``record`` is what the act is about, if there is something yet. ``made`` is what the act gave.
    """

    title: ClassVar[Text] = ""
    button: ClassVar[Text] = ""
    done: ClassVar[Text] = ""
    use_required_attribute = False  # errors are said in words beside the field, in the reader's language

    def __init__(self, data: Any = None, files: Any = None, *, viewer: Viewer, record: Any = None, **more: Any) -> None:
        super().__init__(data, files, **more)
        self.viewer = viewer
        self.record = record
        self.refusal: DomainError | None = None
        self.made: Any = None
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and initial values from the record."""

    def act(self) -> Any:
        """Do it by a service; gives what it made, if anything."""
        raise NotImplementedError

    def is_done(self) -> bool:
        """Do the act if what was typed can be taken; a refusal is kept for the page.

        Raises:
            Forbidden, NotFound: these are pages of their own.
        """
        if not self.is_valid():
            return False
        try:
            self.made = self.act()
        except (NotFound, Forbidden):
            raise
        except StaleRecord as error:
            self.refusal = error
            self.renew()
        except DomainError as error:
            self.refusal = error
            self.add_error(None, str(error))
        return self.refusal is None

    def renew(self) -> None:
        """Make the form ready to be sent again after somebody else changed the record."""

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form."""
        if self.refusal is not None:
            return self.refusal.status
        return 422 if self.is_bound else 200


class VersionedActForm(ActForm):
    """An act on a record that others may change meanwhile; the form carries the version that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        assert isinstance(self.record, Record), "only records have versions"
        self.fields["version"].initial = self.record.version

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["version"])

    def renew(self) -> None:
        self.record.refresh_from_db()
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("version")] = str(self.record.version)
        self.data = typed


def text_area(rows: int = 4) -> forms.Textarea:
    """A field for sentences."""
    return forms.Textarea(attrs={"rows": rows})


def day_field(**more: Any) -> forms.DateField:
    """A field for a day, with the browser's own calendar."""
    return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


def record_field(label: Any, **more: Any) -> forms.ModelChoiceField[Any]:
    """A field that chooses one of the records which `offer` gives it."""
    return forms.ModelChoiceField(None, label=label, **{"empty_label": _("Choose"), **more})


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the field ``name`` of a form choose among ``rows``."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
