"""Drafting orders and tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.kernel.subjects import visible_subjects
from sushui.organizations.queries import leader_posts, responsible_agencies
from sushui.supervision import services
from sushui.supervision.enums import NodeCycle, OrderKind, OrderSource, PartRole, TaskKind
from sushui.supervision.forms.acts import GuardedForm, leader_field, records_field
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from sushui.supervision.panels.foreseen import Foreseen, foreseen
from sushui.supervision.permissions import is_issuer, may_draft_orders, may_manage_task
from sushui.supervision.services import TaskDraft


class OrderForm(GuardedForm):
    title = button = _("Draft an order")
    done = _("The order is drafted: add its tasks.")
    name = forms.CharField(label=_("Title"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(OrderKind))
    source = forms.ChoiceField(label=_("Source"), choices=choices_of(OrderSource))
    issued_on = day_field(label=_("Issued on"))
    leader = leader_field(_("Leader"))
    subject = record_field(_("Subject"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        self.initial.setdefault("issued_on", clock.today())
        offer(self, "leader", leader_posts(self.viewer))
        subjects = visible_subjects(self.viewer)
        offer(self, "subject", subjects)
        if not subjects.exists():
            del self.fields["subject"]

    def may(self) -> bool:
        return bool(may_draft_orders(self.viewer))

    def act(self) -> SupervisionOrder:
        said = self.cleaned_data
        return services.draft_order(
            self.viewer,
            title=said["name"],
            kind=OrderKind(said["kind"]),
            source=OrderSource(said["source"]),
            issued_on=said["issued_on"],
            leader_post_id=said["leader"] and said["leader"].pk,
            subject=said.get("subject"),
            note=said["note"],
        )


class TaskForm(GuardedForm):
    """A new task of an order."""

    title = _("Draft a task")
    button = _("Save the draft")
    done = _("Saved as a draft: nobody is told before it is assigned.")
    record: Any
    name = forms.CharField(label=_("Task"), widget=text_area(3))
    lead = record_field(_("Lead agency"), required=False, help_text=_("Needed before it can be assigned."))
    supporting = records_field(_("Supporting agencies"), required=False)
    support_request = forms.CharField(label=_("What they are to do"), required=False, widget=text_area(2))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=choices_of(TaskKind),
        help_text=_("General: settled within 7 days. Major: a month, or a plan. Continuing: reports at its nodes."),
    )
    deadline_on = day_field(
        label=_("Deadline"), required=False, help_text=_("Only where the order gives one; otherwise the rule counts.")
    )
    node_cycle = forms.ChoiceField(
        label=_("Reports"), choices=[("", "—"), *choices_of(NodeCycle)], required=False, help_text=_("Continuing work.")
    )
    leader = leader_field(_("Leader"))
    section = forms.CharField(label=_("Section"), max_length=255, required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def prepare(self) -> None:
        agencies = responsible_agencies(self.viewer)
        offer(self, "lead", agencies)
        offer(self, "supporting", agencies)
        offer(self, "leader", leader_posts(self.viewer))

    def may(self) -> bool:
        return bool(is_issuer(self.viewer, self.record))

    def act(self) -> SupervisedTask:
        return services.draft_task(self.viewer, self.record, self.draft())

    def draft(self) -> TaskDraft:
        """What was typed, as the task is to be."""
        said = self.cleaned_data
        supporting = tuple(agency.pk for agency in said["supporting"])
        return TaskDraft(
            title=said["name"],
            lead_agency_id=said["lead"] and said["lead"].pk,
            supporting_agency_ids=supporting,
            kind=TaskKind(said["kind"]),
            deadline_on=said["deadline_on"],
            node_cycle=NodeCycle(said["node_cycle"]) if said["node_cycle"] else None,
            section=said["section"],
            leader_post_id=said["leader"] and said["leader"].pk,
            note=said["note"],
            requests=dict.fromkeys(supporting, said["support_request"]),
        )


class EditTaskForm(TaskForm, VersionedActForm):
    """A draft that is changed, on the version that was seen."""

    title = _("Change the draft")
    done = _("The draft is changed.")
    record: SupervisedTask

    def prepare(self) -> None:
        super().prepare()
        self.initial.update(_as_typed(self.record))

    @property
    def foreseen(self) -> list[Foreseen]:
        """The deadlines that the draft as it stands would be given today."""
        return foreseen([self.record])

    def may(self) -> bool:
        return bool(may_manage_task(self.viewer, self.record))

    def act(self) -> SupervisedTask:
        task = self.record
        kept = replace(
            self.draft(),
            subject_id=task.subject_id,
            deadline_text=task.deadline_text,
            leader_text=task.leader_text,
        )
        return services.edit_task(self.viewer, task, kept, seen_version=self.seen_version)


def _as_typed(task: SupervisedTask) -> dict[str, Any]:
    """A draft as the form shows it."""
    supporting = [part for part in task.parts.all() if part.role is PartRole.SUPPORTING]
    return {
        "name": task.title,
        "lead": task.lead_agency_id,
        "supporting": [part.agency_id for part in supporting],
        "support_request": supporting[0].request if supporting else "",
        "kind": task.kind,
        "deadline_on": task.deadline_on,
        "node_cycle": task.node_cycle,
        "leader": task.leader_post_id,
        "section": task.section,
        "note": task.note,
    }
