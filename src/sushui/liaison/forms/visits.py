"""Logging a visit: short, in the order people think, with any number of problems; photos stay with the form.

Photos that were sent with a form that has an error were taken in already: the form carries their signed names and the
next sending attaches them, so that nobody photographs twice.
"""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import FileKeeper
from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.kernel.models import Subject
from sushui.kernel.uploads import KeptFilesForm
from sushui.liaison import services
from sushui.liaison.enums import VisitWay
from sushui.liaison.models import Visit
from sushui.liaison.services import MOST_FINDINGS, FindingDraft, VisitDraft
from sushui.organizations.enums import Role
from sushui.organizations.queries import agencies
from sushui.supervision.permissions import may_assign_raised

_BLOCK = re.compile(r"finding-(\d+)-text")


class FindingForm(forms.Form):
    """One problem. A block in which nothing was typed is none."""

    use_required_attribute = False
    text = forms.CharField(label=_("What is the problem"), required=False, widget=text_area(2))
    agency = record_field(_("Responsible agency"), required=False)
    wanted_on = day_field(label=_("Wanted by"), required=False)

    def __init__(self, data: Any, *, number: int, viewer: Any, subject: Subject) -> None:
        super().__init__(data, prefix=f"finding-{number}")
        self.number = number
        offer(self, "agency", agencies(viewer).filter(division_id=subject.division_id))
        if may_assign_raised(viewer, subject):
            self.fields["agency"].help_text = _("It is assigned at once; without an agency the office names one.")
        else:
            self.fields["agency"].help_text = _("If you know it: the office looks at it and assigns it.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("text") and (said.get("agency") or said.get("wanted_on")):
            self.add_error("text", _("Say what the problem is."))
        if said.get("wanted_on") and said["wanted_on"] < clock.today():
            self.add_error("wanted_on", _("This day has passed."))
        return said

    def draft(self) -> FindingDraft | None:
        said = self.cleaned_data
        return (
            FindingDraft(said["text"], said["agency"] and said["agency"].pk, said["wanted_on"])
            if said["text"]
            else None
        )


class PhotosForm(KeptFilesForm):
    """A form that keeps the photos sent with it."""

    keeper = FileKeeper()


class VisitForm(PhotosForm):
    """A visit to one subject."""

    title = _("Log a visit")
    button = _("Log the visit")
    done = _("The visit is logged.")
    record: Subject
    field_order = ("way", "seen", "photos")
    way = forms.ChoiceField(label=_("How"), choices=choices_of(VisitWay), widget=forms.RadioSelect)
    seen = forms.CharField(label=_("What was seen"), widget=text_area(3))
    place = forms.CharField(label=_("Place of the visit"), max_length=255, required=False)
    companions = forms.CharField(label=_("Who went along"), max_length=255, required=False)
    with_leader = forms.BooleanField(label=_("The liaison leader took part"), required=False)
    visited_on = day_field(label=_("Day of the visit"))
    latitude = forms.DecimalField(
        required=False, max_digits=9, decimal_places=6, min_value=-90, max_value=90, widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, max_digits=9, decimal_places=6, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    accuracy_m = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def prepare(self) -> None:
        self.initial = {
            **self.initial,
            "way": VisitWay.ON_SITE.value,
            "visited_on": clock.today(),
            "key": uuid.uuid4().hex,
        }
        self.fields["visited_on"].widget.attrs["max"] = clock.today().isoformat()
        if self.viewer.has(Role.COUNTY_LEADER):
            del self.fields["with_leader"]
        self.findings = [self.finding(number) for number in self._numbers()]

    def finding(self, number: int) -> FindingForm:
        data = self.data if self.is_bound else None
        return FindingForm(data, number=number, viewer=self.viewer, subject=self.record)

    def _numbers(self) -> list[int]:
        return block_numbers(self.data) if self.is_bound else [1]

    def wants_more(self) -> bool:
        """Whether the form was sent to get room for another problem, not to be done."""
        return self.is_bound and "more" in self.data

    def add_finding(self) -> None:
        """One more empty block, up to as many as a visit takes; photos sent meanwhile stay with the form."""
        self.full_clean()
        number = max((each.number for each in self.findings), default=0) + 1
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(FindingForm(None, number=number, viewer=self.viewer, subject=self.record))

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(each.is_valid() for each in self.findings)])

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("visited_on") and said["visited_on"] > clock.today():
            self.add_error("visited_on", _("This day has not come yet."))
        return said

    def act(self) -> Visit:
        said = self.cleaned_data
        draft = VisitDraft(
            visited_on=said["visited_on"],
            seen=said["seen"],
            way=VisitWay(said["way"]),
            place=said["place"],
            companions=said["companions"],
            with_leader=said.get("with_leader", False),
            latitude=said["latitude"],
            longitude=said["longitude"],
            accuracy_m=said["accuracy_m"],
            findings=tuple(found for found in (each.draft() for each in self.findings) if found is not None),
        )
        return services.log_visit_once(self.viewer, self.record, draft, key=said["key"], photos=self.received)


def block_numbers(data: Any) -> list[int]:
    """The numbers of the problems' blocks that a form carries, in their order; no more than a visit takes."""
    found = sorted({int(match[1]) for name in data if (match := _BLOCK.fullmatch(name))})
    return found[:MOST_FINDINGS]


class EditVisitForm(PhotosForm, VersionedActForm):
    """What was written, on the day it was written; problems are tasks by now."""

    title = _("Correct the visit")
    button = _("Save")
    done = _("The visit is corrected.")
    record: Visit
    field_order = ("way", "seen", "photos")
    way = forms.ChoiceField(label=_("How"), choices=choices_of(VisitWay), widget=forms.RadioSelect)
    seen = forms.CharField(label=_("What was seen"), widget=text_area(3))
    place = forms.CharField(label=_("Place of the visit"), max_length=255, required=False)
    companions = forms.CharField(label=_("Who went along"), max_length=255, required=False)

    def prepare(self) -> None:
        said = {name: getattr(self.record, name) for name in ("way", "seen", "place", "companions")}
        self.initial = {**self.initial, **said}

    def act(self) -> Visit:
        said = self.cleaned_data
        return services.edit_visit(
            self.viewer,
            self.record,
            seen=said["seen"],
            way=VisitWay(said["way"]),
            place=said["place"],
            companions=said["companions"],
            photos=self.received,
            seen_version=self.seen_version,
        )


class WithdrawVisitForm(VersionedActForm):
    title = button = _("Withdraw the visit")
    done = _("The visit is withdrawn. If it was made all the same, log it anew.")
    record: Visit
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> Visit:
        return services.withdraw_visit(
            self.viewer, self.record, reason=self.cleaned_data["reason"], seen_version=self.seen_version
        )
