"""Reading a liaison list in: sending it, answering what it leaves open, importing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm, VersionedActForm, day_field
from sushui.kernel.labels import label_of
from sushui.kernel.sheets.forms import PreviewedForm
from sushui.kernel.uploads import WorkbookField
from sushui.liaison import services
from sushui.liaison.models import LiaisonList
from sushui.liaison.services import ListQuestion


class StageForm(ActForm):
    title = button = _("Read a list in")
    done = _("The list is read: nothing is appointed yet.")
    workbook = WorkbookField(
        label=_("Workbook"),
        help_text=_("An .xlsx file with a row of headings: the subject, who stands by it, since when."),
    )

    def act(self) -> LiaisonList:
        sent = self.cleaned_data["workbook"]
        return services.stage_list(self.viewer, file_name=sent.name, data=sent.read())


class AnswersForm(VersionedActForm):
    """One field for each question; what is left empty stays open."""

    button = _("Keep the answers")
    done = _("The answers are kept.")
    record: LiaisonList

    def prepare(self) -> None:
        self.questions = services.read_list(self.viewer, self.record).questions
        for number, question in enumerate(self.questions):
            self.fields[f"answer-{number}"] = _field(question)

    def act(self) -> LiaisonList:
        return services.answer_list(self.viewer, self.record, self._answers(), seen_version=self.seen_version)

    def _answers(self) -> Mapping[str, int | str]:
        said = {each.key: self.cleaned_data[f"answer-{number}"] for number, each in enumerate(self.questions)}
        given = {key: value for key, value in said.items() if value not in ("", None)}
        return {key: int(value) if isinstance(value, str) else value.isoformat() for key, value in given.items()}


def _field(question: ListQuestion) -> forms.Field:
    rows = "、".join(map(str, question.rows[:10])) + ("…" if len(question.rows) > 10 else "")
    said: dict[str, Any] = {
        "label": f"{question.text} · {label_of(question.doubt)}" if question.text else label_of(question.doubt),
        "required": False,
        "help_text": _("Rows %(rows)s") % {"rows": rows},
    }
    if question.wants_day:
        return day_field(**said)
    choices = [("", _("Choose")), *question.choices, (services.LEAVE_OUT, _("Leave it out"))]
    return forms.ChoiceField(choices=choices, **said)


class ImportForm(PreviewedForm):
    button = _("Import the list")
    done = _("The list is imported.")
    record: LiaisonList

    def act(self) -> Any:
        seen_version, seen_preview = self.seen_version, self.seen_preview
        return services.import_list(self.viewer, self.record, seen_version=seen_version, seen_preview=seen_preview)
