"""Sending in a workbook, saying its columns, answering what it does not say, importing it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field
from sushui.kernel.labels import label_of
from sushui.kernel.sheets.forms import PreviewedForm
from sushui.kernel.uploads import WorkbookField
from sushui.projects.adapter import SheetColumn, likely_meaning, meanings
from sushui.projects.enums import LedgerColumn, LedgerDoubt, ListKind
from sushui.projects.models import PortfolioVersion, ProjectPortfolio, SheetDraft
from sushui.projects.services import imports
from sushui.projects.services.imports import TOGETHER, Question, SheetUnderstanding, row_key

_REPEATABLE = {LedgerColumn.IGNORED.value}


class UploadForm(ActForm):
    title = _("Import a workbook of projects")
    button = _("Read it in")
    done = _("Read in: nothing is written before you import it.")
    kind = forms.ChoiceField(label=_("What it holds"), choices=())
    file = WorkbookField(
        label=_("Workbook"),
        help_text=_("An .xlsx file as it is, with its title, unit line, sections and merged cells."),
    )

    def prepare(self) -> None:
        kinds = [kind for kind in (ListKind.LEDGER, ListKind.FIGURES) if imports.may_import(self.viewer, kind)]
        self.fields["kind"].choices = [(kind.value, label_of(kind)) for kind in kinds]  # type: ignore[attr-defined]

    def act(self) -> list[SheetDraft]:
        file, kind = self.cleaned_data["file"], ListKind(self.cleaned_data["kind"])
        return imports.stage_workbook(self.viewer, kind, file_name=file.name or "", data=file.read())


class ImportVersionForm(ActForm):
    """The next version of a portfolio from a workbook; it is held against the newest one unless another is chosen."""

    title = _("Import a version from a workbook")
    button = _("Read it in")
    done = _("Read in: nothing is written before you import it.")
    record: ProjectPortfolio
    file = WorkbookField(
        label=_("Workbook"),
        help_text=_("An exported version after it was edited, or a list of the office's own with names or codes."),
    )
    based_on = record_field(
        _("Held against"),
        required=False,
        empty_label=_("None: every project comes in"),
        help_text=_("What is not in the workbook goes out; an empty cell leaves what this version says."),
    )

    def prepare(self) -> None:
        versions = self.record.versions.select_related("portfolio").order_by("-number")
        offer(self, "based_on", versions)
        self.fields["based_on"].label_from_instance = _version_named  # type: ignore[attr-defined]
        if not self.initial.get("based_on"):
            self.initial["based_on"] = versions.first()

    def act(self) -> list[SheetDraft]:
        file, based_on = self.cleaned_data["file"], self.cleaned_data["based_on"]
        listed = imports.ForPortfolio(self.record, based_on)
        name, data = file.name or "", file.read()
        return imports.stage_workbook(self.viewer, ListKind.PORTFOLIO, file_name=name, data=data, listed=listed)


def _version_named(version: PortfolioVersion) -> str:
    said = {"number": version.number, "state": label_of(version.state)}
    return gettext("Version %(number)s (%(state)s)") % said


class ColumnsForm(VersionedActForm):
    """One field for each column; another header row asks for the columns anew."""

    title = _("What the columns hold")
    button = _("Keep the columns")
    done = _("Kept.")
    record: SheetDraft
    header_row = forms.IntegerField(
        label=_("Row of the headings"), min_value=1, max_value=1000, help_text=_("As the spreadsheet counts.")
    )

    def __init__(self, data: Any = None, *, understood: SheetUnderstanding, **more: Any) -> None:
        self.columns = understood.reading.columns
        self.header_seen = understood.reading.header_row
        super().__init__(data, **more)

    def prepare(self) -> None:
        self.initial["header_row"] = self.header_seen
        choices = meanings(self.record.kind)
        is_unsaid = all(column.meaning == LedgerColumn.IGNORED for column in self.columns)
        for column in self.columns:
            meaning = likely_meaning(self.record.kind, column.label) if is_unsaid else column.meaning
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.label,
                choices=choices if meaning in dict(choices) else [(meaning, column.label), *choices],
                initial=meaning,
            )

    @property
    def column_rows(self) -> Iterator[tuple[SheetColumn, forms.BoundField]]:
        """Each column with its field."""
        return ((column, self[f"column-{column.index}"]) for column in self.columns)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = list(self.meanings.values()) if self.is_same_header else []
        labels = dict(meanings(self.record.kind))
        for meaning in dict.fromkeys(chosen):
            if meaning not in _REPEATABLE and chosen.count(meaning) > 1:
                sentence = gettext("Two columns are said to be “%(meaning)s”: only one can be.")
                self.add_error(None, sentence % {"meaning": labels.get(meaning, meaning)})
        return said

    @property
    def is_same_header(self) -> bool:
        return bool(self.columns) and self.cleaned_data.get("header_row") == self.header_seen

    @property
    def meanings(self) -> dict[int, str]:
        values = {column.index: self.cleaned_data.get(f"column-{column.index}") for column in self.columns}
        return {index: value for index, value in values.items() if value}

    def act(self) -> SheetDraft:
        said = self.meanings if self.is_same_header else {}
        row = self.cleaned_data["header_row"]
        return imports.map_columns(
            self.viewer, self.record, columns=said, header_row=row, seen_version=self.seen_version
        )


class QuestionForm(forms.Form):
    """One question: ``pick`` chooses; ``typed`` stands beside it where the answer may be a text, a day or a number."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, asked: Question, told: str = "") -> None:
        super().__init__(data, prefix=prefix_of(asked.key), initial={"typed": told})
        self.asked = asked
        if asked.wants:
            self.fields["typed"] = _typed(asked.wants)
        if asked.choices:
            first = gettext("— or choose —") if asked.wants else gettext("— choose —")
            self.fields["pick"] = forms.ChoiceField(choices=[("", first), *asked.choices], required=False)
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", asked.text or label_of(asked.doubt))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("pick") and said.get("typed"):
            self.add_error("pick", _("Two answers are given: keep one of them."))
        elif self.answer and not self.asked.takes(self.answer):
            self.add_error(None, _("This cannot be the answer."))
        return said

    @property
    def rows(self) -> tuple[int, ...]:
        return self.asked.rows

    @property
    def text(self) -> str:
        return self.asked.text

    @property
    def doubt(self) -> str:
        return label_of(self.asked.doubt)

    @property
    def is_answered(self) -> bool:
        return bool(self.errors) or bool(self.answer)

    @property
    def answer(self) -> str:
        """What was said; "" when nothing was."""
        typed = self.cleaned_data.get("typed")
        return (str(typed).strip() if typed else "") or self.cleaned_data.get("pick") or ""


def _typed(wants: str) -> forms.Field:
    if wants == "day":
        return day_field(required=False)
    if wants == "year":
        return forms.IntegerField(required=False, min_value=1990, max_value=2100)
    if wants == "month":
        return forms.IntegerField(required=False, min_value=1, max_value=12)
    return forms.CharField(required=False, max_length=200)


def prefix_of(key: str) -> str:
    """A short name for a question's fields."""
    return f"q{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def with_shared(questions: Sequence[Question]) -> list[Question]:
    """The questions, and before them one for all of a kind that can be settled at once."""
    shared = []
    for doubt in (each for each in LedgerDoubt if each in TOGETHER):
        same = [each for each in questions if each.doubt is doubt]
        if len(same) > 1:
            rows = tuple(sorted({row for each in same for row in each.rows}))
            text = gettext("All %(count)s at once") % {"count": len(same)}
            choices = tuple(choice for choice in same[0].choices if choice[0] != "leave_out")
            shared.append(Question(doubt.value, doubt, text, choices, same[0].wants, rows))
    return [*shared, *questions]


class AnswersForm(VersionedActForm):
    """The answers to some questions of a sheet, for all rows that ask the same or for one row alone."""

    title = _("What the sheet does not say")
    never_guessed = _("Nothing of a project is ever guessed.")
    button = _("Keep these answers")
    done = _("Kept.")
    record: SheetDraft

    def __init__(
        self, data: Any = None, *, asked: Sequence[Question], row_number: int | None = None, **more: Any
    ) -> None:
        self.row_number = row_number
        super().__init__(data, **more)
        self.questions = [QuestionForm(data, asked=each, told=self._told(each)) for each in asked]

    def _told(self, asked: Question) -> str:
        """What was answered for all rows or for this one, where it may be said otherwise."""
        told = self.record.answers.get(self._key(asked), self.record.answers.get(asked.key, ""))
        return told if asked.takes(told) else ""

    @staticmethod
    def is_about(asked: Question, data: Mapping[str, Any]) -> bool:
        """Whether the form that was sent showed this question."""
        prefix = prefix_of(asked.key)
        return any(name.startswith(prefix) for name in data)

    def is_valid(self) -> bool:
        return all([*(each.is_valid() for each in self.questions), super().is_valid()])

    def clean(self) -> dict[str, Any]:
        if not any(each.is_answered for each in self.questions):
            self.add_error(None, _("Nothing is answered yet: answer at least one question."))
        return self.cleaned_data

    def act(self) -> SheetDraft:
        given = {self._key(each.asked): each.answer for each in self.questions if each.answer}
        return imports.answer_questions(self.viewer, self.record, given, seen_version=self.seen_version)

    def _key(self, asked: Question) -> str:
        return asked.key if self.row_number is None else row_key(self.row_number, asked.key)


class TakeBackForm(VersionedActForm):
    """An answer that is to be given anew."""

    title = button = _("Take back")
    done = _("Taken back: it is asked again.")
    record: SheetDraft
    key = forms.CharField()

    def act(self) -> SheetDraft:
        answers = {self.cleaned_data["key"]: None}
        return imports.answer_questions(self.viewer, self.record, answers, seen_version=self.seen_version)


class CommitForm(PreviewedForm):
    title = button = _("Import the sheet")
    done = _("Imported.")
    record: SheetDraft

    def act(self) -> SheetDraft:
        return imports.commit_draft(
            self.viewer, self.record, seen_version=self.seen_version, seen_preview=self.seen_preview
        )


class DiscardForm(VersionedActForm):
    title = button = _("Drop the sheet")
    done = _("Dropped: nothing of it is kept.")
    record: SheetDraft

    def act(self) -> None:
        imports.discard_draft(self.viewer, self.record)
