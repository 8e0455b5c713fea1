"""Registering and editing a project: short, in the order people think, official fields with hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.industries import Industry, industries, industry
from sushui.kernel.labels import choices_of, label_of
from sushui.organizations.queries import responsible_agencies
from sushui.projects import queries, services
from sushui.projects.enums import CodeFlaw, FundingSource, ProjectLevel, ProjectSector, ProjectStage
from sushui.projects.forms.acts import MoneyField, MonthField
from sushui.projects.forms.asking import AskingForm
from sushui.projects.forms.filters import places
from sushui.projects.models import Project
from sushui.projects.permissions import may_edit_project, may_keep_ledger
from sushui.projects.rules.codes import clean_code, has_organization_code
from sushui.projects.rules.stages import LIFE
from sushui.projects.services import ProjectDraft, Registration

MOST_INDUSTRIES = 12
COMPARED = _("I compared it with the document: it stands there so.")
MEND = _("Correct it, or confirm below that the document says so.")
SOUND_INSIDE = _("The organization code inside it is sound, as in some early codes.")
AMOUNTS = ("total_investment", "expected_output", "expected_tax")
PLAIN = ("name", "code", "content", "owner_name", "owner_code", "place_text", "area_mu", "energy_tce", "jobs", "note")
DAYS = ("planned_start_month", "planned_completion_month")


def industries_like(text: str, most: int = MOST_INDUSTRIES) -> list[Industry]:
    """Industries whose code begins with the text or whose name holds it, the broadest first."""
    sought = text.strip().upper()
    if not sought:
        return []
    found = [each for each in industries().values() if each.code.startswith(sought) or sought in each.name.upper()]
    return sorted(found, key=lambda each: (len(each.code), each.code))[:most]


class IndustryField(forms.CharField):
    """An industry by its code, by its name or as the list suggests it (``3217 镁冶炼``); known by its code."""

    def __init__(self, **more: Any) -> None:
        attrs = {
            "list": "industry-options",
            "hx-get": "/projects/industries/",
            "hx-trigger": "input changed delay:200ms",
            "hx-target": "#industry-options",
            "autocomplete": "off",
        }
        super().__init__(max_length=80, widget=forms.TextInput(attrs=attrs), **more)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        by_code = industry(typed.split()[0])
        if by_code is not None:
            return by_code.code
        found = industries_like(typed)
        exact = [each for each in found if each.name == typed] or found
        if len(exact) == 1:
            return exact[0].code
        raise ValidationError(_said_industries(found))


def _said_industries(found: list[Industry]) -> Any:
    if not found:
        return _("GB/T 4754-2017 has no such industry: give its code of 2 to 4 digits, or a word of its name.")
    return _("Several industries are named so: %(found)s. Give the code of the one that is meant.") % {
        "found": "; ".join(map(str, found))
    }


@dataclass(frozen=True)
class Section:
    """Fields that stand together; a ``folded`` section opens by its head."""

    title: Any
    fields: list[Any]
    is_folded: bool = False


class RegisterForm(AskingForm):
    """Enters a project into the ledger."""

    title = button = _("Register a project")
    done = _("The project is in the ledger. Plan its year next.")
    template = "projects/register.html"

    name = forms.CharField(label=_("Project name"), max_length=200)
    content = forms.CharField(
        label=_("Content and scale"), required=False, widget=text_area(3), help_text=_("What is built, how much of it.")
    )
    owner_name = forms.CharField(label=_("Project owner"), max_length=128, required=False)
    agency = record_field(_("Responsible agency"), required=False)
    total_investment = MoneyField(
        label=_("Total investment"), required=False, min_value=0, help_text=_("In ten thousand yuan.")
    )
    stage = forms.ChoiceField(
        label=_("Stage"), choices=[(value, label) for value, label in choices_of(ProjectStage) if value in LIFE]
    )
    stage_on = day_field(label=_("In this stage since"), required=False, help_text=_("Today if left empty."))
    started_on = day_field(
        label=_("Started on"), required=False, help_text=_("Where construction has begun: the day on which it did.")
    )
    completed_on = day_field(label=_("Completed on"), required=False)
    planned_start_month = MonthField(label=_("Planned start"), required=False)
    planned_completion_month = MonthField(label=_("Planned completion"), required=False)
    level = forms.ChoiceField(
        label=_("Level"), choices=choices_of(ProjectLevel), initial=ProjectLevel.OTHER, required=False
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *choices_of(ProjectSector)], required=False)
    cluster = record_field(_("Cluster"), required=False)
    place = forms.TypedChoiceField(label=_("Place"), required=False, coerce=int, empty_value=None)
    place_text = forms.CharField(label=_("Address"), max_length=200, required=False)

    code = forms.CharField(
        label=_("Project code"),
        max_length=32,
        required=False,
        help_text=_("From the online approval platform, such as 2212-140826-89-01-123456 (GB/T 40058-2021)."),
    )
    confirm_code = forms.BooleanField(label=COMPARED, required=False)
    owner_code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=32,
        required=False,
        help_text=_("18 characters of the owner's business licence (GB 32100-2015)."),
    )
    confirm_owner_code = forms.BooleanField(label=COMPARED, required=False)
    industry_code = IndustryField(
        label=_("Industry"),
        required=False,
        help_text=_("By the project's main product: a code of GB/T 4754-2017 or a word of its name."),
    )

    area_mu = forms.DecimalField(label=_("Land (mu)"), required=False, max_digits=12, decimal_places=2)
    energy_tce = forms.DecimalField(label=_("Yearly energy (tce)"), required=False, max_digits=14, decimal_places=2)
    expected_output = MoneyField(
        label=_("Expected yearly output"), required=False, min_value=0, help_text=_("In ten thousand yuan.")
    )
    expected_tax = MoneyField(
        label=_("Expected yearly tax"), required=False, min_value=0, help_text=_("In ten thousand yuan.")
    )
    jobs = forms.IntegerField(label=_("Jobs"), required=False, min_value=0)
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        self.year = clock.today().year
        self._odd = self._found_odd()
        self.fields["place"].choices = [("", "—"), *places(self.viewer)]  # type: ignore[attr-defined]
        offer(self, "agency", responsible_agencies(self.viewer))
        offer(self, "cluster", queries.clusters(self.viewer.division_id))
        for name in self._unneeded():
            del self.fields[name]
        self._lead_to_odd()
        for year, source in self._sources():
            label = _("Whole project") if not year else str(year)
            field = MoneyField(label=label, required=False, min_value=0)
            field.widget.attrs["aria-label"] = f"{label_of(source)} {label}"
            self.fields[_money_name(year, source)] = field

    def may(self) -> bool:
        return bool(may_keep_ledger(self.viewer))

    def _unneeded(self) -> Iterator[str]:
        """The boxes by which an odd code is confirmed stand only where one was typed."""
        for name in ("code", "owner_code"):
            if name not in self._odd:
                yield f"confirm_{name}"
        if not queries.clusters(self.viewer.division_id).exists():
            yield "cluster"

    def _lead_to_odd(self) -> None:
        """A form that comes back for it stands at the first odd code that nobody has confirmed."""
        asked = [name for name in self._odd if self.is_bound and not self.data.get(f"confirm_{name}")]
        for name in asked[:1]:
            self.fields[f"confirm_{name}"].widget.attrs["autofocus"] = True

    def _found_odd(self) -> Mapping[str, CodeFlaw]:
        if not self.is_bound:
            return {}
        return services.odd_codes(self.data.get("code", ""), self.data.get("owner_code", ""))

    def _sources(self) -> Iterable[tuple[int, FundingSource]]:
        return [(year, source) for source in FundingSource for year in (0, self.year)]

    # --- how it is laid out
    @property
    def sections(self) -> list[Section]:
        """The fields in the order people think; what can wait stands folded."""
        parts = (
            (_("What and whose"), ("name", "content", "owner_name", "agency", "total_investment"), False),
            (_("Where it stands"), ("stage", "stage_on", "started_on", "completed_on", *DAYS, *self.boxes), False),
            (
                _("How lists part it"),
                ("level", "sector", "cluster", "industry_code", "place", "place_text"),
                False,
            ),
            (_("Official codes"), ("code", "confirm_code", "owner_code", "confirm_owner_code"), False),
            (
                _("Land, energy, output"),
                ("area_mu", "energy_tce", "expected_output", "expected_tax", "jobs", "note"),
                not self.errors,
            ),
        )
        return [
            Section(title, [self[name] for name in names if name in self.fields], folded)
            for title, names, folded in parts
        ]

    @property
    def money_rows(self) -> list[tuple[str, Any, Any]]:
        """One row for each source: its label, the field for the whole and the one for this year."""
        return [
            (label_of(source), self[_money_name(0, source)], self[_money_name(self.year, source)])
            for source in FundingSource
        ]

    # --- what is done
    def clean(self) -> dict[str, Any]:
        """Say beside a code what is odd about it, and let the person who compared it confirm it."""
        for name, flaw in self._odd.items():
            if not self.cleaned_data.get(f"confirm_{name}"):
                self.add_error(name, self._said_odd(name, flaw))
        said = self.cleaned_data
        is_begun = said.get("stage") == ProjectStage.UNDER_CONSTRUCTION
        if is_begun and not (said.get("stage_on") or said.get("started_on")):
            self.add_error("started_on", _("Give the day on which construction began: it is never taken to be today."))
        return said

    def _said_odd(self, name: str, flaw: CodeFlaw) -> str:
        sentences = [label_of(flaw), str(MEND)]
        if name == "owner_code" and has_organization_code(clean_code(self.data.get(name, ""))):
            sentences.insert(1, str(SOUND_INSIDE))
        return " ".join(sentences)

    def act(self) -> Project:
        said = self.cleaned_data
        begun = said["started_on"] if said["stage"] == ProjectStage.UNDER_CONSTRUCTION else None
        wanted = Registration(
            self.draft(),
            stage=ProjectStage(said["stage"]),
            stage_on=said["stage_on"] or begun or clock.today(),
            started_on=said["started_on"],
            completed_on=said["completed_on"],
        )
        return services.register_by_hand(self.viewer, wanted, confirmed=self.confirmed)

    def draft(self) -> ProjectDraft:
        """What was typed, as the ledger is to say it."""
        said = self.cleaned_data
        plain = {name: said[name] for name in (*PLAIN, *AMOUNTS, *DAYS)}
        return ProjectDraft(
            **plain,
            industry_code=said["industry_code"],
            cluster_id=said["cluster"].pk if said.get("cluster") else None,
            agency_id=said["agency"].pk if said.get("agency") else None,
            place_id=said["place"] or None,
            level=ProjectLevel(said["level"] or ProjectLevel.OTHER),
            sector=ProjectSector(said["sector"]) if said["sector"] else None,
            funding=self._funding(),
            confirmed=frozenset(name for name in self._odd if said.get(f"confirm_{name}")),
        )

    def _funding(self) -> dict[tuple[int, FundingSource], Decimal]:
        typed = {key: self.cleaned_data.get(_money_name(*key)) for key in self._sources()}
        return {key: amount for key, amount in typed.items() if amount}


def _money_name(year: int, source: FundingSource) -> str:
    return f"money_{year}_{source.value}"


class EditForm(RegisterForm, VersionedActForm):
    """Lets the ledger say something else of a project, on the version that was seen."""

    title = _("Edit the project")
    button = pgettext_lazy("button", "Save")
    done = _("The project is changed.")
    record: Project

    def prepare(self) -> None:
        super().prepare()
        for name in ("stage", "stage_on", "started_on", "completed_on"):
            del self.fields[name]
        project = self.record
        self.initial.update({name: getattr(project, name) for name in (*PLAIN, *AMOUNTS, *DAYS)})
        self.initial.update(
            industry_code=project.industry_code and str(industry(project.industry_code) or project.industry_code),
            cluster=project.cluster_id,
            agency=project.agency_id,
            place=project.place_id,
            level=project.level,
            sector=project.sector,
        )
        self.kept = {(row.year, row.source): row.amount for row in queries.funding_of(project)}
        self.initial.update({_money_name(*key): amount for key, amount in self.kept.items()})

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def _found_odd(self) -> Mapping[str, CodeFlaw]:
        """What was confirmed already stays confirmed while the code stays as it is."""
        known = {"code": self.record.code, "owner_code": self.record.owner_code}
        typed = self.data if self.is_bound else known
        found = services.odd_codes(typed.get("code", ""), typed.get("owner_code", ""))
        self.initial.update({f"confirm_{name}": typed.get(name) == known[name] for name in found})
        return found

    def _funding(self) -> dict[tuple[int, FundingSource], Decimal]:
        """What is planned for other years stays as it is."""
        others = {key: amount for key, amount in self.kept.items() if key not in set(self._sources())}
        return {**others, **super()._funding()}

    def act(self) -> Project:
        return services.edit_project(self.viewer, self.record, self.draft(), seen_version=self.seen_version)
