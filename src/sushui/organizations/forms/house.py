"""Forms about what administrators keep: divisions, settings, the calendar."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, day_field, offer
from sushui.kernel.labels import label_of
from sushui.kernel.models import DatedSetting
from sushui.kernel.settings_registry import LONGEST, SettingDefinition, SettingKind, setting
from sushui.organizations import queries, services
from sushui.organizations.models import Division

DIGITS = RegexValidator(r"^[0-9]+\Z", _("Digits only."))
LARGEST_NOTICE = 1_000_000
YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


class LoadDivisionsForm(ActForm):
    """A county of GB/T 2260 with what lies above and below it."""

    title = _("Load a county")
    button = _("Load")
    done = _("The county and its townships are in.")

    code = forms.CharField(
        label=_("Code of the county"),
        min_length=6,
        max_length=6,
        validators=[DIGITS],
        help_text=_("Six digits of GB/T 2260; what is there already stays as it is."),
    )

    def act(self) -> Division:
        return services.load_divisions(self.viewer, self.cleaned_data["code"])


class ZoneForm(ActForm):
    """A development zone outside GB/T 2260."""

    title = _("Add a development zone")
    button = _("Add")
    done = _("The development zone was added.")

    parent = forms.ModelChoiceField(Division.objects.none(), label=_("Lies in"))
    code = forms.CharField(label=_("Code"), min_length=6, max_length=12, validators=[DIGITS])
    name = forms.CharField(label=_("Name of the zone"), max_length=64)

    def prepare(self) -> None:
        offer(self, "parent", queries.divisions(self.viewer))
        self.fields["parent"].initial = self.viewer.division_id

    def act(self) -> Division:
        typed = self.cleaned_data
        return services.add_zone(self.viewer, code=typed["code"], name=typed["name"], parent=typed["parent"])


class SettingForm(ActForm):
    """A value of a setting from a day on; ``record`` is the setting's definition."""

    button = _("Set")
    done = _("The setting is kept.")

    value = forms.CharField(label=_("Value"))
    from_on = day_field(label=_("From"), help_text=_("Earlier days keep their value."))
    source = forms.CharField(
        label=_("Where it is stated"),
        max_length=255,
        required=False,
        help_text=_("The document that says so, with its number."),
    )

    def prepare(self) -> None:
        definition: SettingDefinition = self.record
        present = setting(definition.key, self.viewer.division_id)
        self.fields["value"] = value_field(definition)
        self.fields["value"].initial = _as_typed(present)
        self.fields["from_on"].initial = clock.today()

    def act(self) -> DatedSetting:
        typed = self.cleaned_data
        return services.change_setting(
            self.viewer,
            self.record.key,
            _as_stored(self.record, typed["value"]),
            from_on=typed["from_on"],
            source=typed["source"],
        )


def value_field(definition: SettingDefinition) -> forms.Field:
    """The field in which a value of the setting's kind is typed."""
    label = _("Value")
    match definition.kind:
        case SettingKind.NUMBER:
            return forms.IntegerField(label=label, min_value=definition.least, max_value=definition.most)
        case SettingKind.YES_OR_NO:
            return forms.ChoiceField(label=label, choices=YES_OR_NO)
        case SettingKind.CHOICE:
            return forms.ChoiceField(label=label, choices=[(str(word), label_of(word)) for word in definition.choices])
        case SettingKind.TIME:
            return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        case SettingKind.TEXT:
            return forms.CharField(label=label, max_length=LONGEST, required=False)


def _as_typed(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _as_stored(definition: SettingDefinition, typed: Any) -> Any:
    if definition.kind is SettingKind.YES_OR_NO:
        return typed == "yes"
    return f"{typed:%H:%M}" if isinstance(typed, time) else typed


class NoticeForm(ActForm):
    """A holiday notice as a file."""

    title = _("Load a holiday notice")
    button = _("Load")
    done = _("The notice is loaded; provisional deadlines were counted again.")

    file = forms.FileField(
        label=_("File of the notice"),
        help_text=_("JSON as holiday-cn publishes it: a year, and its days with “date” and “isOffDay”."),
    )
    source = forms.CharField(
        label=_("Number of the notice"), max_length=255, required=False, help_text=_("As the State Council printed it.")
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_NOTICE:
            raise forms.ValidationError(_("A notice has less than 1 MB."))
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This file is not text in UTF-8.")) from error

    def act(self) -> tuple[int, ...]:
        return services.load_calendar(self.viewer, self.cleaned_data["file"], source=self.cleaned_data["source"])


class DayForm(ActForm):
    """One day of an announced year."""

    title = _("Change one day")
    button = _("Change the day")
    done = _("The day is changed; deadlines that it moves were counted again.")

    on = day_field(label=_("Day"))
    is_working = forms.ChoiceField(
        label=_("It is"),
        choices=[("off", _("a rest day")), ("working", _("a working day"))],
        widget=forms.RadioSelect,
    )

    def act(self) -> None:
        is_working = self.cleaned_data["is_working"] == "working"
        services.change_calendar_day(self.viewer, self.cleaned_data["on"], is_working=is_working)


class AuditFilterForm(forms.Form):
    """What the lines of the chain are narrowed to."""

    who = forms.CharField(label=_("Person or post"), required=False)
    target = forms.CharField(label=_("Record"), required=False)
    from_on = day_field(label=_("From"), required=False)
    to_on = day_field(label=_("Until"), required=False)
