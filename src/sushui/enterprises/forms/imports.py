"""Reading a list of enterprises in: sending it, answering what it leaves open, importing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.enterprises import services
from sushui.enterprises.enums import SheetDoubt
from sushui.enterprises.models import EnterpriseSheet
from sushui.enterprises.permissions import may_keep_register, may_keep_sheet
from sushui.enterprises.services import SheetQuestion, SheetReading
from sushui.kernel.acts import ActForm, VersionedActForm
from sushui.kernel.labels import label_of
from sushui.kernel.sheets.forms import PreviewedForm
from sushui.kernel.uploads import WorkbookField

QUESTIONS_SHOWN = 20
ROWS_NAMED = 10
# Where many rows ask the same kind of question, one answer may settle them all.
ALL_OF_A_KIND = {
    SheetDoubt.ODD_CODE: ("as_it_stands", _("All of them stand so in the document")),
    SheetDoubt.ALIKE: ("another", _("All of them are other enterprises")),
    SheetDoubt.ALIKE_ROWS: ("another", _("All of them are different enterprises")),
}


class StageForm(ActForm):
    title = button = _("Read a list of enterprises in")
    done = _("The list is read: nothing is entered yet.")
    workbook = WorkbookField(
        label=_("Workbook"),
        help_text=_(
            "An .xlsx file with a row of headings: name, credit code, what else is known; at most 20,000 rows."
        ),
    )

    def may(self) -> bool:
        return bool(may_keep_register(self.viewer))

    def act(self) -> EnterpriseSheet:
        sent = self.cleaned_data["workbook"]
        return services.stage_sheet(self.viewer, file_name=sent.name, data=sent.read())


class AnswersForm(VersionedActForm):
    """A field for each of the first questions; what is left empty stays open."""

    button = _("Keep the answers")
    done = _("The answers are kept.")
    record: EnterpriseSheet

    def __init__(self, *args: Any, reading: SheetReading, **more: Any) -> None:
        self.reading = reading
        super().__init__(*args, **more)

    def prepare(self) -> None:
        self.questions = self.reading.questions[:QUESTIONS_SHOWN]
        for number, question in enumerate(self.questions):
            self.fields[f"answer-{number}"] = _field(question)
        for doubt in self._of_a_kind():
            answer, label = ALL_OF_A_KIND[doubt]
            choices = [("", "—"), (answer, label)]
            self.fields[f"all-{doubt}"] = forms.ChoiceField(label=label_of(doubt), choices=choices, required=False)

    def _of_a_kind(self) -> list[SheetDoubt]:
        """Doubts that more than one open question has and that can be settled together."""
        doubts = [question.doubt for question in self.reading.questions]
        return [doubt for doubt in ALL_OF_A_KIND if doubts.count(doubt) > 1]

    def may(self) -> bool:
        return bool(may_keep_sheet(self.viewer, self.record))

    def act(self) -> EnterpriseSheet:
        return services.answer_sheet(self.viewer, self.record, self._answers(), seen_version=self.seen_version)

    def _answers(self) -> Mapping[str, str]:
        said = {each.key: self.cleaned_data[f"answer-{number}"] for number, each in enumerate(self.questions)}
        said |= {doubt.value: self.cleaned_data[f"all-{doubt}"] for doubt in self._of_a_kind()}
        return {key: str(value) for key, value in said.items() if value not in ("", None)}


def _field(question: SheetQuestion) -> forms.Field:
    rows = "、".join(map(str, question.rows[:ROWS_NAMED])) + ("…" if len(question.rows) > ROWS_NAMED else "")
    said: dict[str, Any] = {
        "label": f"{question.text} · {label_of(question.doubt)}" if question.text else label_of(question.doubt),
        "required": False,
        "help_text": _("Rows %(rows)s") % {"rows": rows} if rows else "",
    }
    if question.wants_year:
        return forms.IntegerField(min_value=1990, max_value=2100, **said)
    return forms.ChoiceField(choices=[("", _("Choose")), *question.choices], **said)


class ImportForm(PreviewedForm):
    title = button = _("Import the list")
    done = _("The list is imported.")
    record: EnterpriseSheet

    def may(self) -> bool:
        return bool(may_keep_sheet(self.viewer, self.record))

    def act(self) -> EnterpriseSheet:
        seen_version, seen_preview = self.seen_version, self.seen_preview
        return services.import_sheet(self.viewer, self.record, seen_version=seen_version, seen_preview=seen_preview)
