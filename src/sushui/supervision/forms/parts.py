"""What an agency does with its part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import ReceivedFile, receive_uploads
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import label_of
from sushui.kernel.uploads import files_field
from sushui.organizations.queries import posts, responsible_agencies
from sushui.supervision import queries, services
from sushui.supervision.enums import PartRole, ReportKind
from sushui.supervision.forms.acts import NOTHING_TICKED, GuardedForm
from sushui.supervision.models import TaskClock, TaskPart
from sushui.supervision.panels.offers import due_report
from sushui.supervision.permissions import may_appoint_handler, may_work_on_part
from sushui.supervision.rules import REPORT_FOR
from sushui.supervision.services import EXTENDABLE, PlanStep

STEPS = 6


class PartForm(GuardedForm, VersionedActForm):
    """An act of the agency's own people, on the part as they have seen it; one tap beside a list says no version."""

    record: TaskPart

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["version"].required = False

    @property
    def seen(self) -> int | None:
        """The version that the form was shown with."""
        version: int | None = self.cleaned_data["version"]
        return version

    def may(self) -> bool:
        return bool(may_work_on_part(self.viewer, self.record))

    def received(self) -> list[ReceivedFile]:
        """What was sent along, taken in before the act begins."""
        return receive_uploads(self.viewer, self.cleaned_data["uploads"])


class SignForm(PartForm):
    title = button = _("Sign for it")
    done = _("Signed for.")
    arrangement = forms.CharField(
        label=_("Arrangement"),
        required=False,
        widget=text_area(),
        help_text=_("How the agency has arranged the work; it can also be reported later today."),
    )

    def prepare(self) -> None:
        if self.record.role is not PartRole.LEAD:
            del self.fields["arrangement"]

    def act(self) -> TaskPart:
        said = self.cleaned_data.get("arrangement", "")
        return services.sign_for_task(self.viewer, self.record, arrangement=said, seen_version=self.seen)


class ReportForm(PartForm):
    title = _("Report progress")
    button = _("Report it")
    done = _("Reported.")
    kind = forms.ChoiceField(label=_("What it answers"))
    text = forms.CharField(
        label=_("Progress"),
        widget=text_area(5),
        help_text=_("What was done, what was reached, what holds it up, and the next step."),
    )
    uploads = files_field()

    def prepare(self) -> None:
        running = queries.running_clocks(self.record)
        answers: dict[ReportKind, TaskClock] = {}
        for each in running:
            if each.kind in REPORT_FOR:
                answers.setdefault(REPORT_FOR[each.kind], each)
        kinds = {kind: _answered(kind, answers.get(kind)) for kind in (*answers, ReportKind.PROGRESS)}
        kinds.pop(ReportKind.ANSWER, None)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, label) for kind, label in kinds.items()]
        due = due_report(running)
        self.initial.setdefault("kind", due if due in kinds else ReportKind.PROGRESS)

    def act(self) -> Any:
        kind = ReportKind(self.cleaned_data["kind"])
        said = {"kind": kind, "text": self.cleaned_data["text"], "files": self.received()}
        return services.report_progress(self.viewer, self.record, **said, seen_version=self.seen)


def _answered(kind: ReportKind, running: TaskClock | None) -> str:
    """A kind of report with the day of the deadline that it answers; of several nodes or steps that is the earliest."""
    return f"{label_of(kind)} · {running.due_on}" if running else str(label_of(kind))


class AnswerForm(PartForm):
    title = _("Answer the lead agency")
    button = _("Send the answer")
    done = _("The lead agency has your answer.")
    text = forms.CharField(label=_("Answer"), widget=text_area(5))
    uploads = files_field()

    def act(self) -> Any:
        said = {"kind": ReportKind.ANSWER, "text": self.cleaned_data["text"], "files": self.received()}
        return services.report_progress(self.viewer, self.record, **said, seen_version=self.seen)


class ApplyForm(PartForm):
    title = _("Apply for closing")
    button = _("Send the application")
    done = _("Applied for closing: the office decides.")
    text = forms.CharField(
        label=_("What was reached"),
        widget=text_area(5),
        help_text=_("What was reached, and where the proof can be seen."),
    )
    uploads = files_field()

    def act(self) -> Any:
        said = {"text": self.cleaned_data["text"], "files": self.received()}
        return services.apply_for_closing(self.viewer, self.record, **said, seen_version=self.seen)


class ExtensionForm(PartForm):
    title = _("Ask for an extension")
    button = _("Send the application")
    done = _("Asked for an extension: the office decides. The present deadline runs on.")
    running = forms.ChoiceField(label=_("Deadline"))
    new_due_on = day_field(label=_("New deadline"))
    reason = forms.CharField(label=_("Reason"), widget=text_area())

    def prepare(self) -> None:
        self.clocks = {str(each.pk): each for each in queries.running_clocks(self.record) if each.kind in EXTENDABLE}
        field = self.fields["running"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(number, f"{_clock_label(each)} {each.due_on}") for number, each in self.clocks.items()]

    def act(self) -> Any:
        running = self.clocks[self.cleaned_data["running"]]
        said = {name: self.cleaned_data[name] for name in ("new_due_on", "reason")}
        return services.ask_extension(self.viewer, self.record, running=running, **said, seen_version=self.seen)


def _clock_label(running: TaskClock) -> str:
    return running.label or label_of(running.kind)


class PlanStepWidget(forms.MultiWidget):
    """A day and what is reached by it, on one line."""

    def __init__(self) -> None:
        day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "aria-label": gettext("Day")})
        text = forms.TextInput(attrs={"aria-label": gettext("What is reached by then")})
        super().__init__([day, text])

    def decompress(self, value: PlanStep | None) -> list[Any]:
        return [value.on, value.text] if value else [None, ""]


class PlanStepField(forms.MultiValueField):
    """One dated step of a plan; both halves or none."""

    def __init__(self, **more: Any) -> None:
        fields = (forms.DateField(required=False), forms.CharField(required=False, max_length=255))
        super().__init__(fields, widget=PlanStepWidget(), require_all_fields=False, required=False, **more)

    def compress(self, values: Sequence[Any]) -> PlanStep | None:
        on, text = (*values, None, None)[:2]
        if not on and not text:
            return None
        if not isinstance(on, date) or not text:
            raise ValidationError(_("A step needs its day and what is reached by then."))
        return PlanStep(on, text)


class SuspensionForm(PartForm):
    title = _("Ask for suspension with a plan")
    button = _("Send the application")
    done = _("Asked for suspension: the office decides. The clocks run on until then.")
    reason = forms.CharField(
        label=_("Reason"), widget=text_area(), help_text=_("Why it cannot be done within the deadline.")
    )

    def prepare(self) -> None:
        for number in range(1, STEPS + 1):
            label = gettext("Step %(number)d of the plan") % {"number": number}
            self.fields[f"step_{number}"] = PlanStepField(label=label)

    def act(self) -> Any:
        steps = [self.cleaned_data[f"step_{number}"] for number in range(1, STEPS + 1)]
        plan = [step for step in steps if step is not None]
        said = {"reason": self.cleaned_data["reason"], "plan": plan}
        return services.ask_suspension(self.viewer, self.record, **said, seen_version=self.seen)


class DisputeForm(PartForm):
    title = _("Not ours")
    button = _("Send it to the office")
    done = _("The office decides whose it is.")
    named_agency = record_field(_("Whose it is"), help_text=_("“Not ours” must name the agency whose task it is."))
    reason = forms.CharField(label=_("Reason"), widget=text_area())

    def prepare(self) -> None:
        offer(self, "named_agency", responsible_agencies(self.viewer).exclude(pk=self.record.agency_id))

    def act(self) -> Any:
        said = {"named_agency_id": self.cleaned_data["named_agency"].pk, "reason": self.cleaned_data["reason"]}
        return services.dispute_ownership(self.viewer, self.record, **said, seen_version=self.seen)


def own_posts(viewer: Any) -> Any:
    """Posts of the viewer's agency and of those under it."""
    return posts(viewer).filter(agency_id__in=viewer.agency_ids)


class AppointForm(PartForm):
    title = button = _("Name the handler")
    done = _("The handler is named and told.")
    handler = record_field(_("Handler"))

    def prepare(self) -> None:
        offer(self, "handler", own_posts(self.viewer))
        self.initial.setdefault("handler", self.record.handler_post_id)

    def may(self) -> bool:
        return bool(may_appoint_handler(self.viewer, self.record))

    def act(self) -> Any:
        handler = self.cleaned_data["handler"]
        return services.appoint_handler(self.viewer, self.record, handler_post_id=handler.pk, seen_version=self.seen)


class BulkAppointForm(GuardedForm):
    """Names one handler for every part that is ticked, all or none; ``record`` holds the parts."""

    title = button = _("Name the handler")
    record: Sequence[TaskPart]
    handler = record_field(_("Handler"))
    done = _("The handler is named for all that were ticked.")

    def prepare(self) -> None:
        offer(self, "handler", own_posts(self.viewer))

    def clean(self) -> dict[str, Any]:
        if not self.record:
            raise ValidationError(NOTHING_TICKED)
        return self.cleaned_data

    def may(self) -> bool:
        return all(may_appoint_handler(self.viewer, part) for part in self.record)

    def act(self) -> None:
        services.appoint_handlers(self.viewer, self.record, handler_post_id=self.cleaned_data["handler"].pk)


PART_FORMS: dict[str, type[GuardedForm]] = {
    "sign": SignForm,
    "report": ReportForm,
    "answer": AnswerForm,
    "apply": ApplyForm,
    "ask-extension": ExtensionForm,
    "ask-suspension": SuspensionForm,
    "dispute": DisputeForm,
    "appoint": AppointForm,
}
