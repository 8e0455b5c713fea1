"""Sending in a work list, saying what it is, and importing it. Its questions have their form in `questions`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import VersionedActForm, day_field
from sushui.kernel.labels import choices_of, label_of
from sushui.kernel.sheets.forms import PreviewedForm
from sushui.kernel.uploads import WorkbookField
from sushui.supervision.adapter.worklists import PLAUSIBLE_YEARS, likely_meaning
from sushui.supervision.enums import ColumnMeaning, OrderSource, TaskKind
from sushui.supervision.forms.acts import GuardedForm
from sushui.supervision.forms.questions import QuestionForm, prefix_of
from sushui.supervision.models import ImportDraft, SupervisionOrder
from sushui.supervision.permissions import may_draft_orders
from sushui.supervision.services import imports
from sushui.supervision.services.imports import ListUnderstanding, OpenQuestion

_REPEATABLE = {ColumnMeaning.LEAD, ColumnMeaning.SUPPORTING, ColumnMeaning.NOTE, ColumnMeaning.IGNORED}


class UploadForm(GuardedForm):
    title = _("Import a work list")
    button = _("Read it in")
    done = _("Read in: nothing is drafted before you import it.")
    file = WorkbookField(
        label=_("Workbook"),
        help_text=_("An .xlsx file as it is, with its title, sections and merged cells; each sheet becomes a list."),
    )

    def may(self) -> bool:
        return bool(may_draft_orders(self.viewer))

    def act(self) -> list[ImportDraft]:
        file = self.cleaned_data["file"]
        return imports.stage_import(self.viewer, file_name=file.name or "", data=file.read())


class _ListForm(VersionedActForm, GuardedForm):
    """An act on a list under way."""

    record: ImportDraft

    def may(self) -> bool:
        return bool(may_draft_orders(self.viewer))


class AboutListForm(_ListForm):
    title = _("What the list is")
    button = _("Keep this")
    done = _("Kept.")
    name = forms.CharField(label=_("Title"), max_length=255, help_text=_("The order that the list becomes."))
    source = forms.ChoiceField(label=_("Source"), choices=choices_of(OrderSource))
    issued_on = day_field(label=_("Issued on"), help_text=_("The day of the document; lengths of time count from it."))
    year = forms.IntegerField(
        label=_("Year of its deadlines"),
        required=False,
        min_value=PLAUSIBLE_YEARS[0],
        max_value=PLAUSIBLE_YEARS[-1],
        help_text=_("Only if the title does not say it."),
    )
    kind = forms.ChoiceField(
        label=_("Kind of its tasks"),
        choices=[(value, label) for value, label in choices_of(TaskKind) if value != TaskKind.CONTINUING],
        help_text=_("For rows that say nothing else. General: settled within 7 days. Major: a month, or a plan."),
    )

    def prepare(self) -> None:
        draft = self.record
        self.initial.update(name=draft.title, source=draft.source, issued_on=draft.issued_on)
        self.initial.update(year=draft.year, kind=draft.kind)

    def act(self) -> ImportDraft:
        said = self.cleaned_data
        return imports.describe_import(
            self.viewer,
            self.record,
            title=said["name"],
            source=OrderSource(said["source"]),
            issued_on=said["issued_on"],
            year=said["year"],
            kind=TaskKind(said["kind"]),
            seen_version=self.seen_version,
        )


class ColumnsForm(_ListForm):
    """One field for each column; another header row asks for the columns anew."""

    title = _("What the columns hold")
    button = _("Keep the columns")
    done = _("Kept.")
    header_row = forms.IntegerField(
        label=_("Row of the headings"), min_value=1, max_value=1000, help_text=_("As the spreadsheet counts.")
    )

    def __init__(self, data: Any = None, *, understood: ListUnderstanding, **more: Any) -> None:
        self.columns = understood.reading.columns
        self.header_seen = understood.reading.header_row
        super().__init__(data, **more)

    def prepare(self) -> None:
        self.initial["header_row"] = self.header_seen
        is_unsaid = all(column.meaning is ColumnMeaning.IGNORED for column in self.columns)
        for column in self.columns:
            meaning = likely_meaning(column.label) if is_unsaid else column.meaning
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.label, choices=choices_of(ColumnMeaning), initial=meaning.value
            )

    @property
    def column_rows(self) -> Iterator[tuple[Any, forms.BoundField]]:
        """Each column with its field."""
        return ((column, self[f"column-{column.index}"]) for column in self.columns)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_same_header:
            return said
        chosen = list(self.meanings.values())
        for meaning in ColumnMeaning:
            if meaning not in _REPEATABLE and chosen.count(meaning) > 1:
                sentence = gettext("Two columns are said to be “%(meaning)s”: only one can be.")
                self.add_error(None, sentence % {"meaning": label_of(meaning)})
        if ColumnMeaning.TITLE not in chosen:
            self.add_error(None, _("No column is said to hold the tasks: choose it."))
        return said

    @property
    def is_same_header(self) -> bool:
        return bool(self.columns) and self.cleaned_data.get("header_row") == self.header_seen

    @property
    def meanings(self) -> dict[int, ColumnMeaning]:
        values = {column.index: self.cleaned_data.get(f"column-{column.index}") for column in self.columns}
        return {index: ColumnMeaning(value) for index, value in values.items() if value}

    def act(self) -> ImportDraft:
        meanings = self.meanings if self.is_same_header else {}
        row = self.cleaned_data["header_row"]
        return imports.map_columns(
            self.viewer, self.record, meanings=meanings, header_row=row, seen_version=self.seen_version
        )


class AnswersForm(_ListForm):
    """The answers to some questions of a list, for all rows that ask the same or for one row alone."""

    title = _("What the list does not say")
    never_guessed = _("An owner or a date is never guessed.")
    button = _("Keep these answers")
    done = _("Kept.")

    def __init__(
        self,
        data: Any = None,
        *,
        understood: ListUnderstanding,
        asked: Sequence[OpenQuestion],
        row_number: int | None = None,
        **more: Any,
    ) -> None:
        self.row_number = row_number
        super().__init__(data, **more)
        names = understood.agency_names
        self.questions = [QuestionForm(data, asked=each, agency_names=names) for each in asked]

    @staticmethod
    def is_about(asked: OpenQuestion, data: Mapping[str, Any]) -> bool:
        """Whether the form that was sent showed this question."""
        prefix = prefix_of(asked.question.key)
        return any(name.startswith(prefix) for name in data)

    def is_valid(self) -> bool:
        return all([*(each.is_valid() for each in self.questions), super().is_valid()])

    def clean(self) -> dict[str, Any]:
        if not any(each.is_answered for each in self.questions):
            self.add_error(None, _("Nothing is answered yet: answer at least one question."))
        return self.cleaned_data

    def act(self) -> ImportDraft:
        answers = {each.key: each.answer for each in self.questions if each.answer is not None}
        return imports.answer_questions(
            self.viewer, self.record, answers, row_number=self.row_number, seen_version=self.seen_version
        )


class TakeBackForm(_ListForm):
    """An answer that is to be given anew: ``key`` with ``row`` (empty for all rows)."""

    title = button = _("Take back")
    done = _("Taken back: it is asked again.")
    key = forms.CharField()
    row = forms.IntegerField(required=False)

    def act(self) -> ImportDraft:
        said = self.cleaned_data
        answers = {said["key"]: None}
        return imports.answer_questions(
            self.viewer, self.record, answers, row_number=said["row"], seen_version=self.seen_version
        )


class CommitForm(_ListForm, PreviewedForm):
    record: ImportDraft
    title = button = _("Import the list")
    done = _("Imported.")
    assign = forms.BooleanField(
        label=_("Assign at once"), required=False, help_text=_("Clocks start today and the agencies are told.")
    )

    def __init__(self, data: Any = None, *, understood: ListUnderstanding, **more: Any) -> None:
        self.understood = understood
        super().__init__(data, **more)

    def prepare(self) -> None:
        super().prepare()
        if len(self.understood.drafts) > imports.MOST_ASSIGNED:
            del self.fields["assign"]

    def act(self) -> SupervisionOrder:
        assign = bool(self.cleaned_data.get("assign"))
        return imports.commit_import(
            self.viewer,
            self.record,
            assign=assign,
            seen_version=self.seen_version,
            seen_preview=self.seen_preview,
        )


class DiscardForm(_ListForm):
    title = button = _("Drop the list")
    done = _("Dropped: nothing of it is kept.")

    def act(self) -> None:
        imports.discard_import(self.viewer, self.record)
