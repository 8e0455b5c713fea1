"""Conclusions of inspections, objections to them and their review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import offer, record_field, text_area
from sushui.organizations.queries import responsible_agencies
from sushui.supervision import services
from sushui.supervision.forms.acts import GuardedForm
from sushui.supervision.models import Conclusion, Objection, SupervisionOrder
from sushui.supervision.permissions import is_issuer, may_object, may_review_objection


class ConclusionForm(GuardedForm):
    title = _("Deliver a conclusion")
    button = _("Deliver the conclusion")
    done = _("Delivered: the agency may object within the time set.")
    record: SupervisionOrder
    agency = record_field(_("Agency"))
    text = forms.CharField(label=_("Conclusion"), widget=text_area(8))

    def prepare(self) -> None:
        offer(self, "agency", responsible_agencies(self.viewer))

    def may(self) -> bool:
        return bool(is_issuer(self.viewer, self.record))

    def act(self) -> Any:
        agency, text = self.cleaned_data["agency"], self.cleaned_data["text"]
        return services.deliver_conclusion(self.viewer, self.record, agency_id=agency.pk, text=text)


class ObjectionForm(GuardedForm):
    title = _("Object to the conclusion")
    button = _("Send the objection")
    done = _("Objected: somebody else than the drafter reviews it.")
    record: Conclusion
    reason = forms.CharField(label=_("Reason"), widget=text_area(6))

    def may(self) -> bool:
        return bool(may_object(self.viewer, self.record))

    def act(self) -> Any:
        return services.object_to_conclusion(self.viewer, self.record, reason=self.cleaned_data["reason"])


class ReviewForm(GuardedForm):
    title = _("Review the objection")
    button = _("Decide")
    done = _("Decided; the agency is told.")
    record: Objection
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("upheld", _("The objection is right: the conclusion is set aside, and another one may be delivered")),
            ("refused", _("It stands")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Reason"), widget=text_area(6))

    def may(self) -> bool:
        return bool(may_review_objection(self.viewer, self.record))

    def act(self) -> Any:
        is_upheld = self.cleaned_data["decision"] == "upheld"
        return services.review_objection(self.viewer, self.record, is_upheld=is_upheld, note=self.cleaned_data["note"])
