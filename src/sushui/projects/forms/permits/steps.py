"""What is recorded of one permit step; what is odd is asked about in the same form, and confirmed there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import VersionedActForm, day_field, offer, record_field, text_area
from sushui.kernel.labels import label_of
from sushui.organizations.queries import responsible_agencies
from sushui.projects.adapter.permits import laws_of
from sushui.projects.enums.permits import PermitDoubt, PermitStopKind
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.models import PermitStep
from sushui.projects.panels.permits.wording import called, limit_in_words, source_in_words, validity_in_words
from sushui.projects.permissions import may_file_permit, may_plan_permits, may_record_permit
from sushui.projects.rules.permits import StepLaw
from sushui.projects.services import permits as services

# What each refusal asks about; the box by which it is confirmed stands there once it was asked.
ASKED = {f"permit_{doubt}": doubt for doubt in PermitDoubt}
COMPARED = _("I have compared it with the document: it is so.")


class StepForm(ProjectActForm, VersionedActForm):
    """An act on one step on the version that was seen."""

    template = "projects/permits/act.html"
    record: PermitStep

    def prepare(self) -> None:
        self.initial.setdefault("on", clock.today())
        for doubt in PermitDoubt:
            if f"confirm_{doubt}" in (self.data or {}):
                self._ask(doubt)

    def _ask(self, doubt: PermitDoubt) -> None:
        self.fields[f"confirm_{doubt}"] = forms.BooleanField(label=COMPARED, required=False, help_text=label_of(doubt))

    @property
    def law(self) -> StepLaw:
        """What the path says of the step; the form shows it beside what is asked."""
        return laws_of(self.record.plan)[self.record.key]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What to know while one types: the limit with its source, the validity, the documents."""
        law = self.law
        said = [(_("Limit"), limit_in_words(law), law.limit_source)] if law.limit else []
        if law.validity:
            said.append((_("Good for"), validity_in_words(law), law.validity_source))
        return [(str(label), f"{text} · {source_in_words(source)}") for label, text, source in said]

    @property
    def title_of_step(self) -> str:
        return called(self.record)

    @property
    def confirmed(self) -> frozenset[PermitDoubt]:
        """What was asked about before and confirmed now."""
        return frozenset(doubt for doubt in PermitDoubt if self.cleaned_data.get(f"confirm_{doubt}"))

    def is_done(self) -> bool:
        done = super().is_done()
        doubt = ASKED.get(self.refusal.code) if self.refusal is not None else None
        if doubt is not None and f"confirm_{doubt}" not in self.fields:
            self._ask(doubt)
        return done

    def may(self) -> bool:
        return bool(may_record_permit(self.viewer, self.record))

    def done_on(self, name: str = "on") -> dict[str, Any]:
        return {"on": self.cleaned_data[name], "seen_version": self.seen_version}


class FileForm(StepForm):
    title = button = _("Record the application")
    done = _("The application is recorded.")
    on = day_field(label=_("Filed on"))

    def may(self) -> bool:
        return bool(may_file_permit(self.viewer, self.record))

    def act(self) -> PermitStep:
        return services.file_permit(self.viewer, self.record, confirmed=self.confirmed, **self.done_on())


class AcceptForm(StepForm):
    title = button = _("Record the acceptance")
    done = _("The acceptance is recorded.")
    on = day_field(label=_("Accepted on"))

    def act(self) -> PermitStep:
        return services.accept_permit(self.viewer, self.record, **self.done_on())


class SendBackForm(StepForm):
    title = button = _("Send back for corrections")
    done = _("It is sent back; what is to be corrected stands beside it.")
    on = day_field(label=_("Sent back on"))
    reason = forms.CharField(
        label=_("What is to be corrected"),
        widget=text_area(3),
        help_text=_("All of it at once (Administrative Licensing Law, article 32)."),
    )

    def act(self) -> PermitStep:
        reason = self.cleaned_data["reason"]
        return services.send_back_permit(self.viewer, self.record, reason=reason, **self.done_on())


class StopForm(StepForm):
    title = button = _("Stop the clock")
    done = _("The clock stands still.")
    kind = forms.ChoiceField(label=_("Reason of the stop"))
    on = day_field(label=_("Stopped since"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def prepare(self) -> None:
        super().prepare()
        said = [
            (kind.value, f"{label_of(kind)} · {source_in_words(source)}") for kind, source in self.law.stops.items()
        ]
        self.fields["kind"].choices = said  # type: ignore[attr-defined]

    def act(self) -> PermitStep:
        said = self.cleaned_data
        kind = PermitStopKind(said["kind"])
        return services.stop_permit(self.viewer, self.record, kind=kind, reason=said["reason"], **self.done_on())


class ResumeForm(StepForm):
    title = button = _("It goes on")
    done = _("It goes on; the clock runs again.")
    on = day_field(label=_("Goes on since"))
    note = forms.CharField(label=_("Note"), required=False, widget=text_area(2))

    def may(self) -> bool:
        return bool(may_file_permit(self.viewer, self.record))

    def act(self) -> PermitStep:
        note = self.cleaned_data["note"]
        return services.resume_permit(self.viewer, self.record, note=note, **self.done_on())


class GrantForm(StepForm):
    title = button = _("Record the grant")
    done = _("The grant is recorded.")
    on = day_field(label=_("Granted on"))
    number = forms.CharField(label=_("Number of the document"), max_length=128, required=False)
    expires_on = day_field(
        label=_("Good until"), required=False, help_text=_("Where the paper says so; else the law's length counts.")
    )

    def act(self) -> PermitStep:
        said = self.cleaned_data
        return services.grant_permit(
            self.viewer,
            self.record,
            number=said["number"],
            expires_on=said["expires_on"],
            confirmed=self.confirmed,
            **self.done_on(),
        )


class ProlongForm(StepForm):
    title = button = _("Prolong the limit")
    done = _("The limit is prolonged.")
    by_days = forms.IntegerField(label=_("Prolonged by, in days of the limit"), min_value=0, max_value=3650)
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> PermitStep:
        said = self.cleaned_data
        return services.prolong_permit_limit(
            self.viewer, self.record, by_days=said["by_days"], reason=said["reason"], seen_version=self.seen_version
        )


class ExtendForm(StepForm):
    title = button = _("Extend the permit")
    done = _("The permit is extended.")
    expires_on = day_field(label=_("Good until"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> PermitStep:
        said = self.cleaned_data
        return services.extend_permit(
            self.viewer,
            self.record,
            expires_on=said["expires_on"],
            reason=said["reason"],
            seen_version=self.seen_version,
        )


class PlanForm(StepForm):
    """How long the step is expected to take, and whose it is, for this project alone."""

    title = button = _("Plan the step")
    done = _("The step is planned.")
    planned_days = forms.IntegerField(
        label=_("Planned days"),
        required=False,
        min_value=0,
        max_value=services.LONGEST_PLAN,
        help_text=_("In the days of its limit, else in working days; it goes before the limit."),
    )
    agency = record_field(_("Agency that holds it"), required=False)

    def prepare(self) -> None:
        super().prepare()
        offer(self, "agency", responsible_agencies(self.viewer))
        self.initial.update(planned_days=self.record.planned_days, agency=self.record.agency_id)

    def may(self) -> bool:
        return bool(may_plan_permits(self.viewer, self.record.project))

    def act(self) -> PermitStep:
        said = self.cleaned_data
        return services.plan_permit_step(
            self.viewer,
            self.record,
            planned_days=said["planned_days"],
            agency_id=said["agency"].pk if said["agency"] else None,
            seen_version=self.seen_version,
        )


class TakeBackForm(StepForm):
    title = button = _("Take back the newest entry")
    done = _("It is taken back; the story keeps what it was.")
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def act(self) -> PermitStep:
        reason = self.cleaned_data["reason"]
        return services.take_back_permit(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


STEP_FORMS: dict[str, type[StepForm]] = {
    "file": FileForm,
    "accept": AcceptForm,
    "send-back": SendBackForm,
    "stop": StopForm,
    "resume": ResumeForm,
    "grant": GrantForm,
    "prolong": ProlongForm,
    "extend": ExtendForm,
    "plan": PlanForm,
    "take-back": TakeBackForm,
}
