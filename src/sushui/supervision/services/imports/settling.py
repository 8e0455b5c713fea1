"""What a row becomes, given the answers: task drafts, or the questions that are still open. Plain values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from django.utils.translation import gettext

from sushui.supervision.adapter.worklists import ListedRow, Named
from sushui.supervision.enums import DeadlineDoubt, ListAnswer, NodeCycle, RowDoubt, TaskKind
from sushui.supervision.services.imports.answers import CHOICES, NAMING, Answer, Answers, Question
from sushui.supervision.services.orders import TaskDraft

_LONGEST_SECTION = 255
_LONGEST_WORDS = 128


@dataclass(frozen=True)
class Ground:
    """What rows are settled on: agencies and leaders that can be meant, the kind of task where nothing else is said."""

    agency_ids: frozenset[int]
    leader_posts: Mapping[str, int]
    kind: TaskKind = TaskKind.GENERAL


@dataclass(frozen=True)
class SettledRow:
    """A row with the drafts it becomes, the questions still open, and the names that a person left out."""

    row: ListedRow
    drafts: tuple[TaskDraft, ...] = ()
    questions: tuple[Question, ...] = ()
    is_left_out: bool = False


def settle(row: ListedRow, answers: Answers, ground: Ground) -> SettledRow:
    """Apply the answers to a row. It has drafts only when nothing is open; a row that is left out has neither."""
    return _Settling(row, answers, ground).settled()


class _Settling:
    """One row on its way."""

    def __init__(self, row: ListedRow, answers: Answers, ground: Ground) -> None:
        self._row = row
        self._answers = answers
        self._ground = ground
        self._open: dict[str, Question] = {}
        self._left_out: list[str] = []

    def settled(self) -> SettledRow:
        title = self._title()
        if title is None and not self._open:
            return SettledRow(self._row, is_left_out=True)
        shares = self._shares(self._agencies(self._row.lead, True), self._agencies(self._row.supporting, False))
        dated = self._dated(TaskDraft(title or ""))
        if self._open:
            return SettledRow(self._row, questions=tuple(self._open.values()))
        described = self._described(dated)
        drafts = [replace(described, lead_agency_id=one, supporting_agency_ids=tuple(many)) for one, many in shares]
        return SettledRow(self._row, drafts=tuple(drafts))

    def _ask(self, question: Question) -> Answer | None:
        """The answer to a question; without one that fits, the question stays open."""
        answer = self._answers.of(self._row.number, question.key)
        if answer is not None and answer.fits(question, self._ground.agency_ids):
            return answer
        self._open[question.key] = question
        return None

    # --- what is to be done ------------------------------------------------------------------------------------------
    def _title(self) -> str | None:
        """The task; None when it is asked for or the row is left out."""
        title: str | None = self._row.title
        for doubt in self._row.doubts:
            if doubt.kind not in NAMING:
                text = doubt.text or str(self._row.number)
                answer = self._ask(Question(doubt.kind, text, choices=CHOICES[doubt.kind]))
                is_kept = answer is not None and answer.choice is not ListAnswer.LEAVE_OUT
                title = (answer.text.strip() or title) if answer is not None and is_kept else None
        return title

    # --- by whom -----------------------------------------------------------------------------------------------------
    def _agencies(self, names: Iterable[Named], is_lead: bool) -> list[int]:
        """The agencies named in a column, each once; what is not known is asked."""
        return list(dict.fromkeys(chain.from_iterable(self._meant(name, is_lead) for name in names)))

    def _meant(self, name: Named, is_lead: bool) -> tuple[int, ...]:
        found = name.agency_ids
        for doubt in self._row.doubts:
            if doubt.kind in NAMING and (doubt.text, doubt.is_lead) == (name.text, is_lead):
                asked = Question(doubt.kind, doubt.text, choices=CHOICES[doubt.kind], agency_ids=doubt.agency_ids)
                answer = self._ask(asked)
                if answer is not None and answer.choice is ListAnswer.AGENCIES:
                    found += answer.agency_ids
                elif answer is not None and doubt.kind is not RowDoubt.OPEN_ENDED:
                    self._left_out.append(name.text)
        return found

    def _shares(self, lead: list[int], supporting: list[int]) -> list[tuple[int | None, list[int]]]:
        """For each task that the row becomes: who leads and who supports."""
        is_open = self._is_open_lead()
        if len(lead) > 1 or (is_open and len(self._row.lead) > 1):
            return self._shared_lead(lead, supporting)
        if not lead and not is_open:
            answer = self._ask(Question(RowDoubt.NO_LEAD, choices=CHOICES[RowDoubt.NO_LEAD]))
            lead = list(answer.agency_ids) if answer is not None else []
        return [_share(lead[0] if lead else None, supporting)]

    def _shared_lead(self, lead: list[int], supporting: list[int]) -> list[tuple[int | None, list[int]]]:
        """Several are named to lead; it is asked at once, even while one of the names is not known yet."""
        text = "、".join(name.text for name in self._row.lead)
        choices = CHOICES[RowDoubt.SEVERAL_LEADS] if self._has_first() else CHOICES[RowDoubt.SEVERAL_LEADS][1:]
        answer = self._ask(Question(RowDoubt.SEVERAL_LEADS, text, choices=choices, agency_ids=tuple(lead)))
        if answer is None or not lead:
            return []
        if answer.choice is ListAnswer.EACH_LEADS:
            return [_share(one, supporting) for one in lead]
        first = answer.agency_ids[0] if answer.choice is ListAnswer.ONE_LEADS else lead[0]
        return [_share(first, [*lead, *supporting])]

    def _has_first(self) -> bool:
        """Whether the name that stands first is one agency, or may yet turn out to be."""
        first = self._row.lead[0]
        is_open = any(question.doubt in NAMING and question.text == first.text for question in self._open.values())
        return not first.is_group and (is_open or len(self._meant(first, True)) == 1)

    def _is_open_lead(self) -> bool:
        names = {name.text for name in self._row.lead}
        return any(question.doubt in NAMING and question.text in names for question in self._open.values())

    # --- until when --------------------------------------------------------------------------------------------------
    def _dated(self, draft: TaskDraft) -> TaskDraft:
        """The draft with its kind and its deadline."""
        listed = self._row.deadline
        kind = self._row.kind or self._ground.kind
        draft = replace(draft, kind=kind, node_cycle=self._row.node_cycle, deadline_on=listed.on)
        if listed.is_continuing:
            return _continuing(draft)
        if listed.doubt is None:
            return _continuing(draft) if kind is TaskKind.CONTINUING else draft
        answer = self._ask(self._deadline_question(listed.doubt))
        match answer and answer.choice:
            case ListAnswer.CONTINUING:
                return _continuing(replace(draft, deadline_on=None))
            case ListAnswer.BY_RULE:
                return replace(draft, deadline_on=None)
            case ListAnswer.ON_DAY:
                return replace(draft, deadline_on=answer.day if answer else None)
            case _:
                return draft

    def _deadline_question(self, doubt: DeadlineDoubt) -> Question:
        listed = self._row.deadline
        choices = CHOICES[RowDoubt.DEADLINE]
        if doubt is DeadlineDoubt.PASSED:
            choices = (*choices, ListAnswer.AS_GIVEN)
        return Question(
            RowDoubt.DEADLINE, listed.text, deadline=doubt, choices=choices, days=listed.offered, read_as=listed.on
        )

    # --- the rest ----------------------------------------------------------------------------------------------------
    def _described(self, draft: TaskDraft) -> TaskDraft:
        """The draft with section, leader, wording and note; what does not fit its column goes to the note."""
        row, notes = self._row, [self._row.note]
        if self._left_out:
            names = "、".join(dict.fromkeys(self._left_out))
            notes.append(gettext("Named in the list and left out: %(names)s") % {"names": names})
        return replace(
            draft,
            section=_fit(row.section, _LONGEST_SECTION, notes),
            leader_post_id=self._ground.leader_posts.get(row.leader),
            leader_text=_fit(row.leader, _LONGEST_WORDS, notes),
            deadline_text=_fit(row.deadline.text, _LONGEST_WORDS, notes),
            note="\n".join(filter(None, notes)),
        )


def _share(lead: int | None, others: Iterable[int]) -> tuple[int | None, list[int]]:
    return lead, [one for one in dict.fromkeys(others) if one != lead]


def _continuing(draft: TaskDraft) -> TaskDraft:
    """Continuing work reports quarterly where nothing else is said."""
    return replace(draft, kind=TaskKind.CONTINUING, node_cycle=draft.node_cycle or NodeCycle.QUARTERLY)


def _fit(text: str, longest: int, notes: list[str]) -> str:
    if len(text) <= longest:
        return text
    notes.append(text)
    return f"{text[: longest - 1]}…"
