"""The path of a project, who holds which permits, and new versions of a path."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.acts import ActForm, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import responsible_agencies
from sushui.projects.adapter.permits import Limited, PermitTemplate, packaged_text, template_of, with_length
from sushui.projects.enums.permits import ClockStart, PermitPath, PermitUnit, PermitVariant
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.models import PermitPlan, PermitTemplateVersion, Project
from sushui.projects.panels.permits.wording import called
from sushui.projects.permissions import may_keep_ledger, may_plan_permits
from sushui.projects.queries.permits import permit_holders, permit_plan_of
from sushui.projects.rules.permits import PROJECT_UNIT, Span, suggested_flags, suggested_path
from sushui.projects.services import permits as services

UNDECIDED = ("", _("Not decided yet"))


class ChoosePathForm(ProjectActForm):
    """By which law the project is let begin, and what is so about it."""

    title = _("Permit path of the project")
    button = pgettext_lazy("button", "Save")
    done = _("The path is chosen: the steps stand below.")
    record: Project
    path = forms.ChoiceField(label=_("Permit path"), choices=choices_of(PermitPath))
    variant = forms.ChoiceField(label=_("Variant"), choices=choices_of(PermitVariant))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        self.plan: PermitPlan | None = permit_plan_of(self.record)
        self.words = template_of(PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD, None)
        known = set(self.plan.flags) if self.plan else suggested_flags(_number(self.record.energy_tce))
        self.initial.setdefault("path", self.plan.path if self.plan else suggested_path(self.record.sector))
        self.initial.setdefault("variant", self.plan.variant if self.plan else PermitVariant.STANDARD)
        self.initial.setdefault("version", self.plan.version if self.plan else None)
        self._add_choices(known)

    def _add_choices(self, known: set[str] | frozenset[str]) -> None:
        titles = (_("Land"), _("Environmental impact"))
        chosen = {flag for choice in self.words.choices for flag in choice}
        for number, choice in enumerate(self.words.choices):
            options = [UNDECIDED, *((flag, called(self.words.flags[flag])) for flag in choice)]
            title = titles[number] if number < len(titles) else _("One of these")
            initial = next((flag for flag in choice if flag in known), "")
            self.fields[f"choice_{number}"] = forms.ChoiceField(
                label=title, choices=options, required=False, initial=initial
            )
        others = [(flag, called(said)) for flag, said in self.words.flags.items() if flag not in chosen]
        self.fields["flags"] = forms.MultipleChoiceField(
            label=_("Circumstances"),
            choices=others,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=sorted(known - chosen),
        )

    def may(self) -> bool:
        return bool(may_plan_permits(self.viewer, self.record))

    def act(self) -> PermitPlan:
        said = self.cleaned_data
        chosen = [said[f"choice_{number}"] for number in range(len(self.words.choices))]
        return services.choose_permit_path(
            self.viewer,
            self.record,
            path=PermitPath(said["path"]),
            variant=PermitVariant(said["variant"]),
            flags={flag for flag in [*chosen, *said["flags"]] if flag},
            seen_version=said["version"],
        )


def _number(amount: Any) -> float | None:
    return None if amount is None else float(amount)


class HoldersForm(ProjectActForm):
    """Which agency here is the one that the paths speak of."""

    title = _("Who holds which permits")
    button = pgettext_lazy("button", "Save")
    done = _("It is said who holds which permits.")

    def prepare(self) -> None:
        words = template_of(PermitPath.GOVERNMENT_INVESTMENT, PermitVariant.STANDARD, None)
        named = permit_holders(self.viewer.division_id)
        agencies = responsible_agencies(self.viewer)
        for kind, said in words.agencies.items():
            if kind != PROJECT_UNIT:
                self.fields[kind] = record_field(called(said), required=False, initial=named.get(kind))
                offer(self, kind, agencies)

    def may(self) -> bool:
        return bool(may_keep_ledger(self.viewer))

    def act(self) -> None:
        said = self.cleaned_data
        holders = {kind: agency.pk if agency else None for kind, agency in said.items()}
        services.name_permit_holders(self.viewer, holders)


class TemplateForm(ActForm):
    """A new version of a path; the number that was seen keeps two people from overwriting each other."""

    button = _("Write the new version")
    done = _("The new version is written; projects keep theirs until somebody chooses anew.")
    note = forms.CharField(label=_("What was changed, and by which document"), widget=text_area(2))
    seen_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, path: PermitPath, variant: PermitVariant, newest: PermitTemplateVersion | None, **more: Any
    ) -> None:
        self.path, self.variant, self.newest = path, variant, newest
        super().__init__(*args, **more)

    @property
    def text_now(self) -> str:
        return self.newest.text if self.newest else packaged_text(self.path, self.variant)

    @property
    def template_now(self) -> PermitTemplate:
        return template_of(self.path, self.variant, self.newest)

    def prepare(self) -> None:
        self.initial.setdefault("seen_number", self.newest.number if self.newest else 0)

    def may(self) -> bool:
        return bool(may_keep_ledger(self.viewer))

    def new_text(self) -> str:
        """The text of the new version."""
        raise NotImplementedError

    def act(self) -> PermitTemplateVersion:
        said = self.cleaned_data
        return services.edit_permit_template(
            self.viewer,
            path=self.path,
            variant=self.variant,
            text=self.new_text(),
            note=said["note"],
            seen_number=said["seen_number"],
        )


class EditTemplateForm(TemplateForm):
    """The whole text of a path."""

    title = _("Write a new version of the path")
    text = forms.CharField(label=_("Text of the path"), widget=text_area(30))
    field_order = ("text", "note", "seen_number")

    def prepare(self) -> None:
        super().prepare()
        self.initial.setdefault("text", self.text_now)

    def new_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class LengthForm(TemplateForm):
    """How long one step may take here: a limit where the law states none, or a shorter one that was promised."""

    title = _("State how long a step takes")
    step = forms.ChoiceField(label=_("Permit step"))
    what = forms.ChoiceField(
        label=_("What is stated"), choices=[("limit", _("Limit")), ("promised", _("Promised length"))]
    )
    count = forms.IntegerField(label=_("Length"), min_value=0, max_value=3650)
    unit = forms.ChoiceField(label=_("Unit of measure"), choices=choices_of(PermitUnit))
    runs_from = forms.ChoiceField(label=_("Runs"), choices=choices_of(ClockStart), initial=ClockStart.ACCEPTANCE)
    source = forms.CharField(
        label=_("Source"), max_length=255, required=False, help_text=_("The document that says so; needed for a limit.")
    )
    field_order = ("step", "what", "count", "unit", "runs_from", "source", "note", "seen_number")

    def prepare(self) -> None:
        super().prepare()
        laws = self.template_now.steps
        options = [(law.key, called(law.said) + ("" if law.has_length else f" · {_('not stated')}")) for law in laws]
        self.fields["step"].choices = options  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("what") == "limit" and not self.cleaned_data.get("source", "").strip():
            self.add_error("source", _("A limit needs a source: name the document that states it."))
        return self.cleaned_data

    def new_text(self) -> str:
        said = self.cleaned_data
        span = Span(said["count"], PermitUnit(said["unit"]))
        is_limit = said["what"] == "limit"
        limit = Limited(span, ClockStart(said["runs_from"]), said["source"].strip()) if is_limit else None
        text = self.newest.text if self.newest else ""
        return with_length(
            self.path, self.variant, text, said["step"], limit=limit, promised=None if is_limit else span
        )
