"""What a project needs, what is promised to it, and what is there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of, label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import responsible_agencies
from sushui.projects import services
from sushui.projects.enums import UNITS, FundingSource, GapState, ResourceFactor, ResourceUnit
from sushui.projects.forms.acts import MonthField, ProjectActForm, plain
from sushui.projects.forms.asking import AskingForm
from sushui.projects.forms.filters import ANY
from sushui.projects.models import ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.panels.wording import WAN
from sushui.projects.permissions import (
    may_chase_commitment,
    may_commit_to_need,
    may_deliver,
    may_keep_ledger,
    may_state_needs,
)
from sushui.projects.queries import NeedFilter, balance_as_stored, promise_as_stored
from sushui.projects.services import NeedDraft
from sushui.projects.services.resources import chase_text


def amount_field(**more: Any) -> forms.DecimalField:
    """An amount in a factor's unit; money in 万元."""
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.DecimalField(**{"min_value": 0, "max_digits": 16, "decimal_places": 6, "widget": widget, **more})


def stored(factor: ResourceFactor, typed: Decimal | None) -> Decimal | None:
    """What was typed, in the unit that is stored."""
    return typed * WAN if typed is not None and UNITS[factor] is ResourceUnit.YUAN else typed


def shown(factor: ResourceFactor, amount: Decimal | None) -> str | None:
    """What is stored, as it is typed."""
    if amount is None:
        return None
    return plain(amount / WAN if UNITS[factor] is ResourceUnit.YUAN else amount)


def unit_hint(factor: ResourceFactor) -> Any:
    """The unit in which an amount of the factor is typed."""
    if UNITS[factor] is ResourceUnit.YUAN:
        return _("In ten thousand yuan.")
    return _("In %(unit)s.") % {"unit": label_of(UNITS[factor])}


class AddNeedForm(AskingForm):
    title = button = _("Say what the project needs")
    done = _("The need is in the list.")
    record: Any
    factor = forms.ChoiceField(label=_("Factor"), choices=choices_of(ResourceFactor))
    what = forms.CharField(
        label=_("What exactly"), max_length=128, required=False, help_text=_("Such as: a 10 kV line; COD; welders.")
    )
    amount = amount_field(
        label=_("How much"),
        required=False,
        help_text=_("Land in mu, energy in tons of standard coal, money in ten thousand yuan. Empty: not known yet."),
    )
    needed_by = day_field(label=_("Needed by"), required=False)
    agency = record_field(_("Whose it is to provide"), required=False)
    source = forms.ChoiceField(
        label=_("Source"), choices=[("", "—"), *choices_of(FundingSource)], required=False, help_text=_("Of funds.")
    )
    month = MonthField(label=_("Month"), required=False, help_text=_("Of funds."))

    def prepare(self) -> None:
        offer(self, "agency", responsible_agencies(self.viewer))

    def may(self) -> bool:
        return bool(may_state_needs(self.viewer, self.project))

    def draft(self) -> NeedDraft:
        """What was typed, as the list is to say it."""
        said = self.cleaned_data
        factor = ResourceFactor(said["factor"])
        return NeedDraft(
            factor,
            said["what"],
            stored(factor, said["amount"]),
            said["needed_by"],
            said["agency"].pk if said["agency"] else None,
            FundingSource(said["source"]) if said["source"] else None,
            said["month"],
        )

    def act(self) -> ResourceNeed:
        return services.add_need(self.viewer, self.record, self.draft())


class EditNeedForm(AddNeedForm, VersionedActForm):
    title = _("Change the need")
    button = pgettext_lazy("button", "Save")
    done = _("The need is changed.")
    record: ResourceNeed

    def prepare(self) -> None:
        super().prepare()
        need = self.record
        for name in ("factor", "what", "needed_by", "source", "month"):
            self.initial.setdefault(name, getattr(need, name))
        self.initial.update(agency=need.agency_id, amount=shown(need.factor, need.amount))

    def act(self) -> ResourceNeed:
        return services.edit_need(
            self.viewer, self.record, self.draft(), confirmed=self.confirmed, seen_version=self.seen_version
        )


class DropNeedForm(ProjectActForm, VersionedActForm):
    title = button = _("Take the need away")
    done = _("The need is taken away; the story keeps it.")
    record: ResourceNeed
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_state_needs(self.viewer, self.record.project))

    def act(self) -> ResourceNeed:
        reason = self.cleaned_data["reason"]
        return services.drop_need(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class CommitForm(AskingForm):
    """What an agency promises; the project office says which agency."""

    title = button = _("Commit a resource")
    done = _("The commitment is recorded.")
    record: ResourceNeed
    agency = record_field(_("Agency that commits"))
    amount = amount_field(label=_("How much"))
    until = day_field(label=_("Until"))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def prepare(self) -> None:
        rows, need = responsible_agencies(self.viewer), self.record
        is_office = bool(may_keep_ledger(self.viewer))
        offer(self, "agency", rows if is_office else rows.filter(pk__in=self.viewer.agency_ids))
        self.initial.setdefault("agency", need.agency_id if is_office else self.viewer.agency_id)
        self.initial.setdefault("until", need.needed_by)
        self.initial.setdefault("amount", shown(need.factor, balance_as_stored(need).uncommitted))
        self.fields["amount"].help_text = unit_hint(need.factor)

    def may(self) -> bool:
        return bool(may_commit_to_need(self.viewer, self.record))

    def act(self) -> ResourceCommitment:
        said = self.cleaned_data
        return services.commit_resource(
            self.viewer,
            self.record,
            agency_id=said["agency"].pk,
            amount=stored(self.record.factor, said["amount"]) or Decimal(),
            until=said["until"],
            document=said["document"],
            confirmed=self.confirmed,
        )


class DeliverForm(AskingForm):
    title = button = _("Record a delivery")
    done = _("The delivery is recorded.")
    record: ResourceCommitment
    amount = amount_field(label=_("How much is there"))
    on = day_field(label=_("There since"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=255, required=False, help_text=_("What shows it: a document's number, a photo.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("amount", shown(self.record.need.factor, promise_as_stored(self.record).left))
        self.initial.setdefault("on", clock.today())
        self.fields["amount"].help_text = unit_hint(self.record.need.factor)

    def may(self) -> bool:
        return bool(may_deliver(self.viewer, self.record))

    def act(self) -> ResourceDelivery:
        said, factor = self.cleaned_data, self.record.need.factor
        amount = stored(factor, said["amount"]) or Decimal()
        return services.deliver_resource(
            self.viewer,
            self.record,
            amount=amount,
            on=said["on"],
            evidence=said["evidence"],
            confirmed=self.confirmed,
        )


class WithdrawCommitmentForm(ProjectActForm, VersionedActForm):
    title = button = _("Withdraw the commitment")
    done = _("The commitment is withdrawn; it stays in sight with the reason.")
    record: ResourceCommitment
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_deliver(self.viewer, self.record))

    def act(self) -> ResourceCommitment:
        reason = self.cleaned_data["reason"]
        return services.withdraw_commitment(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class ChaseForm(ProjectActForm):
    """An overdue commitment becomes a supervised task of the agency that promised."""

    title = button = _("Make a supervised task of it")
    done = _("The task is raised.")
    record: ResourceCommitment
    text = forms.CharField(label=_("Task"), widget=text_area(3))
    deadline_on = day_field(label=_("Deadline"), required=False, help_text=_("Otherwise the rule counts."))

    def prepare(self) -> None:
        self.initial.setdefault("text", chase_text(self.record))

    def may(self) -> bool:
        return bool(may_chase_commitment(self.viewer, self.record))

    def act(self) -> ResourceCommitment:
        said = self.cleaned_data
        return services.chase_commitment(self.viewer, self.record, text=said["text"], deadline_on=said["deadline_on"])


class CorrectDeliveryForm(AskingForm):
    title = button = _("Correct the delivery")
    done = _("The delivery is corrected; what was said before stays in sight.")
    record: ResourceDelivery
    amount = amount_field(label=_("How much is there"))
    on = day_field(label=_("There since"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def prepare(self) -> None:
        factor = self.record.commitment.need.factor
        self.initial.update(amount=shown(factor, self.record.amount), on=self.record.on)
        self.fields["amount"].help_text = unit_hint(factor)

    def may(self) -> bool:
        return bool(may_deliver(self.viewer, self.record.commitment))

    def act(self) -> ResourceDelivery:
        said, factor = self.cleaned_data, self.record.commitment.need.factor
        amount = stored(factor, said["amount"]) or Decimal()
        return services.correct_delivery(
            self.viewer,
            self.record,
            amount=amount,
            on=said["on"],
            reason=said["reason"],
            confirmed=self.confirmed,
        )


class NeedFilterForm(forms.Form):
    """The chips of the list of needs."""

    factor = forms.ChoiceField(label=_("Factor"), choices=[ANY, *choices_of(ResourceFactor)], required=False)
    state = forms.ChoiceField(label=_("Gap"), choices=[ANY, *choices_of(GapState)], required=False)
    agency = record_field(_("Agency"), required=False, empty_label=_("Any"))
    project = forms.IntegerField(label=_("Project"), required=False, min_value=1, max_value=2**31)
    mine = forms.BooleanField(label=_("Promised by us"), required=False)

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        super().__init__(data)
        offer(self, "agency", responsible_agencies(viewer))
        for name in ("project", "mine"):
            if not data.get(name):
                del self.fields[name]

    def narrowed(self) -> NeedFilter:
        """What is understood of them."""
        self.is_valid()
        said = self.cleaned_data
        agency = said["agency"].pk if said.get("agency") else None
        state, mine = said.get("state") or "", bool(said.get("mine"))
        return NeedFilter(said.get("factor") or "", state, agency, said.get("project"), mine)


NEED_FORMS: dict[str, type[ProjectActForm]] = {"commit": CommitForm, "edit": EditNeedForm, "drop": DropNeedForm}
COMMITMENT_FORMS: dict[str, type[ProjectActForm]] = {
    "deliver": DeliverForm,
    "chase": ChaseForm,
    "withdraw": WithdrawCommitmentForm,
}
DELIVERY_FORMS: dict[str, type[ProjectActForm]] = {"correct": CorrectDeliveryForm}
