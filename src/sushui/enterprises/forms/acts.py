"""Acts on an enterprise: entering, editing, how it stands, the statistics bureau's list, people, figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.enterprises import queries, services
from sushui.enterprises.enums import EnterpriseFigureKind, EnterpriseStatus, FigureSource, LegalForm, PersonRole
from sushui.enterprises.forms.filters import PLACE
from sushui.enterprises.models import Enterprise, EnterprisePerson
from sushui.enterprises.permissions import (
    is_own_enterprise,
    may_edit_enterprise,
    may_keep_people,
    may_keep_register,
    may_list_enterprise,
    may_report_enterprise_figures,
    may_see_contacts,
    may_see_id_numbers,
    may_see_statistical_figures,
)
from sushui.enterprises.services import EnterpriseDraft, FigureDraft, PersonDraft
from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of, label_of
from sushui.kernel.official_codes import CodeFlaw, clean_code, has_organization_code
from sushui.kernel.typed import MoneyField
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.queries import division_tree, responsible_agencies

PLAIN = ("name", "code", "industry_code", "address", "established_on", "registered_capital", "note")
COUNTED = {EnterpriseFigureKind.EMPLOYEES: _("Persons."), EnterpriseFigureKind.ELECTRICITY: _("kWh.")}
WHOLE_YEAR = 0


class RegisterForm(ActForm):
    """Enters an enterprise into the register."""

    title = button = _("Enter an enterprise")
    done = _("The enterprise is in the register.")

    name = forms.CharField(label=_("Name of the enterprise"), max_length=200)
    confirm_name = forms.BooleanField(label=_("It is another enterprise than these."), required=False)
    code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=32,
        required=False,
        help_text=_("18 characters of the business licence (GB 32100-2015)."),
    )
    confirm_code = forms.BooleanField(label=_("I compared it with the document: it stands there so."), required=False)
    former_names = forms.CharField(
        label=_("Former names"), required=False, widget=text_area(2), help_text=_("One in a line.")
    )
    legal_form = forms.ChoiceField(label=_("Legal form"), choices=[("", "—"), *choices_of(LegalForm)], required=False)
    industry_code = forms.CharField(
        label=_("Industry"), max_length=80, required=False, help_text=_("A code of GB/T 4754-2017, such as 3217.")
    )
    cluster = record_field(_("Cluster"), required=False)
    agency = record_field(_("Responsible agency"), required=False)
    place = forms.TypedChoiceField(label=PLACE, required=False, coerce=int, empty_value=None)
    zone = forms.TypedChoiceField(label=_("Development zone"), required=False, coerce=int, empty_value=None)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    established_on = day_field(label=_("Established on"), required=False)
    registered_capital = MoneyField(label=_("Registered capital"), required=False, help_text=_("In ten thousand yuan."))
    has_qualification = forms.NullBooleanField(
        label=_("Construction qualification"), help_text=_("Builders with a qualification are above designated size.")
    )
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        tree = division_tree(self.viewer)
        places = [(row.division.pk, row.division.name) for row in tree]
        zones = [(row.division.pk, row.division.name) for row in tree if row.division.level is DivisionLevel.ZONE]
        self.fields["place"].choices = [("", "—"), *places]  # type: ignore[attr-defined]
        self.fields["zone"].choices = [("", "—"), *zones]  # type: ignore[attr-defined]
        offer(self, "agency", responsible_agencies(self.viewer))
        offer(self, "cluster", queries.clusters(self.viewer.division_id))
        self.flaw, self.alike = self._found_odd()
        unneeded = {"confirm_code": not self.flaw, "confirm_name": not self.alike, "zone": not zones}
        unneeded["cluster"] = not queries.clusters(self.viewer.division_id).exists()
        for name in (name for name, is_so in unneeded.items() if is_so):
            del self.fields[name]

    def may(self) -> bool:
        return bool(may_keep_register(self.viewer))

    def _found_odd(self) -> tuple[CodeFlaw | None, list[Enterprise]]:
        """What is odd about the code that was typed, and who may be the same enterprise under another name."""
        if not self.is_bound:
            return None, []
        name, own = self.data.get("name", ""), getattr(self.record, "pk", None)
        alike = services.names_like(self.viewer, name, but=own) if name.strip() else []
        same = [row for row in alike if row.name != getattr(self.record, "name", None)]
        return services.code_flaw(self.data.get("code", "")), same

    def clean(self) -> dict[str, Any]:
        """Say what is odd about the code and who may be the same, and let the person confirm it."""
        said = self.cleaned_data
        if self.flaw and not said.get("confirm_code"):
            sentences = [label_of(self.flaw), str(_("Correct it, or confirm below that the document says so."))]
            if has_organization_code(clean_code(self.data.get("code", ""))):
                sentences.insert(1, str(_("The organization code inside it is sound, as in some early codes.")))
            self.add_error("code", " ".join(sentences))
        if self.alike and not said.get("confirm_name"):
            names = "; ".join(f"{row.name} {row.code}".strip() for row in self.alike)
            self.add_error("name", _("The register has enterprises of nearly this name: %(names)s.") % {"names": names})
        return said

    def draft(self) -> EnterpriseDraft:
        """What was typed."""
        said = self.cleaned_data
        agency, cluster, form = said["agency"], said.get("cluster"), said["legal_form"]
        return EnterpriseDraft(
            **{name: said[name] for name in PLAIN if name != "industry_code"},
            industry_code=(said["industry_code"].split() or [""])[0].upper(),
            former_names=tuple(said["former_names"].splitlines()),
            legal_form=LegalForm(form) if form else None,
            agency_id=agency.pk if agency else None,
            cluster_id=cluster.pk if cluster else None,
            place_id=said["place"] or None,
            zone_id=said.get("zone") or None,
            has_qualification=said["has_qualification"],
            is_code_confirmed=bool(said.get("confirm_code")),
        )

    def act(self) -> Enterprise:
        return services.register_enterprise(self.viewer, self.draft())


class EditForm(RegisterForm, VersionedActForm):
    title = _("Edit the enterprise")
    button = pgettext_lazy("button", "Save")
    done = _("The register says so now.")
    record: Enterprise

    def prepare(self) -> None:
        row = self.record
        self.initial.update({name: getattr(row, name) for name in (*PLAIN, "legal_form", "has_qualification")})
        self.initial.update(former_names="\n".join(row.former_names), agency=row.agency_id, cluster=row.cluster_id)
        self.initial.update(place=row.place_id, zone=row.zone_id)
        super().prepare()

    def may(self) -> bool:
        return bool(may_edit_enterprise(self.viewer, self.record))

    def act(self) -> Enterprise:
        return services.edit_enterprise(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class StatusForm(VersionedActForm):
    title = button = _("Say how it stands")
    done = _("How the enterprise stands is noted.")
    record: Enterprise
    state = forms.ChoiceField(label=_("How it stands"), choices=choices_of(EnterpriseStatus))
    on = day_field(label=pgettext_lazy("status", "From"))
    reason = forms.CharField(label=_("Reason"), required=False, widget=text_area(2))

    def may(self) -> bool:
        return bool(may_edit_enterprise(self.viewer, self.record))

    def act(self) -> Enterprise:
        said = self.cleaned_data
        return services.change_status(
            self.viewer,
            self.record,
            status=EnterpriseStatus(said["state"]),
            on=said["on"],
            reason=said["reason"],
            seen_version=self.seen_version,
        )


class ListForm(VersionedActForm):
    title = button = _("Note the entry into the list")
    done = _("The enterprise is above designated size since that day.")
    record: Enterprise
    on = day_field(label=_("In the list since"))

    def may(self) -> bool:
        return bool(may_list_enterprise(self.viewer, self.record))

    def act(self) -> Enterprise:
        on, seen = self.cleaned_data["on"], self.seen_version
        return services.list_enterprise(self.viewer, self.record, on=on, seen_version=seen)


class UnlistForm(VersionedActForm):
    title = button = _("Note that it left the list")
    done = _("The enterprise is no longer in the list.")
    record: Enterprise
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_list_enterprise(self.viewer, self.record))

    def act(self) -> Enterprise:
        reason, seen = self.cleaned_data["reason"], self.seen_version
        return services.unlist_enterprise(self.viewer, self.record, reason=reason, seen_version=seen)


class ReportForm(ActForm):
    """Figures of one period from one source."""

    title = button = _("Report figures")
    done = _("The figures are written down; those told before stand beside them.")
    record: Enterprise
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        choices=[(WHOLE_YEAR, _("The whole year")), *((each, str(each)) for each in range(1, 13))],
    )
    source = forms.ChoiceField(label=_("Told by"))
    told_on = day_field(label=_("Day of the paper"), required=False, help_text=_("Today if left empty."))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Reason of the correction"),
        required=False,
        widget=text_area(2),
        help_text=_("Where the same source told another amount before: both are kept."),
    )

    def prepare(self) -> None:
        self.initial.setdefault("year", clock.today().year - 1)
        self.fields["source"].choices = self._sources()  # type: ignore[attr-defined]
        for kind in EnterpriseFigureKind:
            self.fields[kind.value] = _figure_field(kind)
        self.order_fields(["year", "month", "source", *(kind.value for kind in EnterpriseFigureKind)])

    def _sources(self) -> list[tuple[str, Any]]:
        """An enterprise tells as itself; who may not read what was told for statistics does not tell for it."""
        if is_own_enterprise(self.viewer, self.record):
            return [each for each in choices_of(FigureSource) if each[0] == FigureSource.ENTERPRISE]
        sees_all = may_see_statistical_figures(self.viewer, self.record)
        return [each for each in choices_of(FigureSource) if sees_all or each[0] != FigureSource.STATISTICS]

    def may(self) -> bool:
        return bool(may_report_enterprise_figures(self.viewer, self.record))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and all(said.get(kind.value) is None for kind in EnterpriseFigureKind):
            self.add_error(None, _("No figure is filled in."))
        return said

    def act(self) -> Any:
        said = self.cleaned_data
        shared = {name: said[name] for name in ("told_on", "document", "reason", "month")}
        figures = [
            FigureDraft(self.record.pk, said["year"], kind, Decimal(amount), FigureSource(said["source"]), **shared)
            for kind in EnterpriseFigureKind
            if (amount := said.get(kind.value)) is not None
        ]
        return services.report_enterprise_figures(self.viewer, figures)


def _figure_field(kind: EnterpriseFigureKind) -> forms.Field:
    """Money in 万元, persons and kWh as they are; only profit may lie below zero."""
    label, least = _(kind.msgid), None if kind is EnterpriseFigureKind.PROFIT else 0
    if kind in COUNTED:
        return forms.DecimalField(
            label=label, required=False, min_value=least, max_digits=18, decimal_places=2, help_text=COUNTED[kind]
        )
    return MoneyField(label=label, required=False, min_value=least, help_text=_("In ten thousand yuan."))


class PersonForm(ActForm):
    """Adds who stands for an enterprise."""

    title = button = _("Add a person")
    done = _("The person is added.")
    role = forms.ChoiceField(label=_("Role in the enterprise"), choices=choices_of(PersonRole))
    name = forms.CharField(label=_("Person"), max_length=64)
    # Not called title: that is what the form is called.
    job_title = forms.CharField(label=_("Office held"), max_length=64, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    id_number = forms.CharField(label=_("Identity number"), max_length=32, required=False)
    from_on = day_field(label=_("From"), required=False, help_text=_("Today if left empty."))

    def prepare(self) -> None:
        if not may_see_id_numbers(self.viewer, self.enterprise):
            del self.fields["id_number"]

    @property
    def enterprise(self) -> Enterprise:
        record: Enterprise = self.record
        return record

    def may(self) -> bool:
        return bool(may_keep_people(self.viewer, self.enterprise))

    def draft(self) -> PersonDraft:
        said = dict(self.cleaned_data)
        said.pop("version", None)
        return PersonDraft(role=PersonRole(said.pop("role")), title=said.pop("job_title"), **said)

    def act(self) -> EnterprisePerson:
        return services.add_person(self.viewer, self.enterprise, self.draft())


class EditPersonForm(PersonForm, VersionedActForm):
    title = _("Edit the person")
    button = pgettext_lazy("button", "Save")
    done = _("What is said of the person is changed.")

    def prepare(self) -> None:
        row: EnterprisePerson = self.record
        if may_see_contacts(self.viewer, row.enterprise):
            names = ("role", "name", "phone", "id_number", "from_on")
            self.initial.update({name: getattr(row, name) for name in names}, job_title=row.title)
        super().prepare()

    @property
    def enterprise(self) -> Enterprise:
        enterprise: Enterprise = self.record.enterprise
        return enterprise

    def act(self) -> EnterprisePerson:
        return services.edit_person(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class EndPersonForm(VersionedActForm):
    title = button = _("Note that the person left")
    done = _("The person's last day is noted; the history keeps it.")
    record: EnterprisePerson
    on = day_field(label=_("Last day"))

    def may(self) -> bool:
        return bool(may_keep_people(self.viewer, self.record.enterprise))

    def act(self) -> EnterprisePerson:
        on = self.cleaned_data["on"]
        return services.end_person(self.viewer, self.record, on=on, seen_version=self.seen_version)


# By their place in the address; in the order of their use.
ENTERPRISE_FORMS: dict[str, type[ActForm]] = {
    "report": ReportForm,
    "add-person": PersonForm,
    "status": StatusForm,
    "list": ListForm,
    "unlist": UnlistForm,
    "edit": EditForm,
}
PERSON_FORMS: dict[str, type[ActForm]] = {"edit": EditPersonForm, "end": EndPersonForm}
