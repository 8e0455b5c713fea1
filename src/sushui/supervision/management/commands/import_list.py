"""``python -m django import_list``: import the lists of a workbook, or tell what they do not say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.supervision.enums import ColumnMeaning, OrderSource, TaskKind
from sushui.supervision.management.acting import viewer_named
from sushui.supervision.management.answer_file import answers_in, questions_as_json, read_answers
from sushui.supervision.models import ImportDraft
from sushui.supervision.panels.imports import rows_in_words
from sushui.supervision.queries import earlier_imports, nameable_agencies
from sushui.supervision.services import imports
from sushui.supervision.services.imports import ListUnderstanding

QUESTIONS_OPEN = 2  # what the command ends with when something must be asked


class Command(BaseCommand):
    """Every list of the workbook becomes an order with all of its rows as drafts, or none does."""

    help = "Import the lists of a workbook as orders with task drafts, or tell what they do not say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="Account in whose name it is done.")
        parser.add_argument("--issued-on", type=date.fromisoformat, required=True, help="Day of the list, 2026-03-02.")
        parser.add_argument("--sheet", default="", help="Name or number of one sheet; else every sheet.")
        parser.add_argument("--order-title", default="", help="Title of the order; else the title above the list.")
        parser.add_argument("--year", type=int, help="Year of its deadlines, where the title does not say it.")
        parser.add_argument("--kind", default=TaskKind.GENERAL.value, choices=["general", "major"])
        parser.add_argument("--answers", type=Path, help="Answers to its questions.")
        parser.add_argument("--questions", type=Path, help="Write what is open to this file.")
        parser.add_argument("--again", action="store_true", help="Though the same sheet was imported before.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(viewer_named(options["username"]), options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, viewer: Viewer, options: dict[str, Any]) -> None:
        workbook: Path = options["workbook"]
        drafts = imports.stage_import(viewer, file_name=workbook.name, data=workbook.read_bytes())
        wanted = _wanted(drafts, options["sheet"])
        if not options["again"]:
            _require_new(viewer, wanted)
        drafts = [_described(viewer, draft, options) for draft in wanted]
        understood = {draft.sheet_name: imports.understand_import(viewer, draft) for draft in drafts}
        for sheet, one in understood.items():
            self.stdout.write("\n".join(_told(sheet, one)))
        if not all(one.is_settled for one in understood.values()):
            self._ask(understood, options["questions"])
        with transaction.atomic():
            orders = [imports.commit_import(viewer, draft) for draft in drafts]
        for order in orders:
            self.stdout.write(_("Imported as order %(number)s: %(title)s") % {"number": order.number, "title": order})

    def _ask(self, understood: dict[str, ListUnderstanding], path: Path | None) -> None:
        if path is not None:
            path.write_text(questions_as_json(understood), encoding="utf-8")
        sentence = _("Nothing was imported: answer what is open, here by --answers or on the page of imports.")
        raise CommandError(sentence, returncode=QUESTIONS_OPEN)


def _wanted(drafts: Iterable[ImportDraft], sheet: str) -> list[ImportDraft]:
    """The lists of one sheet, by its name or its number from 1, or all."""
    found = [draft for draft in drafts if sheet in ("", draft.sheet_name, str(draft.sheet_index + 1))]
    if not found:
        raise CommandError(_("The workbook has no sheet “%(name)s” that holds anything.") % {"name": sheet})
    return found


def _require_new(viewer: Viewer, drafts: Iterable[ImportDraft]) -> None:
    """Refuse what the very same sheet has become already."""
    for draft in drafts:
        for earlier in earlier_imports(viewer, draft):
            said = {"sheet": draft.sheet_name, "title": earlier.order}
            told = _("“%(sheet)s” of this file was imported before, as “%(title)s”. Say --again to import it again.")
            raise CommandError(told % said)


def _described(viewer: Viewer, draft: ImportDraft, options: dict[str, Any]) -> ImportDraft:
    """The list with all that was said about it."""
    draft = imports.describe_import(
        viewer,
        draft,
        title=options["order_title"] or draft.title,
        source=OrderSource.WORK_LIST,
        issued_on=options["issued_on"],
        year=options["year"],
        kind=TaskKind(options["kind"]),
    )
    said = read_answers(options["answers"]).get(draft.sheet_name, {}) if options["answers"] else {}
    if columns := said.get("columns"):
        meanings = {int(column): ColumnMeaning(meaning) for column, meaning in columns["meanings"].items()}
        draft = imports.map_columns(viewer, draft, meanings=meanings, header_row=columns["header_row"])
    names = {name: number for number, known, _groups in nameable_agencies(viewer) for name in known}
    if answers := answers_in(said.get("answers", {}), names):
        draft = imports.answer_questions(viewer, draft, answers)
    for row, own in said.get("rows", {}).items():
        draft = imports.answer_questions(viewer, draft, answers_in(own, names), row_number=int(row))
    return draft


def _told(sheet: str, understood: ListUnderstanding) -> list[str]:
    """What was understood of a list, and each question with its rows."""
    counts = {"sheet": sheet, "rows": len(understood.rows), "tasks": len(understood.drafts)}
    lines = [_("%(sheet)s: %(rows)s rows, %(tasks)s tasks so far") % counts]
    lines += [f"  {label_of(doubt)}" for doubt in understood.sheet_doubts]
    for each in understood.questions:
        asked = label_of(each.question.deadline or each.question.doubt)
        rows = _("rows %(rows)s") % {"rows": rows_in_words(each.rows)}
        lines.append(f"  {' '.join(filter(None, [each.question.text, asked]))} ({rows})")
    return lines
