"""What the office decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import offer, record_field, text_area
from sushui.kernel.errors import NotFound
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import responsible_agencies
from sushui.supervision import services
from sushui.supervision.enums import Grade, RequestKind
from sushui.supervision.forms.acts import GuardedForm
from sushui.supervision.models import TaskRequest
from sushui.supervision.panels.offers import DECISIONS
from sushui.supervision.permissions import may_decide_on_request


class RequestForm(GuardedForm):
    """A decision about a request."""

    record: TaskRequest
    verb = ""

    def prepare(self) -> None:
        if self.verb not in DECISIONS[self.record.kind]:
            raise NotFound

    def may(self) -> bool:
        return bool(may_decide_on_request(self.viewer, self.record))


class CloseForm(RequestForm):
    verb = "close"
    title = button = _("Close")
    done = _("Closed: the task is struck off.")
    grade = forms.ChoiceField(label=_("Grade"), choices=[("", _("Choose")), *choices_of(Grade)])
    note = forms.CharField(label=_("Remark"), required=False, widget=text_area(2))

    def act(self) -> Any:
        grade = Grade(self.cleaned_data["grade"])
        return services.close_task(self.viewer, self.record, grade=grade, note=self.cleaned_data["note"])


class NotedForm(RequestForm):
    """A decision that needs its reason."""

    note = forms.CharField(label=_("Reason"), widget=text_area(2))


class ReturnForm(NotedForm):
    verb = "return"
    title = button = _("Return")
    done = _("Returned for more work; the clocks run on.")

    def act(self) -> Any:
        return services.return_task(self.viewer, self.record, note=self.cleaned_data["note"])


class RefuseForm(NotedForm):
    verb = "refuse"
    title = button = _("Refuse")
    done = _("Refused.")

    def act(self) -> Any:
        is_extension = self.record.kind is RequestKind.EXTENSION
        refuse = services.refuse_extension if is_extension else services.refuse_suspension
        return refuse(self.viewer, self.record, note=self.cleaned_data["note"])


class GrantForm(RequestForm):
    """A decision that may go without a word."""

    note = forms.CharField(label=_("Remark"), required=False, widget=text_area(2))


class ExtendForm(GrantForm):
    verb = "extend"
    title = button = _("Grant the extension")
    done = _("The deadline is extended; the old day stays in the story.")

    def act(self) -> Any:
        return services.extend_deadline(self.viewer, self.record, note=self.cleaned_data["note"])


class SuspendForm(GrantForm):
    verb = "suspend"
    title = button = _("Grant the suspension")
    done = _("Suspended with its plan: the steps run instead of the clocks.")

    def act(self) -> Any:
        return services.grant_suspension(self.viewer, self.record, note=self.cleaned_data["note"])


class OwnershipForm(RequestForm):
    verb = "decide-ownership"
    title = button = _("Decide whose it is")
    done = _("Decided; that is final.")
    agency = record_field(_("Responsible agency"), help_text=_("The agency that has it, the one it named, or a third."))
    note = forms.CharField(label=_("Remark"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        super().prepare()
        offer(self, "agency", responsible_agencies(self.viewer))
        self.initial.setdefault("agency", self.record.named_agency_id)

    def act(self) -> Any:
        agency, note = self.cleaned_data["agency"], self.cleaned_data["note"]
        return services.decide_ownership(self.viewer, self.record, agency_id=agency.pk, note=note)


REQUEST_FORMS: dict[str, type[GuardedForm]] = {
    form.verb: form for form in (CloseForm, ReturnForm, ExtendForm, RefuseForm, SuspendForm, OwnershipForm)
}
