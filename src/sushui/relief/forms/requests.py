"""Entering and correcting a request: short, in the order in which people tell it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import FileKeeper
from sushui.enterprises.queries import enterprise_by_code, own_enterprise, visible_enterprises
from sushui.kernel.acts import VersionedActForm, day_field, text_area
from sushui.kernel.labels import choices_of
from sushui.kernel.uploads import KeptFilesForm
from sushui.relief import services
from sushui.relief.enums import SupportChannel, SupportKind
from sushui.relief.models import SupportRequest
from sushui.relief.permissions import may_enter_requests, may_manage_request, may_open_own_requests
from sushui.relief.services import RequestDraft, UnpaidBill

FEW = 5
OFFICIAL_CHANNELS = [
    choice for choice in choices_of(SupportChannel) if choice[0] not in (SupportChannel.FORM, SupportChannel.QR_CODE)
]
DETAILS = (
    "kind",
    "content",
    "contact_name",
    "contact_phone",
    "wished_on",
    "location",
    "amount_owed",
    "owed_since_on",
    "agreed_rate",
)


class DemandForm(forms.Form):
    """What is asked for, and how to reach who asks."""

    content = forms.CharField(label=_("What is asked for"), max_length=4000, widget=text_area(4))
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(SupportKind), initial=SupportKind.OTHER.value)
    contact_name = forms.CharField(label=_("Contact"), max_length=64, required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)
    wished_on = day_field(label=_("Wished by"), required=False)
    location = forms.CharField(label=_("Where"), max_length=200, required=False)
    amount_owed = forms.DecimalField(
        label=_("Amount owed, yuan"),
        required=False,
        max_digits=18,
        decimal_places=2,
        min_value=0,
        help_text=_("Only for unpaid government bills."),
    )
    owed_since_on = day_field(label=_("Last day on which it could be paid"), required=False)
    agreed_rate = forms.DecimalField(
        label=_("Agreed yearly rate, %"),
        required=False,
        max_digits=6,
        decimal_places=3,
        min_value=0,
        help_text=_("Empty where the contract says nothing: then 0.05 % a day counts."),
    )

    def draft(self, channel: SupportChannel, visit_id: int | None = None) -> RequestDraft:
        """What was typed."""
        said = self.cleaned_data
        is_owed = said["amount_owed"] and said["owed_since_on"]
        bill = UnpaidBill(said["amount_owed"], said["owed_since_on"], said["agreed_rate"]) if is_owed else None
        plain = {name: said[name] for name in ("content", "contact_name", "contact_phone", "wished_on", "location")}
        return RequestDraft(channel=channel, kind=SupportKind(said["kind"]), unpaid=bill, visit_id=visit_id, **plain)


class EnterForm(KeptFilesForm, DemandForm):
    """A request comes in: told to an official, or by the enterprise itself."""

    title = _("Enter a request")
    button = pgettext_lazy("button", "Enter")
    done = _("The request is entered and waits for the office.")
    keeper = FileKeeper()
    field_order = ("enterprise", "channel", "content", "kind")
    enterprise = forms.CharField(
        label=_("Enterprise"), max_length=200, help_text=_("Its unified social credit code, or its name.")
    )
    channel = forms.ChoiceField(
        label=_("How it came"), choices=OFFICIAL_CHANNELS, widget=forms.RadioSelect, initial=SupportChannel.PHONE.value
    )
    visit = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.fields["photos"].label = _("Papers and photos")
        if may_open_own_requests(self.viewer):
            del self.fields["enterprise"], self.fields["channel"], self.fields["visit"]

    def may(self) -> bool:
        return bool(may_enter_requests(self.viewer))

    def clean_enterprise(self) -> Any:
        """The one enterprise that is meant, by code or name, of those the viewer may know of."""
        typed = self.cleaned_data["enterprise"].strip()
        found = enterprise_by_code(self.viewer, typed.upper())
        if found is not None:
            return found
        rows = visible_enterprises(self.viewer).filter(division_id=self.viewer.division_id)
        near = list(rows.filter(Q(name=typed))[:2]) or list(rows.filter(name__icontains=typed).order_by("name")[:FEW])
        if len(near) == 1:
            return near[0]
        if near:
            sentence = gettext("Several enterprises are called so: %(names)s. Give the whole name or the code.")
            raise forms.ValidationError(sentence % {"names": gettext(", ").join(each.name for each in near)})
        raise forms.ValidationError(gettext("No enterprise that you may see has this code or name."))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if may_open_own_requests(self.viewer):
            said["enterprise"] = own_enterprise(self.viewer)
            if said["enterprise"] is None:
                self.add_error(None, gettext("Your enterprise is not in the register yet: ask the project office."))
        return said

    def act(self) -> SupportRequest:
        said = self.cleaned_data
        channel = SupportChannel(said.get("channel") or SupportChannel.FORM)
        draft = self.draft(channel, said.get("visit"))
        return services.receive_request(self.viewer, said["enterprise"], draft, files=self.received)


class EditForm(VersionedActForm, DemandForm):
    title = _("Correct the request")
    button = pgettext_lazy("button", "Save")
    done = _("The request is corrected.")
    record: SupportRequest

    def prepare(self) -> None:
        for name in DETAILS:
            self.initial.setdefault(name, getattr(self.record, name))

    def may(self) -> bool:
        return bool(may_manage_request(self.viewer, self.record))

    def act(self) -> SupportRequest:
        draft = self.draft(self.record.channel, self.record.visit_id)
        return services.edit_request(self.viewer, self.record, draft, seen_version=self.seen_version)
