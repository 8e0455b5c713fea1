"""What the issuer and the leaders do to a whole task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import VersionedActForm, text_area
from sushui.supervision import queries, services
from sushui.supervision.forms.acts import NOTHING_TICKED, GuardedForm
from sushui.supervision.models import SupervisedTask, TaskPart
from sushui.supervision.panels.foreseen import Foreseen, foreseen
from sushui.supervision.permissions import may_manage_task, may_remind, may_withdraw_task

REASON_FOR_REPEATING = _("Why it is asked for again")
FORBIDDEN_TO_REPEAT = _("Repeated inspection is forbidden (Regulations on Government Inspection, article 15).")


class TaskActForm(GuardedForm, VersionedActForm):
    """An act of whoever issued the task, on the version that they have seen."""

    record: SupervisedTask

    def may(self) -> bool:
        return bool(may_manage_task(self.viewer, self.record))


class AssignForm(TaskActForm):
    """Gives a draft to its agencies; where something like it was asked of them before, only with a reason."""

    title = button = _("Assign")
    done = _("Assigned: the agencies are told, their clocks run from today.")
    note = forms.CharField(label=REASON_FOR_REPEATING, widget=text_area(), help_text=FORBIDDEN_TO_REPEAT)

    def prepare(self) -> None:
        self.demands: Sequence[TaskPart] = queries.repeated_demands(self.viewer, [self.record])
        if not self.demands:
            del self.fields["note"]

    @property
    def foreseen(self) -> list[Foreseen]:
        """The deadlines that it would be given today."""
        return foreseen([self.record])

    def act(self) -> SupervisedTask:
        note = self.cleaned_data.get("note", "")
        return services.assign_task(self.viewer, self.record, note=note, seen_version=self.seen_version)


class BulkAssignForm(GuardedForm):
    """Assigns every draft that is ticked, all or none; ``record`` holds the tasks."""

    title = button = _("Assign")
    done = _("All that were ticked are assigned.")
    record: Sequence[SupervisedTask]
    note = forms.CharField(label=REASON_FOR_REPEATING, widget=text_area(), help_text=FORBIDDEN_TO_REPEAT)

    def prepare(self) -> None:
        self.demands: Sequence[TaskPart] = queries.repeated_demands(self.viewer, self.record)
        if not self.demands:
            del self.fields["note"]

    @property
    def foreseen(self) -> list[Foreseen]:
        """The deadlines that they would be given today."""
        return foreseen(self.record)

    def clean(self) -> dict[str, Any]:
        if not self.record:
            raise ValidationError(NOTHING_TICKED)
        return self.cleaned_data

    def may(self) -> bool:
        return all(may_manage_task(self.viewer, task) for task in self.record)

    def act(self) -> None:
        services.assign_tasks(self.viewer, self.record, note=self.cleaned_data.get("note", ""))


class WithdrawForm(TaskActForm):
    title = button = _("Withdraw")
    done = _("Withdrawn: its clocks have ended, its story stays.")
    reason = forms.CharField(label=_("Reason"), widget=text_area())

    def may(self) -> bool:
        return bool(may_withdraw_task(self.viewer, self.record))

    def act(self) -> SupervisedTask:
        reason = self.cleaned_data["reason"]
        return services.withdraw_task(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class RemindForm(GuardedForm):
    title = button = _("Remind")
    done = _("Everybody whose part is open is reminded.")
    record: SupervisedTask
    note = forms.CharField(label=_("What to say"), required=False, widget=text_area(2))

    def may(self) -> bool:
        return bool(self.record.is_open and may_remind(self.viewer, self.record))

    def act(self) -> Any:
        services.remind(self.viewer, self.record, note=self.cleaned_data["note"])
        return self.record


class ResumeForm(GuardedForm):
    title = button = _("Resume")
    done = _("The task runs again; the days it stood still do not count.")
    record: SupervisedTask
    note = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_manage_task(self.viewer, self.record))

    def act(self) -> Any:
        services.resume_task(self.viewer, self.record, note=self.cleaned_data["note"])
        return self.record


TASK_FORMS: dict[str, type[GuardedForm]] = {
    "assign": AssignForm,
    "withdraw": WithdrawForm,
    "remind": RemindForm,
    "resume": ResumeForm,
}
