"""Acts on a whole project: its start, its stage, its enrollment, a task about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import choices_of
from sushui.organizations.queries import responsible_agencies
from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.forms.acts import MonthField, ProjectActForm
from sushui.projects.forms.asking import AskingForm
from sushui.projects.forms.facts import AddMilestoneForm, RaiseBottleneckForm, ReceiveFundsForm
from sushui.projects.forms.figures import PlanForm
from sushui.projects.forms.gates import (
    AddEvidenceForm,
    CorrectDaysForm,
    WaiveGateForm,
    evidence_fields,
    said_pieces,
)
from sushui.projects.forms.ground import LocateForm
from sushui.projects.forms.ledger import EditForm
from sushui.projects.forms.outputs import OutputForm
from sushui.projects.forms.resources import AddNeedForm
from sushui.projects.models import Project
from sushui.projects.permissions import may_edit_project, may_enroll_project
from sushui.projects.rules.stages import stages_after
from sushui.supervision.enums import OrderSource, TaskKind
from sushui.supervision.permissions import may_raise_tasks
from sushui.supervision.services import TaskDraft, raise_tasks


class PostponeForm(ProjectActForm, VersionedActForm):
    title = button = _("Postpone the start")
    done = _("The start is postponed; the month first planned stays visible.")
    record: Project
    month = MonthField(label=_("New month of start"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(3))

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def act(self) -> Project:
        said = self.cleaned_data
        return services.postpone_start(
            self.viewer, self.record, month=said["month"], reason=said["reason"], seen_version=self.seen_version
        )


class MoveForm(AskingForm, VersionedActForm):
    """Notes that the project reached another stage, on the evidence that the stage asks for."""

    title = button = _("Move to another stage")
    done = _("The project stands in its new stage.")
    record: Project
    stage = forms.ChoiceField(label=_("Stage"))
    on = day_field(label=_("In this stage since"))
    note = forms.CharField(
        label=_("Note"), required=False, widget=text_area(2), help_text=_("The reason, where it is suspended or ended.")
    )
    review_on = day_field(
        label=_("To be reviewed on"), required=False, help_text=_("Where it is suspended: when it is looked at again.")
    )

    def prepare(self) -> None:
        labels = dict(choices_of(ProjectStage))
        stages = stages_after(self.record.stage)
        self.fields["stage"].choices = [(stage.value, labels[stage]) for stage in stages]  # type: ignore[attr-defined]
        following = [stage for stage in stages if list(ProjectStage).index(stage) > self._at]
        self.initial.setdefault("stage", following[0] if following else None)
        self.initial.setdefault("on", clock.today())
        self.fields.update(evidence_fields(self.record, following, is_required=False))

    @property
    def _at(self) -> int:
        return list(ProjectStage).index(ProjectStage(self.record.stage))

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record)) and bool(stages_after(self.record.stage))

    def act(self) -> Project:
        said = self.cleaned_data
        return services.move_project(
            self.viewer,
            self.record,
            stage=ProjectStage(said["stage"]),
            on=said["on"],
            note=said["note"],
            review_on=said["review_on"],
            evidence=said_pieces(said),
            confirmed=self.confirmed,
            seen_version=self.seen_version,
        )


class EnrollForm(ProjectActForm, VersionedActForm):
    title = button = _("Record the enrollment")
    done = _("The enrollment is recorded.")
    record: Project
    enrolled_on = day_field(label=_("Enrolled on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def prepare(self) -> None:
        self.initial.setdefault("enrolled_on", clock.today())

    def may(self) -> bool:
        return bool(may_enroll_project(self.viewer, self.record))

    def act(self) -> Project:
        said = self.cleaned_data
        return services.enroll_project(
            self.viewer,
            self.record,
            enrolled_on=said["enrolled_on"],
            note=said["note"],
            seen_version=self.seen_version,
        )


class RaiseTaskForm(ProjectActForm):
    """A supervised task about the project: given out at once by whoever may, else proposed to the office."""

    title = button = _("Raise a task")
    done = _("The task is raised.")
    record: Project
    text = forms.CharField(label=_("Task"), widget=text_area(3))
    lead = record_field(_("Lead agency"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices_of(TaskKind))
    deadline_on = day_field(label=_("Deadline"), required=False, help_text=_("Otherwise the rule counts."))
    source = forms.ChoiceField(label=_("Source"), choices=choices_of(OrderSource), initial=OrderSource.MEETING)

    def prepare(self) -> None:
        offer(self, "lead", responsible_agencies(self.viewer))
        self.initial.setdefault("lead", self.record.agency_id)

    def may(self) -> bool:
        return self.record.subject is not None and bool(may_raise_tasks(self.viewer, self.record.subject))

    def act(self) -> Any:
        said = self.cleaned_data
        draft = TaskDraft(
            said["text"],
            lead_agency_id=said["lead"].pk if said["lead"] else None,
            kind=TaskKind(said["kind"]),
            deadline_on=said["deadline_on"],
        )
        subject, source = self.record.subject, OrderSource(said["source"])
        assert subject is not None, "asked by may"
        return raise_tasks(self.viewer, subject, [draft], title=self.record.name, source=source)


PROJECT_FORMS: dict[str, type[ProjectActForm]] = {
    "plan": PlanForm,
    "postpone": PostponeForm,
    "move": MoveForm,
    "add-need": AddNeedForm,
    "add-evidence": AddEvidenceForm,
    "waive-gate": WaiveGateForm,
    "correct-days": CorrectDaysForm,
    "add-milestone": AddMilestoneForm,
    "receive": ReceiveFundsForm,
    "enroll": EnrollForm,
    "record-output": OutputForm,
    "raise-bottleneck": RaiseBottleneckForm,
    "raise-task": RaiseTaskForm,
    "edit": EditForm,
    "locate": LocateForm,
}
