"""Investors and their projects before there is one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.industries import industry
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import posts, responsible_agencies
from sushui.projects import queries, services
from sushui.projects.enums import ProjectSector, PromotionNode
from sushui.projects.forms.acts import MoneyField, ProjectActForm
from sushui.projects.forms.ledger import IndustryField
from sushui.projects.models import Project, PromotionLead
from sushui.projects.permissions import may_enter_leads, may_found_project, may_keep_lead, may_keep_ledger
from sushui.projects.services import LeadDraft

TYPED = ("name", "content", "investor", "investor_code", "contact_name", "contact_title", "contact_phone")


class RegisterLeadForm(ProjectActForm):
    title = button = _("Enter an investor")
    done = _("The investor is in the list.")
    record: Any
    name = forms.CharField(label=_("Intended project"), max_length=200)
    investor = forms.CharField(label=_("Investor"), max_length=128)
    began_on = day_field(label=_("Talks since"))
    agency = record_field(_("Agency that looks after them"))
    caretaker = record_field(_("Post that looks after them"), required=False)
    intended_investment = MoneyField(
        label=_("Intended investment"), required=False, min_value=0, help_text=_("In ten thousand yuan.")
    )
    content = forms.CharField(label=_("Content and scale"), required=False, widget=text_area(3))
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *choices_of(ProjectSector)], required=False)
    cluster = record_field(_("Cluster"), required=False)
    industry_code = IndustryField(label=_("Industry"), required=False)
    investor_code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    contact_name = forms.CharField(
        label=_("Contact"),
        max_length=64,
        required=False,
        help_text=_("Name, position and phone are shown to those alone who look after the investor."),
    )
    contact_title = forms.CharField(label=_("What they are there"), max_length=64, required=False)
    contact_phone = forms.CharField(label=_("Phone"), max_length=32, required=False)

    def prepare(self) -> None:
        agencies, own = responsible_agencies(self.viewer), self.viewer.agency_ids
        is_office = bool(may_keep_ledger(self.viewer))
        offer(self, "agency", agencies if is_office else agencies.filter(pk__in=own))
        offer(self, "cluster", queries.clusters(self.viewer.division_id))
        seats = posts(self.viewer).filter(division_id=self.viewer.division_id)
        offer(self, "caretaker", seats if is_office else seats.filter(agency_id__in=own))
        self.initial.setdefault("agency", self.viewer.agency_id)
        self.initial.setdefault("began_on", clock.today())

    def may(self) -> bool:
        return bool(may_enter_leads(self.viewer))

    def draft(self) -> LeadDraft:
        """What was typed, as the list is to say it."""
        said = self.cleaned_data
        return LeadDraft(
            **{name: said[name] for name in TYPED},
            agency_id=said["agency"].pk,
            caretaker_id=said["caretaker"].pk if said["caretaker"] else None,
            cluster_id=said["cluster"].pk if said["cluster"] else None,
            industry_code=said["industry_code"],
            sector=ProjectSector(said["sector"]) if said["sector"] else None,
            intended_investment=said["intended_investment"],
        )

    def act(self) -> PromotionLead:
        return services.register_lead(self.viewer, self.draft(), began_on=self.cleaned_data["began_on"])


class EditLeadForm(RegisterLeadForm, VersionedActForm):
    title = _("Edit the investor")
    button = pgettext_lazy("button", "Save")
    done = _("The investor is changed.")
    record: PromotionLead

    def prepare(self) -> None:
        super().prepare()
        del self.fields["began_on"]
        lead = self.record
        self.initial.update({name: getattr(lead, name) for name in (*TYPED, "intended_investment", "sector")})
        shown = str(industry(lead.industry_code) or lead.industry_code) if lead.industry_code else ""
        self.initial.update(
            agency=lead.agency_id, caretaker=lead.caretaker_id, cluster=lead.cluster_id, industry_code=shown
        )

    def may(self) -> bool:
        return bool(may_keep_lead(self.viewer, self.record))

    def act(self) -> PromotionLead:
        return services.edit_lead(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class FrameworkForm(ProjectActForm, VersionedActForm):
    title = button = _("Framework agreement signed")
    done = _("The framework agreement is noted.")
    record: PromotionLead
    on = day_field(label=_("Signed on"))
    number = forms.CharField(label=_("Number of the agreement"), max_length=64, required=False)
    text = forms.CharField(label=_("What was agreed"), required=False, widget=text_area(3))

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())

    def may(self) -> bool:
        return bool(may_keep_lead(self.viewer, self.record)) and self.record.node == PromotionNode.TALKS

    def act(self) -> PromotionLead:
        said = self.cleaned_data
        return services.reach_framework(
            self.viewer,
            self.record,
            on=said["on"],
            number=said["number"],
            text=said["text"],
            seen_version=self.seen_version,
        )


class FoundProjectForm(ProjectActForm, VersionedActForm):
    title = button = _("Contract signed: make it a project")
    done = _("The project is in the ledger, in the stage “signed”, with the contract as its evidence.")
    record: PromotionLead
    on = day_field(label=_("Signed on"))
    number = forms.CharField(label=_("Number of the contract"), max_length=64)
    text = forms.CharField(label=_("What was agreed"), required=False, widget=text_area(3))

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())

    def may(self) -> bool:
        return bool(may_found_project(self.viewer, self.record))

    def act(self) -> Project:
        said = self.cleaned_data
        return services.found_project(
            self.viewer,
            self.record,
            on=said["on"],
            number=said["number"],
            text=said["text"],
            seen_version=self.seen_version,
        )


class DropLeadForm(ProjectActForm, VersionedActForm):
    title = button = _("Drop the investor")
    done = _("The investor is dropped; the list keeps them with the reason.")
    record: PromotionLead
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_keep_lead(self.viewer, self.record))

    def act(self) -> PromotionLead:
        reason = self.cleaned_data["reason"]
        return services.drop_lead(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


LEAD_FORMS: dict[str, type[ProjectActForm]] = {
    "framework": FrameworkForm,
    "found": FoundProjectForm,
    "edit": EditLeadForm,
    "drop": DropLeadForm,
}
