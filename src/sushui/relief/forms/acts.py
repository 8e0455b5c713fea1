"""Acts on requests and common issues."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import responsible_agencies
from sushui.relief import queries, services
from sushui.relief.enums import CheckVerdict, Satisfaction, SupportKind, SupportLevel
from sushui.relief.forms.requests import EditForm
from sushui.relief.models import CheckDraw, CommonIssue, SupportAnswer, SupportRequest
from sushui.relief.permissions import (
    may_keep_desk,
    may_manage_request,
    may_rate_request,
    may_withdraw_request,
)
from sushui.relief.rules.life import WAITING
from sushui.relief.services import AssignDraft
from sushui.relief.services.answering import own_lead_part


class _AgenciesForm(forms.Form):
    """Whose it is."""

    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(SupportKind))
    lead = record_field(_("Lead agency"))
    supporting: Any = forms.ModelMultipleChoiceField(
        None, label=_("Supporting agencies"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    deadline_on = day_field(label=_("Answer by"), required=False, help_text=_("Empty: as the setting says."))
    note = forms.CharField(label=_("What the agencies should mind"), required=False, widget=text_area(2))

    def offer_agencies(self, viewer: Any) -> None:
        rows = responsible_agencies(viewer)
        offer(self, "lead", rows)
        self.fields["supporting"].queryset = rows  # type: ignore[attr-defined]

    def draft(self) -> AssignDraft:
        """What was typed."""
        said = self.cleaned_data
        supporting = tuple(each.pk for each in said["supporting"])
        kind = SupportKind(said["kind"])
        return AssignDraft(said["lead"].pk, supporting, kind, said["deadline_on"], said["note"])


class AssignForm(_AgenciesForm, VersionedActForm):
    title = _("Assign the request")
    button = pgettext_lazy("button", "Assign")
    done = _("The request is assigned; the clocks of its agencies run.")
    record: SupportRequest

    def prepare(self) -> None:
        self.offer_agencies(self.viewer)
        row = self.record
        self.initial.setdefault("kind", row.kind)
        self.initial.setdefault("lead", row.lead_agency_id or row.alerted_agency_id)
        if row.wished_on and row.wished_on >= clock.today():
            self.initial.setdefault("deadline_on", row.wished_on)

    def may(self) -> bool:
        return bool(may_manage_request(self.viewer, self.record))

    def act(self) -> SupportRequest:
        return services.assign_request(self.viewer, self.record, self.draft(), seen_version=self.seen_version)


class GatherForm(_AgenciesForm, ActForm):
    """Makes one issue of the requests that are ticked."""

    title = button = _("Make a common issue")
    done = _("The requests are one issue now; it is answered once to all.")
    record: Any
    field_order = ("name", "content", "kind")
    name = forms.CharField(label=_("Called"), max_length=120)
    content = forms.CharField(label=_("What all of them ask for"), max_length=4000, widget=text_area(3))

    def prepare(self) -> None:
        self.offer_agencies(self.viewer)
        rows = list(self.record)
        if rows:
            self.initial.setdefault("kind", rows[0].kind)
            self.initial.setdefault("content", rows[0].content)

    def may(self) -> bool:
        return bool(may_keep_desk(self.viewer))

    def act(self) -> CommonIssue:
        said = self.cleaned_data
        numbers = [row.pk for row in self.record]
        return services.gather_requests(self.viewer, numbers, self.draft(), title=said["name"], content=said["content"])


class ContactForm(VersionedActForm):
    title = _("The enterprise was called")
    button = pgettext_lazy("button", "Save")
    done = _("Noted; the answer is still due.")
    record: SupportRequest
    text = forms.CharField(label=_("What was said and agreed"), widget=text_area(3))

    def may(self) -> bool:
        return own_lead_part(self.viewer, self.record) is not None

    def act(self) -> SupportRequest:
        text = self.cleaned_data["text"]
        return services.note_contact(self.viewer, self.record, text=text, seen_version=self.seen_version)


class AnswerForm(VersionedActForm):
    """The answer is what the enterprise reads; the lead agency applies for closing with it."""

    title = _("Answer the enterprise")
    button = pgettext_lazy("button", "Answer")
    done = _("The enterprise is answered and asked for its rating.")
    record: SupportRequest
    text = forms.CharField(label=_("Answer to the enterprise"), max_length=4000, widget=text_area(5))

    def may(self) -> bool:
        is_office = self.record.state in WAITING and may_manage_request(self.viewer, self.record)
        return bool(is_office) or own_lead_part(self.viewer, self.record) is not None

    def act(self) -> SupportAnswer:
        text = self.cleaned_data["text"]
        return services.answer_request(self.viewer, self.record, text=text, seen_version=self.seen_version)


class AnswerIssueForm(VersionedActForm):
    title = _("Answer all enterprises of the issue")
    button = pgettext_lazy("button", "Answer")
    done = _("Every enterprise of the issue is answered and asked for its rating.")
    record: CommonIssue
    text = forms.CharField(label=_("Answer to the enterprise"), max_length=4000, widget=text_area(5))

    def may(self) -> bool:
        return own_lead_part(self.viewer, self.record) is not None

    def act(self) -> SupportAnswer:
        text = self.cleaned_data["text"]
        return services.answer_issue(self.viewer, self.record, text=text, seen_version=self.seen_version)


class RateForm(VersionedActForm):
    title = _("Rate the answer")
    button = pgettext_lazy("button", "Save")
    done = _("Thank you: the rating is written down.")
    record: SupportRequest
    satisfaction = forms.ChoiceField(
        label=_("How it was solved"), choices=choices_of(Satisfaction), widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("What is not solved yet"), required=False, max_length=2000, widget=text_area(3))

    def may(self) -> bool:
        return bool(may_rate_request(self.viewer, self.record))

    def act(self) -> SupportRequest:
        said = self.cleaned_data
        return services.rate_request(
            self.viewer,
            self.record,
            satisfaction=Satisfaction(said["satisfaction"]),
            words=said["words"],
            seen_version=self.seen_version,
        )


class RaiseForm(VersionedActForm):
    title = _("Raise to a higher level")
    button = pgettext_lazy("button", "Raise")
    done = _("The leaders are told.")
    record: SupportRequest
    level = forms.ChoiceField(
        label=_("Raised to"), choices=[each for each in choices_of(SupportLevel) if each[0] != SupportLevel.AGENCIES]
    )
    reason = forms.CharField(label=_("Why it cannot be solved here"), max_length=2000, widget=text_area(3))

    def may(self) -> bool:
        return bool(may_manage_request(self.viewer, self.record))

    def act(self) -> SupportRequest:
        said = self.cleaned_data
        level = SupportLevel(said["level"])
        return services.raise_request(
            self.viewer, self.record, level=level, reason=said["reason"], seen_version=self.seen_version
        )


class CheckForm(VersionedActForm):
    title = _("Check the request")
    button = pgettext_lazy("button", "Save")
    done = _("The check is written down.")
    record: SupportRequest
    verdict = forms.ChoiceField(
        label=_("Result of the check"), choices=choices_of(CheckVerdict), widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("What the check showed"), max_length=2000, widget=text_area(3))

    def may(self) -> bool:
        is_own = self.record.lead_agency_id in self.viewer.agency_ids
        return bool(may_manage_request(self.viewer, self.record)) and not is_own

    def act(self) -> SupportRequest:
        said = self.cleaned_data
        return services.check_request(
            self.viewer,
            self.record,
            verdict=CheckVerdict(said["verdict"]),
            words=said["words"],
            seen_version=self.seen_version,
        )


class WithdrawForm(VersionedActForm):
    title = _("Withdraw the request")
    button = pgettext_lazy("button", "Withdraw")
    done = _("The request is withdrawn.")
    record: SupportRequest
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=text_area(2))

    def may(self) -> bool:
        return bool(may_withdraw_request(self.viewer, self.record))

    def act(self) -> SupportRequest:
        reason = self.cleaned_data["reason"]
        return services.withdraw_request(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class DrawForm(ActForm):
    title = button = _("Draw requests to be checked")
    done = _("They are drawn; ask these enterprises.")
    since = day_field(label=_("Closed from"))
    until = day_field(label=_("Closed until"))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=200, initial=5)
    seed = forms.CharField(
        label=_("Seed of the draw"), max_length=64, required=False, help_text=_("Empty: one is thrown and kept.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("since", clock.today() - timedelta(days=90))
        self.initial.setdefault("until", clock.today())

    def may(self) -> bool:
        return bool(may_keep_desk(self.viewer))

    def act(self) -> CheckDraw:
        return services.draw_checks(self.viewer, **self.cleaned_data)


REQUEST_FORMS: dict[str, type[ActForm]] = {
    "assign": AssignForm,
    "contact": ContactForm,
    "answer": AnswerForm,
    "rate": RateForm,
    "raise": RaiseForm,
    "check": CheckForm,
    "edit": EditForm,
    "withdraw": WithdrawForm,
}


def waiting_rows(viewer: Any, numbers: list[int]) -> list[SupportRequest]:
    """The ticked requests of the viewer's own division."""
    rows = queries.requests(viewer).filter(pk__in=numbers, division_id=viewer.division_id)
    return list(rows.order_by("received_on", "pk"))
