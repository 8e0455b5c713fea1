"""What a person does with a sheet under way: send it in, say its columns, answer, import it, drop it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import open_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.sheets.previews import require_as_shown
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.adapter import meanings, storable_sheets, title_of
from sushui.projects.enums import LedgerDoubt, ListKind, ListVerb, ProjectStage, RowState
from sushui.projects.models import PortfolioVersion, Project, ProjectPortfolio, SheetDraft, SheetMemory
from sushui.projects.permissions import may_keep_ledger, may_keep_portfolio, may_send_figures
from sushui.projects.rules.stages import AFTER_COMPLETION
from sushui.projects.services.drafts import ProjectDraft
from sushui.projects.services.figures import plan_years, record_figures
from sushui.projects.services.imports.asking import LONGEST_ANSWER
from sushui.projects.services.imports.figures import FiguresRow
from sushui.projects.services.imports.ledger import LedgerRow, SheetUnderstanding
from sushui.projects.services.imports.portfolios import KEPT, PortfolioRow
from sushui.projects.services.imports.previews import PreviewWording, preview_of
from sushui.projects.services.imports.reading import said_columns, understand_draft
from sushui.projects.services.ledger import Registration, correct_days, edit_project, move_project, register_projects
from sushui.projects.services.portfolios import draft_from_sheet
from sushui.projects.services.reports import give_reports

_MOST_SHEETS = 50
_OF_A_LIST = (RowState.ENTERS, RowState.LEAVES)
_OUTCOMES = {
    kind: [state for state in RowState if state is not RowState.NEW]
    if kind is ListKind.PORTFOLIO
    else [state for state in RowState if state not in _OF_A_LIST]
    for kind in ListKind
}
_MAY: Mapping[ListKind, Callable[[Viewer], bool]] = {
    ListKind.LEDGER: may_keep_ledger,
    ListKind.FIGURES: may_send_figures,
    ListKind.PORTFOLIO: may_keep_ledger,
}


def may_import(viewer: Viewer, kind: ListKind) -> bool:
    """Whether the viewer may send in workbooks of this kind."""
    return bool(_MAY[kind](viewer))


@dataclass(frozen=True, slots=True)
class ForPortfolio:
    """Of which list a sheet is to be the next version, and against which version it is held; None: it is the first."""

    portfolio: ProjectPortfolio
    based_on: PortfolioVersion | None = None


def stage_workbook(
    viewer: Viewer, kind: ListKind, *, file_name: str, data: bytes, listed: ForPortfolio | None = None
) -> list[SheetDraft]:
    """Take a workbook in: one sheet under way for each that holds anything. Nothing is kept of a file refused.

    A file that this post is reading in already is not taken twice: what is under way is given back. A version of the
    portfolio says of which one (``listed``).

    Raises:
        DomainError: the file cannot be read (`documents.services.open_workbook`), ``too_many_sheets``,
            ``portfolio_missing``.
    """
    if not may_import(viewer, kind) or (listed and not may_keep_portfolio(viewer, listed.portfolio)):
        raise Forbidden
    _require_list(kind, listed)
    digest = hashlib.sha256(data).hexdigest()
    portfolio, based_on = (listed.portfolio, listed.based_on) if listed else (None, None)
    same = {"digest": digest, "kind": kind, "portfolio": portfolio, "based_on": based_on}
    under_way = list(queries.sheet_drafts(viewer).filter(**same))
    if under_way:
        return under_way
    sheets = [(index, sheet) for index, sheet in enumerate(storable_sheets(open_workbook(data))) if sheet["rows"]]
    _require_few_sheets(len(sheets))
    with transaction.atomic():
        drafts = SheetDraft.objects.bulk_create(
            SheetDraft(
                division_id=viewer.division_id,
                post_id=viewer.post_id,
                kind=kind,
                portfolio=portfolio,
                based_on=based_on,
                file_name=file_name[:255],
                digest=digest,
                sheet_index=index,
                sheet_name=sheet["name"][:64],
                sheet=sheet,
                title=title_of(sheet, kind)[:255],
                created_at=clock.now(),
            )
            for index, sheet in sheets
        )
        record_acts(viewer, ListVerb.STAGE, [(draft, {}, _named(draft), "") for draft in drafts])
    return drafts


def _require_list(kind: ListKind, listed: ForPortfolio | None) -> None:
    """A version of the portfolio is one of a list, and held against a version of that list."""
    is_said = listed is not None and (listed.based_on is None or listed.based_on.portfolio_id == listed.portfolio.pk)
    if is_said != (kind is ListKind.PORTFOLIO):
        raise DomainError(
            "portfolio_missing",
            _("A version of the portfolio is read in for one list, against one of its versions."),
            _("Open the portfolio and import the workbook there."),
        )


def _require_few_sheets(count: int) -> None:
    if count > _MOST_SHEETS:
        raise DomainError(
            "too_many_sheets",
            _("The workbook has %(count)s sheets; at most %(limit)s can be read in."),
            _("Delete the sheets that are no tables of projects, save the workbook and send it again."),
            count=count,
            limit=_MOST_SHEETS,
        )


def _named(draft: SheetDraft) -> dict[str, Any]:
    return {"file": draft.file_name, "sheet": draft.sheet_name, "digest": draft.digest}


@transaction.atomic
def map_columns(
    viewer: Viewer,
    draft: SheetDraft,
    *,
    columns: Mapping[int, str],
    header_row: int,
    seen_version: int | None = None,
) -> SheetDraft:
    """Say what each column holds (from zero) and in which row the header is (from 1).

    Raises:
        DomainError: ``no_such_meaning``.
    """
    current = _locked(viewer, draft, seen_version)
    known = {value for value, _label in meanings(current.kind)}
    for meaning in columns.values():
        if meaning not in known:
            raise DomainError(
                "no_such_meaning", _("No column can hold “%(meaning)s”."), _("Choose one of the list."), meaning=meaning
            )
    said = {str(column): meaning for column, meaning in sorted(columns.items())}
    current.columns = {"meanings": said, "header_row": header_row}
    return save_changes(current, "columns")


@transaction.atomic
def answer_questions(
    viewer: Viewer, draft: SheetDraft, answers: Mapping[str, str | None], *, seen_version: int | None = None
) -> SheetDraft:
    """Answer questions by their keys (``row:12:key`` for one row alone); None takes an answer back.

    An answer that fits no question stays without effect: it is asked again.
    """
    current = _locked(viewer, draft, seen_version)
    kept = dict(current.answers)
    for key, answer in answers.items():
        kept.pop(key, None)
        if answer is not None:
            kept[key] = answer[:LONGEST_ANSWER]
    current.answers = kept
    return save_changes(current, "answers")


@transaction.atomic
def commit_draft(
    viewer: Viewer, draft: SheetDraft, *, seen_version: int | None = None, seen_preview: str | None = None
) -> SheetDraft:
    """Write what the sheet was shown to become, all of its rows or none. ``seen_preview`` is the digest of what was
    seen; None stands for what was shown last.

    Raises:
        DomainError: ``questions_open``, ``nothing_to_import``, ``preview_outdated`` when a row reads otherwise than it
            was shown, and what the services refuse, naming the row.
    """
    current = _locked(viewer, draft, seen_version)
    understood = understand_draft(viewer, current, is_locking=True)
    require_as_shown(current, preview_of(understood), seen_preview, lambda: PreviewWording(viewer, current.kind))
    _require_settled(understood)
    made = _WRITING[current.kind](viewer, current, understood.rows)
    _remember_columns(current, understood)
    current.imported_at = clock.now()
    current.outcome = {state.value: understood.counts[state] for state in _OUTCOMES[current.kind]} | made
    record_act(viewer, ListVerb.IMPORT, current, after={**_named(current), **current.outcome})
    return save_changes(current, "imported_at", "outcome")


def _write_figures(viewer: Viewer, draft: SheetDraft, rows: Sequence[FiguresRow]) -> dict[str, int]:
    """The figures of all rows, then the reports of those that say more of their month."""
    origin = _origin(draft)
    record_figures(viewer, [figure for row in rows for figure in row.figures], origin=origin)
    give_reports(viewer, [row.report for row in rows if row.report is not None], origin=origin)
    return {}


def _write_version(viewer: Viewer, draft: SheetDraft, rows: Sequence[PortfolioRow]) -> dict[str, int]:
    """The next version of the list with the entries of all rows by their ranks; gives its number as a record."""
    assert draft.portfolio is not None, "a sheet of the portfolio names its list"
    entries = [row.entry for row in rows if row.entry is not None and row.state in KEPT]
    entries.sort(key=lambda entry: entry.position)
    reason = draft.answers.get(LedgerDoubt.NO_ADJUSTMENT, "")
    origin = _origin(draft)
    made = draft_from_sheet(viewer, draft.portfolio, draft.based_on, entries, note=reason, origin=origin)
    return {"portfolio_version": made.pk}


def _origin(draft: SheetDraft) -> str:
    return str(draft)[:255]


def _write_rows(viewer: Viewer, draft: SheetDraft, rows: Sequence[LedgerRow]) -> dict[str, int]:
    """The rows of a ledger: the new ones together, the changed ones each by what a person's hand uses."""
    origin = _origin(draft)
    new = [row for row in rows if row.draft is not None and row.state is RowState.NEW]
    try:
        registered = register_projects(viewer, [_registration(row) for row in new])
    except DomainError as refusal:
        raise _of_row(new[refusal.params["place"]], refusal) from refusal
    written = list(zip(registered, new, strict=True))
    for row in rows:
        if row.project is not None and row.draft is not None and row.state is RowState.CHANGED:
            written.append((_change(viewer, row.project, row, row.draft, origin), row))
    plans = [(project.pk, *row.year_plan) for project, row in written if row.year_plan is not None]
    plan_years(viewer, plans, reason=origin)
    return {}


_WRITING: Mapping[ListKind, Callable[[Viewer, SheetDraft, Any], dict[str, int]]] = {
    ListKind.LEDGER: _write_rows,
    ListKind.FIGURES: _write_figures,
    ListKind.PORTFOLIO: _write_version,
}


def _registration(row: LedgerRow) -> Registration:
    assert row.draft is not None, "a new row says what it is"
    started, completed = row.days.get("started_on"), row.days.get("completed_on")
    return Registration(row.draft, row.stage or ProjectStage.PLANNED, row.stage_on, started, completed)


def _change(viewer: Viewer, project: Project, row: LedgerRow, draft: ProjectDraft, origin: str) -> Project:
    """Edit, move and date a project; a day that stood wrongly is corrected before a stage that has to follow it."""
    try:
        if any(change.field not in {"stage", "year_plan", *row.days} for change in row.changes):
            project = edit_project(viewer, project, draft, seen_version=project.version)
        if row.stage in AFTER_COMPLETION:
            standing = {name: day for name, day in row.days.items() if getattr(project, name) is not None}
            project = _corrected(viewer, project, standing, origin)
        if row.stage is not None and row.stage_on is not None:
            project = move_project(viewer, project, stage=row.stage, on=row.stage_on, is_owed=True)
        project = _corrected(viewer, project, row.days, origin)
    except DomainError as refusal:
        raise _of_row(row, refusal) from refusal
    return project


def _corrected(viewer: Viewer, project: Project, days: Mapping[str, date], origin: str) -> Project:
    """The project with these days of start and completion, where they differ from those that stand."""
    if all(getattr(project, name) == day for name, day in days.items()):
        return project
    started, completed = (days.get(name, getattr(project, name)) for name in ("started_on", "completed_on"))
    return correct_days(viewer, project, started_on=started, completed_on=completed, reason=origin)


def _of_row(row: LedgerRow, refusal: DomainError) -> DomainError:
    """The refusal, naming the row of the sheet."""
    mend = refusal.mend.replace("%", "%%")
    return DomainError(refusal.code, _("Row %(row)s: %(why)s"), mend, row=row.number, why=refusal.sentence)


def _require_settled(understood: SheetUnderstanding) -> None:
    open_count = len(understood.questions) + len(understood.reading.doubts)
    if open_count:
        raise DomainError(
            "questions_open",
            _("%(count)s questions about this sheet are open."),
            _("Answer them: nothing of a project is ever guessed."),
            count=open_count,
        )
    if not understood.has_changes:
        raise DomainError(
            "nothing_to_import", _("Everything in this sheet stands already."), _("Drop it, or send another.")
        )


def _remember_columns(draft: SheetDraft, understood: SheetUnderstanding) -> None:
    """Keep what a person said about the columns, for the next sheet of this shape."""
    if said_columns(draft) is not None:
        SheetMemory.objects.update_or_create(
            division_id=draft.division_id,
            kind=draft.kind,
            shape=understood.reading.shape,
            defaults={"columns": [column.meaning for column in understood.reading.columns]},
        )


@transaction.atomic
def discard_draft(viewer: Viewer, draft: SheetDraft) -> None:
    """Drop a sheet under way."""
    current = _locked(viewer, draft, None)
    record_act(viewer, ListVerb.DISCARD, current, before=_named(current))
    current.delete()


def _locked(viewer: Viewer, draft: SheetDraft, seen_version: int | None) -> SheetDraft:
    """The sheet as it stands, locked; only its own post goes on with it.

    Raises:
        Forbidden, StaleRecord; DomainError: ``already_imported``.
    """
    if not may_import(viewer, draft.kind) or draft.post_id != viewer.post_id:
        raise Forbidden
    current = SheetDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if current is None or current.imported_at is not None:
        raise DomainError(
            "already_imported",
            _("This sheet has been imported or dropped already."),
            _("See the ledger for what became of it."),
        )
    check_version(current, seen_version)
    return current
