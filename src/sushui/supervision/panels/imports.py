"""A list under way as its pages show it: every row with what was understood, every answer in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sushui.kernel.components import Tab
from sushui.kernel.labels import label_of
from sushui.kernel.sheets.pages import AnswerLine, EarlierImport, sheet_tabs
from sushui.kernel.templatetags.values import day
from sushui.kernel.words import Word
from sushui.supervision.adapter.worklists import ListedDeadline, Named
from sushui.supervision.enums import ListAnswer
from sushui.supervision.models import ImportDraft, SupervisionOrder
from sushui.supervision.services.imports import Answer, GivenAnswer, ListUnderstanding, SettledRow
from sushui.supervision.services.orders import TaskDraft

_FEW = 8


@dataclass(frozen=True)
class Who:
    """A name as written, and whom it means; ``detail`` lists the members of a group."""

    text: str
    is_known: bool
    detail: str = ""
    count: int = 0


@dataclass(frozen=True)
class ListRow:
    """One row as the list of rows shows it."""

    settled: SettledRow
    lead: list[Who]
    supporting: list[Who]
    written: str
    understood: str

    @property
    def number(self) -> int:
        return self.settled.row.number

    @property
    def task_count(self) -> int:
        return len(self.settled.drafts)


def list_rows(understood: ListUnderstanding) -> list[SettledRow]:
    """The rows, those with questions first, each group as it stands in the sheet."""
    return sorted(understood.rows, key=lambda settled: not settled.questions)


def empty_columns(understood: ListUnderstanding) -> list[str]:
    """Columns of the rows' list in which this sheet would have nothing to show."""
    has_leader = any(settled.row.leader for settled in understood.rows)
    has_supporting = any(
        settled.row.supporting or any(draft.supporting_agency_ids for draft in settled.drafts)
        for settled in understood.rows
    )
    return [name for name, is_used in (("leader", has_leader), ("supporting", has_supporting)) if not is_used]


def list_row(settled: SettledRow, names: Mapping[int, str]) -> ListRow:
    """A row in words. Once it is settled, the agencies are those of its drafts; before, those that its cells name."""
    if settled.drafts:
        leads = dict.fromkeys(draft.lead_agency_id for draft in settled.drafts)
        lead = [Who(names[number], True) for number in leads if number is not None]
        supporting = [Who(names[number], True) for number in settled.drafts[0].supporting_agency_ids]
        # The words of a group are shorter than its members.
        written = [_who(name, names) for name in settled.row.supporting]
        supporting = written if sum(who.count or 1 for who in written) == len(supporting) else supporting
    else:
        lead = [_who(name, names) for name in settled.row.lead]
        supporting = [_who(name, names) for name in settled.row.supporting]
    understood = _draft_deadline(settled.drafts[0]) if settled.drafts else _listed_deadline(settled.row.deadline)
    return ListRow(settled, lead, supporting, settled.row.deadline.text, understood)


def _who(name: Named, names: Mapping[int, str]) -> Who:
    if not name.is_group:
        return Who(name.text, bool(name.agency_ids))
    members = "、".join(names[number] for number in name.agency_ids)
    return Who(name.text, bool(name.agency_ids), members, len(name.agency_ids))


def _draft_deadline(draft: TaskDraft) -> str:
    if draft.deadline_on is not None:
        return draft.deadline_on.isoformat()
    if draft.node_cycle is not None:
        return f"{label_of(draft.kind)} / {label_of(draft.node_cycle)}"
    return label_of(ListAnswer.BY_RULE)


def _listed_deadline(listed: ListedDeadline) -> str:
    """What a deadline means as far as the row itself says it."""
    if listed.doubt is not None:
        doubt = label_of(listed.doubt)
        return f"{listed.on.isoformat()} {doubt}" if listed.on else doubt
    if listed.is_continuing:
        return label_of(ListAnswer.CONTINUING)
    return listed.on.isoformat() if listed.on else label_of(ListAnswer.BY_RULE)


def answer_lines(given: Iterable[GivenAnswer], names: Mapping[int, str]) -> list[AnswerLine]:
    """Every answer of a list, so that each can be taken back."""
    return [
        AnswerLine(
            key=each.key,
            row=str(each.row_number or ""),
            text=each.text,
            label=label_of(each.deadline or each.doubt),
            words=answer_words(each.answer, names),
        )
        for each in given
    ]


def answer_words(answer: Answer, names: Mapping[int, str]) -> str:
    """An answer in words: the agencies, the day or the text themselves where there are any."""
    agencies = "、".join(names[number] for number in answer.agency_ids if number in names)
    if answer.choice is ListAnswer.ONE_LEADS:
        return _("%(agency)s leads, the others support") % {"agency": agencies}
    day = answer.day.isoformat() if answer.day else ""
    return agencies or day or answer.text or label_of(answer.choice)


def rows_in_words(numbers: Sequence[int]) -> str:
    """The first of many row numbers."""
    shown = "、".join(str(number) for number in numbers[:_FEW])
    return f"{shown} …" if len(numbers) > _FEW else shown


def list_tabs(draft: ImportDraft, understood: ListUnderstanding, current: str) -> list[Tab]:
    """The pages about one list, each with what waits there."""
    pages = (
        ("about", _("What the list is"), None),
        ("columns", _("Columns"), len(understood.sheet_doubts) or None),
        ("questions", pgettext("list", "Questions"), len(understood.questions)),
        ("rows", pgettext("list", "Rows"), len(understood.rows)),
    )
    return sheet_tabs("supervision", draft, current, pages)


def promise(draft: ImportDraft, understood: ListUnderstanding) -> str:
    """What importing the list does; empty while its day is not said."""
    if draft.issued_on is None:
        return ""
    said = _("The order, issued on %(day)s, gets %(count)s tasks: all of them, or none if one is refused.")
    return said % {"day": day(draft.issued_on), "count": len(understood.drafts)}


def earlier_imports(drafts: Iterable[ImportDraft]) -> list[EarlierImport]:
    """What the very same sheet became before, with a way to it."""
    return [_earlier(draft, draft.order) for draft in drafts if draft.order is not None]


def _earlier(draft: ImportDraft, order: SupervisionOrder) -> EarlierImport:
    return EarlierImport(draft.updated_at, draft.post, order.title, reverse("supervision:order", args=[order.pk]))


def next_page(draft: ImportDraft, understood: ListUnderstanding) -> str:
    """Where something has to be said next; the rows when nothing has."""
    if draft.issued_on is None:
        return "import-about"
    if understood.sheet_doubts:
        return "import-columns"
    return "import-questions" if understood.questions else "import-rows"


def why_not_yet(draft: ImportDraft, understood: ListUnderstanding) -> str:
    """Why the list cannot be imported yet; empty when it can."""
    reasons: dict[str, Word | str] = {
        "import-about": _("its day is not said"),
        "import-columns": _("its columns are not clear"),
        "import-questions": _("%(count)s questions are open") % {"count": len(understood.questions)},
        "import-rows": "" if understood.drafts else _("no row becomes a task"),
    }
    return str(reasons[next_page(draft, understood)])
