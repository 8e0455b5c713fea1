"""Milestones, money from above and bottlenecks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import responsible_agencies
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectStage
from sushui.projects.forms.acts import MoneyField, ProjectActForm
from sushui.projects.models import Bottleneck, FundsPaid, FundsReceived, Milestone, Project
from sushui.projects.permissions import may_edit_project, may_report_on_project
from sushui.projects.services import PaymentDemand
from sushui.supervision.permissions import may_raise_tasks
from sushui.supervision.services import TaskDraft

MOST_DEMANDS = 3


class AddMilestoneForm(ProjectActForm):
    title = button = _("Add a milestone")
    done = _("The milestone is planned.")
    record: Project
    name = forms.CharField(label=_("Milestone"), max_length=128)
    planned_on = day_field(label=_("Planned for"))
    after = record_field(_("Comes after"), required=False, empty_label="—")

    def prepare(self) -> None:
        offer(self, "after", queries.milestones_of(self.record))

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def act(self) -> Milestone:
        said = self.cleaned_data
        return services.add_milestone(
            self.viewer, self.record, name=said["name"], planned_on=said["planned_on"], after=said["after"]
        )


class ReachMilestoneForm(ProjectActForm, VersionedActForm):
    title = button = _("Milestone reached")
    done = _("The milestone is reached.")
    record: Milestone
    reached_on = day_field(label=_("Reached on"))
    evidence = forms.CharField(
        label=_("Evidence"), max_length=255, required=False, help_text=_("What shows it: a permit's number, a photo.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("reached_on", clock.today())

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record.project))

    def act(self) -> Milestone:
        said = self.cleaned_data
        return services.reach_milestone(
            self.viewer,
            self.record,
            reached_on=said["reached_on"],
            evidence=said["evidence"],
            seen_version=self.seen_version,
        )


class DropMilestoneForm(ProjectActForm, VersionedActForm):
    title = button = _("Take the milestone away")
    done = _("The milestone is taken away; the story keeps it.")
    record: Milestone
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record.project))

    def act(self) -> Milestone:
        reason = self.cleaned_data["reason"]
        return services.drop_milestone(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class ReceiveFundsForm(ProjectActForm):
    """Money from above, and what its document demands: up to three days with their percentages."""

    title = button = _("Record funds received")
    done = _("The money is recorded.")
    record: Project
    source = forms.ChoiceField(label=_("Source"), choices=choices_of(FundingSource))
    amount = MoneyField(label=_("Amount"), min_value=0, help_text=_("In ten thousand yuan."))
    received_on = day_field(label=_("Received on"))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("received_on", clock.today())
        for number in range(1, MOST_DEMANDS + 1):
            self.fields[f"by_{number}"] = day_field(label=_("To be paid by"), required=False)
            self.fields[f"percent_{number}"] = forms.IntegerField(
                label=_("Percent of it, in all"), required=False, min_value=1, max_value=100
            )

    def clean(self) -> dict[str, Any]:
        """A demand is a day and a percentage: one alone says nothing."""
        for number in range(1, MOST_DEMANDS + 1):
            by_on, percent = (self.cleaned_data.get(f"{name}_{number}") for name in ("by", "percent"))
            if (by_on is None) is not (percent is None):
                self.add_error(f"by_{number}", _("Give both, the day and the percentage, or neither."))
        return self.cleaned_data

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def act(self) -> FundsReceived:
        said = self.cleaned_data
        pairs = [(said[f"by_{number}"], said[f"percent_{number}"]) for number in range(1, MOST_DEMANDS + 1)]
        return services.receive_funds(
            self.viewer,
            self.record,
            source=FundingSource(said["source"]),
            amount=said["amount"],
            received_on=said["received_on"],
            document=said["document"],
            demands=[PaymentDemand(by_on, percent) for by_on, percent in pairs if by_on is not None],
        )


class PayFundsForm(ProjectActForm):
    title = button = _("Record a payment")
    done = _("The payment is recorded.")
    record: FundsReceived
    amount = MoneyField(label=_("Amount"), min_value=0, help_text=_("In ten thousand yuan."))
    paid_on = day_field(label=_("Paid on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("paid_on", clock.today())

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record.project))

    def act(self) -> Any:
        said = self.cleaned_data
        return services.pay_funds(
            self.viewer, self.record, amount=said["amount"], paid_on=said["paid_on"], note=said["note"]
        )


class CorrectPaymentForm(ProjectActForm):
    """Another amount for a payment; the one before stays in sight."""

    title = button = _("Correct the payment")
    done = _("The payment is corrected; what was said before stays in sight.")
    record: FundsPaid
    amount = MoneyField(label=_("Amount"), min_value=0, help_text=_("In ten thousand yuan. 0: it was never paid."))
    paid_on = day_field(label=_("Paid on"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    @property
    def project(self) -> Project:
        return self.record.received.project

    def prepare(self) -> None:
        self.initial.update(amount=self.record.amount, paid_on=self.record.paid_on)

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.project))

    def act(self) -> FundsPaid:
        said = self.cleaned_data
        return services.correct_payment(
            self.viewer, self.record, amount=said["amount"], paid_on=said["paid_on"], reason=said["reason"]
        )


class RaiseBottleneckForm(ProjectActForm):
    """What holds the project up; in the same form it becomes a supervised task."""

    title = button = _("Record a bottleneck")
    done = _("The bottleneck is recorded.")
    record: Project
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(BottleneckKind))
    text = forms.CharField(label=_("What holds it up"), widget=text_area(3))
    found_on = day_field(label=_("Held up since"))
    agency = record_field(_("Whose it is to clear"), required=False)
    due_on = day_field(label=_("To be resolved by"), required=False)
    stage = forms.ChoiceField(
        label=_("Which stage it stops"), required=False, choices=[("", _("None")), *choices_of(ProjectStage)]
    )
    milestone = record_field(_("Which milestone it stops"), required=False, empty_label=_("None"))
    step = forms.CharField(
        label=_("Which other step it stops"),
        max_length=128,
        required=False,
        help_text=_("A permit, or in plain words."),
    )

    def prepare(self) -> None:
        self.initial.setdefault("found_on", clock.today())
        offer(self, "agency", responsible_agencies(self.viewer))
        offer(self, "milestone", queries.milestones_of(self.record).filter(reached_on=None))
        if self.record.subject is not None and may_raise_tasks(self.viewer, self.record.subject):
            self._add_task()

    def _add_task(self) -> None:
        """Whoever is to clear it leads the task."""
        self.fields["task"] = forms.BooleanField(label=_("Make it a supervised task"), required=False)
        self.fields["deadline_on"] = day_field(
            label=_("Deadline of the task"), required=False, help_text=_("Otherwise the rule counts.")
        )

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record))

    def act(self) -> Bottleneck:
        said = self.cleaned_data
        agency_id = said["agency"].pk if said["agency"] else None
        deadline_on = said.get("deadline_on") or said["due_on"]
        draft = TaskDraft(said["text"], lead_agency_id=agency_id, deadline_on=deadline_on)
        return services.raise_bottleneck(
            self.viewer,
            self.record,
            kind=BottleneckKind(said["kind"]),
            text=said["text"],
            found_on=said["found_on"],
            agency_id=agency_id,
            due_on=said["due_on"],
            stage=ProjectStage(said["stage"]) if said["stage"] else None,
            milestone_id=said["milestone"].pk if said["milestone"] else None,
            step=said["step"],
            task=draft if said.get("task") else None,
        )


class ResolveBottleneckForm(ProjectActForm, VersionedActForm):
    title = button = _("Bottleneck resolved")
    done = _("The bottleneck is resolved.")
    record: Bottleneck
    resolved_on = day_field(label=_("Resolved on"))
    resolution = forms.CharField(label=_("Resolution"), widget=text_area(2))

    def prepare(self) -> None:
        self.initial.setdefault("resolved_on", clock.today())

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record.project))

    def act(self) -> Bottleneck:
        said = self.cleaned_data
        return services.resolve_bottleneck(
            self.viewer,
            self.record,
            resolved_on=said["resolved_on"],
            resolution=said["resolution"],
            seen_version=self.seen_version,
        )


MILESTONE_FORMS: dict[str, type[ProjectActForm]] = {"reach": ReachMilestoneForm, "drop": DropMilestoneForm}
FUNDS_FORMS: dict[str, type[ProjectActForm]] = {"pay": PayFundsForm}
PAYMENT_FORMS: dict[str, type[ProjectActForm]] = {"correct": CorrectPaymentForm}


class BottleneckTaskForm(ProjectActForm, VersionedActForm):
    """One click: the task has the bottleneck's words, its agency and its day."""

    title = button = _("Make it a supervised task")
    done = _("The task is made with what the bottleneck says.")
    record: Bottleneck

    def may(self) -> bool:
        project = self.record.project
        may_raise = project.subject is not None and may_raise_tasks(self.viewer, project.subject)
        return bool(may_report_on_project(self.viewer, project)) and may_raise

    def act(self) -> Bottleneck:
        return services.raise_bottleneck_task(self.viewer, self.record, seen_version=self.seen_version)


BOTTLENECK_FORMS: dict[str, type[ProjectActForm]] = {"resolve": ResolveBottleneckForm, "raise-task": BottleneckTaskForm}
