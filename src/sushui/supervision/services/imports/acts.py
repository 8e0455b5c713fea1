"""What a person does with a list under way: send it in, describe it, say its columns, answer, import it, drop it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.documents.services import open_workbook
from sushui.kernel import clock
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.requirements import require_text
from sushui.kernel.sheets.previews import require_as_shown
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.supervision.adapter.worklists import PLAUSIBLE_YEARS, storable_sheets, title_of
from sushui.supervision.enums import ColumnMeaning, ListAnswer, ListVerb, OrderSource, TaskKind
from sushui.supervision.models import ColumnMemory, ImportDraft, SupervisionOrder
from sushui.supervision.permissions import may_draft_orders
from sushui.supervision.queries import import_drafts
from sushui.supervision.services.imports.answers import Answer
from sushui.supervision.services.imports.previews import PreviewWording, preview_of
from sushui.supervision.services.imports.reading import ListUnderstanding, said_columns, understand_import
from sushui.supervision.services.orders import assign_tasks, draft_order, draft_tasks

MOST_ASSIGNED = 200  # each assignment starts clocks and tells people: more of them are given out from the register
_MOST_SHEETS = 50
_DESCRIBED = ("title", "source", "issued_on", "year", "kind")


def stage_import(viewer: Viewer, *, file_name: str, data: bytes) -> list[ImportDraft]:
    """Take a workbook in: one list under way for each sheet that holds anything. Nothing is kept of a file refused.

    A file that this post is reading in already is not taken twice: the lists under way are given back.

    Raises:
        DomainError: the file cannot be read (`documents.adapter`), ``too_many_sheets``.
    """
    if not may_draft_orders(viewer):
        raise Forbidden
    digest = hashlib.sha256(data).hexdigest()
    under_way = list(import_drafts(viewer).filter(digest=digest))
    if under_way:
        return under_way
    sheets = [(index, sheet) for index, sheet in enumerate(storable_sheets(open_workbook(data))) if sheet["rows"]]
    if len(sheets) > _MOST_SHEETS:
        raise DomainError(
            "too_many_sheets",
            _("The workbook has %(count)s sheets; at most %(limit)s can be read in."),
            _("Delete the sheets that are no lists, save the workbook and send it again."),
            count=len(sheets),
            limit=_MOST_SHEETS,
        )
    moment = clock.now()
    with transaction.atomic():
        drafts = ImportDraft.objects.bulk_create(
            ImportDraft(
                division_id=viewer.division_id,
                post_id=viewer.post_id,
                file_name=file_name[:255],
                digest=digest,
                sheet_index=index,
                sheet_name=sheet["name"][:64],
                sheet=sheet,
                title=title_of(sheet)[:255],
                created_at=moment,
            )
            for index, sheet in sheets
        )
        record_acts(
            viewer,
            ListVerb.STAGE,
            [(draft, {}, {"file": draft.file_name, "sheet": draft.sheet_name}, "") for draft in drafts],
        )
    return drafts


@transaction.atomic
def describe_import(
    viewer: Viewer,
    draft: ImportDraft,
    *,
    title: str,
    source: OrderSource,
    issued_on: date | None,
    year: int | None,
    kind: TaskKind,
    seen_version: int | None = None,
) -> ImportDraft:
    """Say what the list is: the order it becomes, the year its deadlines are of, the kind of its tasks.

    Raises:
        DomainError: ``text_missing`` without a title; ``year_implausible``.
    """
    current = _locked(viewer, draft, seen_version)
    if year is not None and year not in PLAUSIBLE_YEARS:
        raise DomainError(
            "year_implausible",
            _("%(year)s cannot be the year of a list."),
            _("Give a year from %(first)s to %(last)s."),
            year=year,
            first=PLAUSIBLE_YEARS[0],
            last=PLAUSIBLE_YEARS[-1],
        )
    current.title, current.source, current.issued_on = require_text(title, "Title"), source, issued_on
    current.year, current.kind = year, kind
    return save_changes(current, *_DESCRIBED)


@transaction.atomic
def map_columns(
    viewer: Viewer,
    draft: ImportDraft,
    *,
    meanings: Mapping[int, ColumnMeaning],
    header_row: int,
    seen_version: int | None = None,
) -> ImportDraft:
    """Say what each column holds (from zero) and in which row the header is (from 1)."""
    current = _locked(viewer, draft, seen_version)
    said = {str(column): meaning.value for column, meaning in sorted(meanings.items())}
    current.columns = {"meanings": said, "header_row": header_row}
    return save_changes(current, "columns")


@transaction.atomic
def answer_questions(
    viewer: Viewer,
    draft: ImportDraft,
    answers: Mapping[str, Answer | None],
    *,
    row_number: int | None = None,
    seen_version: int | None = None,
) -> ImportDraft:
    """Answer questions by their keys, for every row that asks the same or for one row; None takes an answer back.

    Raises:
        DomainError: ``day_passed``.
    """
    current = _locked(viewer, draft, seen_version)
    for given in filter(None, answers.values()):
        _require_day_to_come(given)
    shared = dict(current.answers.get("all", {}))
    by_row = {row: dict(told) for row, told in current.answers.get("rows", {}).items()}
    place = shared if row_number is None else by_row.setdefault(str(row_number), {})
    for key, answer in answers.items():
        place.pop(key, None)
        if answer is not None:
            place[key] = answer.stored()
    current.answers = {"all": shared, "rows": {row: told for row, told in by_row.items() if told}}
    return save_changes(current, "answers")


def _require_day_to_come(answer: Answer) -> None:
    if answer.choice is ListAnswer.ON_DAY and answer.day is not None and answer.day < clock.today():
        raise DomainError(
            "day_passed",
            _("%(day)s has passed."),
            _("Give a day from today on."),
            day=answer.day.isoformat(),
        )


@transaction.atomic
def commit_import(
    viewer: Viewer,
    draft: ImportDraft,
    *,
    assign: bool = False,
    seen_version: int | None = None,
    seen_preview: str | None = None,
) -> SupervisionOrder:
    """Make the list an order with all of its rows as the task drafts that were shown, or nothing.

    ``assign`` gives them out at once. ``seen_preview`` is the digest of what was seen; None stands for what was shown
    last.

    Raises:
        DomainError: ``preview_outdated``, ``questions_open``, ``list_not_described``, ``too_many_to_assign``, and what
            assigning refuses.
    """
    current = _locked(viewer, draft, seen_version)
    understood = understand_import(viewer, current)
    require_as_shown(current, preview_of(understood), seen_preview, lambda: PreviewWording(understood.agency_names))
    _require_settled(current, understood)
    assert current.issued_on is not None, "just required"
    order = draft_order(viewer, title=current.title, source=current.source, issued_on=current.issued_on)
    tasks = draft_tasks(viewer, order, understood.drafts)
    told = {"file": current.file_name, "sheet": current.sheet_name, "digest": current.digest, "tasks": len(tasks)}
    record_act(viewer, ListVerb.IMPORT, order, after=told)
    if assign:
        _require_few(len(tasks))
        assign_tasks(viewer, tasks)
    _remember_columns(current, understood)
    current.order = order
    save_changes(current, "order")
    return order


def _require_settled(draft: ImportDraft, understood: ListUnderstanding) -> None:
    open_count = len(understood.questions) + len(understood.sheet_doubts)
    if open_count:
        raise DomainError(
            "questions_open",
            _("%(count)s questions about this list are open."),
            _("Answer them: an owner or a date is never guessed."),
            count=open_count,
        )
    if not understood.drafts:
        raise DomainError("nothing_to_import", _("No row of this sheet becomes a task."), _("Drop it, or say anew."))
    if draft.issued_on is None or not draft.title:
        raise DomainError(
            "list_not_described",
            _("The list has no title or no day on which it was issued."),
            _("Fill in what the list is, then import it."),
        )


def _require_few(count: int) -> None:
    if count > MOST_ASSIGNED:
        raise DomainError(
            "too_many_to_assign",
            _("%(count)s tasks cannot be assigned at once; at most %(limit)s can."),
            _("Import them as drafts and assign them from the register."),
            count=count,
            limit=MOST_ASSIGNED,
        )


def _remember_columns(draft: ImportDraft, understood: ListUnderstanding) -> None:
    """Keep what a person said about the columns, for the next list of this shape."""
    if said_columns(draft) is not None:
        ColumnMemory.objects.update_or_create(
            division_id=draft.division_id,
            shape=understood.reading.shape,
            defaults={"columns": [column.meaning.value for column in understood.reading.columns]},
        )


@transaction.atomic
def discard_import(viewer: Viewer, draft: ImportDraft) -> None:
    """Drop a list under way."""
    current = _locked(viewer, draft, None)
    record_act(viewer, ListVerb.DISCARD, current, before={"file": current.file_name, "sheet": current.sheet_name})
    current.delete()


def _locked(viewer: Viewer, draft: ImportDraft, seen_version: int | None) -> ImportDraft:
    """The list as it stands, locked; only its own post goes on with it.

    Raises:
        Forbidden, StaleRecord; DomainError: ``already_imported``.
    """
    if not may_draft_orders(viewer) or draft.post_id != viewer.post_id:
        raise Forbidden
    current = ImportDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if current is None or current.order_id is not None:
        raise DomainError(
            "already_imported",
            _("This list has been imported or dropped already."),
            _("See the orders for what became of it."),
        )
    check_version(current, seen_version)
    return current
