"""What a row of a list leaves open, as a question, and how a person settles it, as an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sushui.supervision.enums import DeadlineDoubt, ListAnswer, RowDoubt

_NAMED = (ListAnswer.AGENCIES, ListAnswer.LEAVE_OUT)
CHOICES: Mapping[RowDoubt, tuple[ListAnswer, ...]] = {
    RowDoubt.NO_TITLE: (ListAnswer.TITLE, ListAnswer.LEAVE_OUT),
    RowDoubt.SHARED_TITLE: (ListAnswer.OWN_TASK, ListAnswer.LEAVE_OUT),
    RowDoubt.UNKNOWN_AGENCY: _NAMED,
    RowDoubt.AMBIGUOUS_AGENCY: _NAMED,
    RowDoubt.UNDETERMINED_GROUP: _NAMED,
    RowDoubt.EMPTY_GROUP: _NAMED,
    RowDoubt.OPEN_ENDED: _NAMED,
    RowDoubt.NO_LEAD: (ListAnswer.AGENCIES, ListAnswer.NO_LEAD),
    RowDoubt.SEVERAL_LEADS: (ListAnswer.FIRST_LEADS, ListAnswer.ONE_LEADS, ListAnswer.EACH_LEADS),
    RowDoubt.DEADLINE: (ListAnswer.ON_DAY, ListAnswer.CONTINUING, ListAnswer.BY_RULE),
}
# About a name in a cell of agencies.
NAMING = frozenset(doubt for doubt, choices in CHOICES.items() if choices is _NAMED)
# One agency answers for a name; a group or "and others" may be any number.
ONE_AGENCY = frozenset({RowDoubt.UNKNOWN_AGENCY, RowDoubt.AMBIGUOUS_AGENCY, RowDoubt.NO_LEAD, RowDoubt.SEVERAL_LEADS})


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a row leaves open. The same text asks the same: ``key`` is equal in every row that says so.

    ``agency_ids`` are those to choose from first (with ONE_LEADS: those to choose from at all), ``days`` are offered;
    ``read_as`` is the day that a deadline means, where it has passed.
    """

    doubt: RowDoubt
    text: str = ""
    deadline: DeadlineDoubt | None = None
    choices: tuple[ListAnswer, ...] = ()
    agency_ids: tuple[int, ...] = ()
    days: tuple[date, ...] = ()
    read_as: date | None = None

    @property
    def key(self) -> str:
        return ":".join(filter(None, [self.doubt, self.deadline, self.text]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person chose, with the agencies, the day or the text that the choice needs."""

    choice: ListAnswer
    agency_ids: tuple[int, ...] = ()
    day: date | None = None
    text: str = ""

    def fits(self, question: Question, known_agencies: frozenset[int]) -> bool:
        """Whether it answers the question: the choice is offered and all that it needs is there."""
        if self.choice not in question.choices:
            return False
        match self.choice:
            case ListAnswer.AGENCIES:
                return bool(self.agency_ids) and known_agencies.issuperset(self.agency_ids)
            case ListAnswer.ONE_LEADS:
                return len(self.agency_ids) == 1 and self.agency_ids[0] in question.agency_ids
            case ListAnswer.ON_DAY:
                return self.day is not None
            case ListAnswer.TITLE:
                return bool(self.text.strip())
            case _:
                return True

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        day = self.day.isoformat() if self.day else None
        told = {"choice": self.choice.value, "agencies": list(self.agency_ids), "day": day, "text": self.text}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def restored(cls, told: Mapping[str, Any]) -> Answer:
        return cls(
            choice=ListAnswer(told["choice"]),
            agency_ids=tuple(told.get("agencies", ())),
            day=date.fromisoformat(told["day"]) if told.get("day") else None,
            text=told.get("text", ""),
        )


@dataclass(frozen=True)
class Answers:
    """The answers given for a list: for every row that asks the same, and for single rows, which win."""

    shared: Mapping[str, Answer]
    by_row: Mapping[int, Mapping[str, Answer]]

    @classmethod
    def restored(cls, told: Mapping[str, Any]) -> Answers:
        shared = {key: Answer.restored(answer) for key, answer in told.get("all", {}).items()}
        by_row = {
            int(row): {key: Answer.restored(answer) for key, answer in answers.items()}
            for row, answers in told.get("rows", {}).items()
        }
        return cls(shared, by_row)

    def of(self, row_number: int, key: str) -> Answer | None:
        return self.by_row.get(row_number, {}).get(key) or self.shared.get(key)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer with what it was given to: the question's key taken apart, and the row if it is for one row alone."""

    key: str
    doubt: RowDoubt
    text: str
    answer: Answer
    deadline: DeadlineDoubt | None = None
    row_number: int | None = None


def given_answers(told: Mapping[str, Any]) -> list[GivenAnswer]:
    """All answers of a list, those for every row first."""
    answers = Answers.restored(told)
    shared = [_given(key, answer, None) for key, answer in answers.shared.items()]
    single = [_given(key, answer, row) for row, own in answers.by_row.items() for key, answer in own.items()]
    return [*shared, *single]


def _given(key: str, answer: Answer, row_number: int | None) -> GivenAnswer:
    name, _, text = key.partition(":")
    doubt, deadline = RowDoubt(name), None
    if doubt is RowDoubt.DEADLINE:
        name, _, text = text.partition(":")
        deadline = DeadlineDoubt(name)
    return GivenAnswer(key, doubt, text, answer, deadline, row_number)
