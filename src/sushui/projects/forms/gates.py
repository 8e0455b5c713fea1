"""Evidence for stages: recorded, withdrawn, waived; and the days of start and completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import VersionedActForm, day_field, text_area
from sushui.kernel.labels import label_of
from sushui.projects import services
from sushui.projects.enums import EvidenceKind, ProjectStage
from sushui.projects.forms.acts import MoneyField, ProjectActForm
from sushui.projects.forms.asking import AskingForm
from sushui.projects.models import GatePassage, Project, StageEvidence
from sushui.projects.permissions import may_edit_project, may_report_on_project, may_waive_gates
from sushui.projects.queries import openings_of
from sushui.projects.services import Piece

EVIDENCE = ("evidence", "number", "day", "text", "amount")


def evidence_fields(project: Project, stages: Iterable[ProjectStage], *, is_required: bool) -> dict[str, forms.Field]:
    """The fields of a piece of evidence; its kinds stand under the stages that ask for them."""
    asked = openings_of(project.division_id)
    kinds = [
        (label_of(stage), [(each.kind.value, label_of(each.kind)) for each in asked[stage]])
        for stage in stages
        if asked.get(stage)
    ]
    return {
        "evidence": forms.ChoiceField(
            label=_("Evidence"),
            choices=kinds if is_required else [("", _("recorded before, or none")), *kinds],
            required=is_required,
        ),
        "number": forms.CharField(label=_("Number of the paper"), max_length=64, required=False),
        "day": day_field(label=_("Day of the paper"), required=False),
        "text": forms.CharField(label=_("What it says"), required=False, widget=text_area(2)),
        "amount": MoneyField(
            label=_("Yearly output reached"), required=False, help_text=_("In ten thousand yuan. For a target return.")
        ),
    }


def said_pieces(said: dict[str, Any]) -> list[Piece]:
    """The piece of evidence that was typed, if one was."""
    if not said.get("evidence"):
        return []
    values = {name: said[name] for name in EVIDENCE[1:]}
    return [Piece(EvidenceKind(said["evidence"]), **values)]


class AddEvidenceForm(AskingForm):
    title = button = _("Record evidence")
    done = _("The evidence is recorded. Files can be attached to it.")
    record: Project
    stage = forms.ChoiceField(label=_("Stage"))

    def prepare(self) -> None:
        stages = list(openings_of(self.record.division_id))
        self.fields["stage"].choices = [(each.value, label_of(each)) for each in stages]  # type: ignore[attr-defined]
        shown = [each for each in stages if each == self.initial.get("stage")] or stages
        self.fields.update(evidence_fields(self.record, shown, is_required=True))

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record))

    def act(self) -> StageEvidence | None:
        said = self.cleaned_data
        (piece,) = said_pieces(said)
        stage = ProjectStage(said["stage"])
        return services.add_evidence(self.viewer, self.record, stage, piece, confirmed=self.confirmed)


class WaiveGateForm(ProjectActForm):
    """A post lets the project pass without evidence, and says why."""

    title = button = _("Waive the evidence")
    done = _("The evidence is waived; post and reason stay in sight.")
    record: Project
    stage = forms.ChoiceField(label=_("Stage"))
    reason = forms.CharField(label=_("Reason"), widget=text_area(3))

    def prepare(self) -> None:
        stages = openings_of(self.record.division_id)
        self.fields["stage"].choices = [(each.value, label_of(each)) for each in stages]  # type: ignore[attr-defined]

    def may(self) -> bool:
        return bool(may_waive_gates(self.viewer, self.record))

    def act(self) -> GatePassage:
        said = self.cleaned_data
        return services.waive_gate(self.viewer, self.record, ProjectStage(said["stage"]), reason=said["reason"])


class WithdrawEvidenceForm(ProjectActForm, VersionedActForm):
    title = button = _("Withdraw the evidence")
    done = _("The evidence is withdrawn; it stays in sight with the reason.")
    record: StageEvidence
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record.project))

    def act(self) -> StageEvidence:
        reason = self.cleaned_data["reason"]
        return services.withdraw_evidence(self.viewer, self.record, reason=reason, seen_version=self.seen_version)


class CorrectDaysForm(ProjectActForm, VersionedActForm):
    title = button = _("Correct start and completion")
    done = _("The days are corrected; those before stay in the story.")
    record: Project
    started_on = day_field(label=_("Started on"), required=False)
    completed_on = day_field(label=_("Completed on"), required=False)
    reason = forms.CharField(label=_("Reason"), widget=text_area(2))

    def prepare(self) -> None:
        self.initial.update(started_on=self.record.started_on, completed_on=self.record.completed_on)

    def may(self) -> bool:
        return bool(may_edit_project(self.viewer, self.record))

    def act(self) -> Project:
        said = self.cleaned_data
        return services.correct_days(
            self.viewer,
            self.record,
            started_on=said["started_on"],
            completed_on=said["completed_on"],
            reason=said["reason"],
            seen_version=self.seen_version,
        )


EVIDENCE_FORMS: dict[str, type[ProjectActForm]] = {"withdraw": WithdrawEvidenceForm}
