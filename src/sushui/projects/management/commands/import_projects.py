"""``python -m django import_projects``: import a workbook of projects, or tell what it does not say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from sushui.kernel.errors import DomainError
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_of_account
from sushui.projects.management.kinds import KINDS, told_kind
from sushui.projects.models import SheetDraft
from sushui.projects.panels.imports import counts_in_words
from sushui.projects.queries import earlier_sheets
from sushui.projects.queries.portfolios import portfolio_for
from sushui.projects.services import exchange, imports
from sushui.projects.services.imports import ForPortfolio, SheetUnderstanding

QUESTIONS_OPEN = 2  # what the command ends with when something must be asked


class Command(BaseCommand):
    """Every wanted sheet is written with all of its rows, or none is."""

    help = "Import a workbook of the ledger, of monthly figures or of the portfolio, or tell what it does not say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("workbook", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="Account in whose name it is done.")
        parser.add_argument("--into", required=True, type=told_kind, help=KINDS)
        parser.add_argument("--sheet", default="", help="Name or number of one sheet; else every sheet.")
        parser.add_argument("--answers", type=Path, help="JSON: for each sheet its answers by the key of the question.")
        parser.add_argument("--questions", type=Path, help="Write what is open to this file.")
        parser.add_argument(
            "--confirm-codes", action="store_true", help="The odd codes of an OC4IDS file stand so in the documents."
        )
        parser.add_argument("--again", action="store_true", help="Though the same sheet was imported before.")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = viewer_of_account(options["username"])
        if viewer is None:
            told = _("“%(name)s” is no account, or one that holds no post.")
            raise CommandError(told % {"name": options["username"]})
        try:
            self._import(viewer, options)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, viewer: Viewer, options: dict[str, Any]) -> None:
        workbook: Path = options["workbook"]
        kind, portfolio_id = options["into"]
        if kind is None:
            self._take_over(viewer, workbook, options["confirm_codes"])
            return
        listed = _listed(viewer, portfolio_id) if portfolio_id else None
        data = workbook.read_bytes()
        drafts = imports.stage_workbook(viewer, kind, file_name=workbook.name, data=data, listed=listed)
        drafts = [draft for draft in drafts if options["sheet"] in ("", draft.sheet_name, str(draft.sheet_index + 1))]
        if not drafts:
            raise CommandError(
                _("The workbook has no sheet “%(name)s” that holds anything.") % {"name": options["sheet"]}
            )
        if not options["again"]:
            _require_new(viewer, drafts)
        answers = _answers(options["answers"]) if options["answers"] else {}
        drafts = [_answered(viewer, draft, answers.get(draft.sheet_name, {})) for draft in drafts]
        understood = {draft.sheet_name: imports.understand_draft(viewer, draft) for draft in drafts}
        for sheet, one in understood.items():
            self.stdout.write("\n".join(_told(sheet, one)))
        if any(one.questions or one.reading.doubts for one in understood.values()):
            self._ask(understood, options["questions"])
        with transaction.atomic():
            for draft in drafts:
                imports.commit_draft(viewer, draft)
        self.stdout.write(_("Imported."))

    def _take_over(self, viewer: Viewer, file: Path, is_confirmed: bool) -> None:
        """Projects of an OC4IDS file: told one by one, then taken over, all or none."""
        draft = exchange.stage_exchange(viewer, file_name=file.name, data=file.read_bytes())
        for row in exchange.understand_exchange(viewer, draft):
            told = "; ".join([*row.refusals, *row.doubts, *row.notes])
            self.stdout.write(" ".join(filter(None, [f"{row.place}.", row.name, label_of(row.state), told])))
        exchange.commit_exchange(viewer, draft, is_confirmed=is_confirmed)
        self.stdout.write(_("Imported."))

    def _ask(self, understood: dict[str, SheetUnderstanding], path: Path | None) -> None:
        if path is not None:
            path.write_text(_questions(understood), encoding="utf-8")
        sentence = _("Nothing was imported: answer what is open, here by --answers or on the page of imports.")
        raise CommandError(sentence, returncode=QUESTIONS_OPEN)


def _listed(viewer: Viewer, portfolio_id: int) -> ForPortfolio:
    """The list, held against its newest version."""
    portfolio = portfolio_for(viewer, portfolio_id)
    return ForPortfolio(portfolio, portfolio.versions.order_by("-number").first())


def _require_new(viewer: Viewer, drafts: list[SheetDraft]) -> None:
    """Refuse what the very same sheet was imported for already."""
    for draft in drafts:
        if earlier_sheets(viewer, draft):
            told = _("“%(sheet)s” of this file was imported before. Say --again to import it again.")
            raise CommandError(told % {"sheet": draft.sheet_name})


def _answers(path: Path) -> dict[str, dict[str, str]]:
    """What a file says about each sheet."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {sheet: {key: str(answer) for key, answer in said.items()} for sheet, said in told.items()}
    except (OSError, ValueError, AttributeError) as error:
        raise CommandError(_("%(path)s cannot be read: %(why)s") % {"path": path, "why": error}) from error


def _answered(viewer: Viewer, draft: SheetDraft, said: dict[str, str]) -> SheetDraft:
    given = {key: answer for key, answer in said.items() if answer}
    return imports.answer_questions(viewer, draft, given) if given else draft


def _questions(understood: dict[str, SheetUnderstanding]) -> str:
    """What is open in each sheet, to be filled in and given back: an empty text by each key, what can be said below."""
    told = {
        sheet: {
            **{each.key: "" for each in one.questions},
            "//": {each.key: [*(value for value, _label in each.choices), each.wants] for each in one.questions},
        }
        for sheet, one in understood.items()
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _told(sheet: str, understood: SheetUnderstanding) -> list[str]:
    """What was understood of a sheet, and each question with its rows."""
    counts = ", ".join(f"{count} {state}" for count, state in counts_in_words(understood))
    lines = [f"{sheet}: {counts}"]
    lines += [f"  {label_of(doubt)}" for doubt in understood.reading.doubts]
    for each in understood.questions:
        rows = ", ".join(map(str, each.rows[:8])) + (" …" if len(each.rows) > 8 else "")
        lines.append(f"  {' '.join(filter(None, [each.text, label_of(each.doubt)]))} ({rows})")
    return lines
