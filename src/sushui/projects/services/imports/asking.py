"""What rows leave open, as questions, and how a person settles them, as answers: plain texts by key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sushui.kernel import clock
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.projects.enums import LedgerDoubt, SheetAnswer
from sushui.projects.rules.cells import year_on

Choice = tuple[str, str]
LEAVE_OUT, AS_IT_STANDS = SheetAnswer.LEAVE_OUT.value, SheetAnswer.AS_IT_STANDS.value
LONGEST_ANSWER = 500
# Answered once for all such questions, if a person wants: every odd code is as the document says.
TOGETHER = frozenset({LedgerDoubt.ODD_CODE})
# One answer holds for all rows; a row may say something else even after that.
SINGLE_ROWS_DIFFER = frozenset({LedgerDoubt.NO_REASON})


@dataclass(frozen=True, slots=True)
class Question:
    """Something that rows leave open; equal in all rows of its ``key``, and answered by one of ``choices`` or typed.

    ``wants`` is what can be typed: "text", "day", "year", "month" (of the year), "industry" or "" for nothing.
    """

    key: str
    doubt: LedgerDoubt
    text: str = ""
    choices: tuple[Choice, ...] = ()
    wants: str = ""
    rows: tuple[int, ...] = ()

    def takes(self, answer: str) -> bool:
        """Whether a text answers it."""
        return answer in {value for value, _label in self.choices} or _WANTED[self.wants](answer)


def _is_past_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) <= clock.today()
    except ValueError:
        return False


_WANTED: Mapping[str, Callable[[str], bool]] = {
    "": lambda text: False,
    "text": lambda text: bool(text.strip()) and len(text) <= LONGEST_ANSWER,
    "day": _is_past_day,
    "year": lambda text: len(text) == 4 and year_on(text) is not None,
    "month": lambda text: text.isascii() and text.isdecimal() and 1 <= int(text) <= 12,
    "industry": lambda text: industry(text) is not None,
}


def row_key(row: int, key: str) -> str:
    """Where an answer for one row alone stands."""
    return f"row:{row}:{key}"


def chosen(*answers: SheetAnswer) -> tuple[Choice, ...]:
    """Plain answers as choices."""
    return tuple((answer.value, label_of(answer)) for answer in answers)


def records(names: Mapping[int, str], *first: Iterable[int]) -> tuple[Choice, ...]:
    """Records as choices, those of ``first`` before the others."""
    order = dict.fromkeys([number for group in first for number in group if number in names])
    return tuple((str(number), names[number]) for number in [*order, *(each for each in names if each not in order)])


class Asker:
    """Holds the answers and gathers what is open, row by row."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._asked: dict[str, Question] = {}
        self._row: int | None = None
        self.open_keys: list[str] = []
        self.is_left_out = False
        self.answered: list[Question] = []  # of the row, what it may still say otherwise for itself
        self.given: dict[str, Question] = {}  # what an answer settled, by the key under which it stands

    def begin(self, row: int | None) -> None:
        """Turn to the next row, or (None) to what is asked of the sheet as a whole."""
        self._row, self.open_keys, self.is_left_out, self.answered = row, [], False, []

    def ask(
        self,
        doubt: LedgerDoubt,
        text: str = "",
        choices: Iterable[Choice] = (),
        *,
        wants: str = "",
        key: str = "",
        is_row: bool = True,
    ) -> str | None:
        """The answer to a question of the row; None while it is open, or when the row is to be left out."""
        leave = chosen(SheetAnswer.LEAVE_OUT) if is_row else ()
        asked = Question(key or ":".join(filter(None, [doubt, text])), doubt, text, (*choices, *leave), wants)
        answer = self._answer(asked)
        if answer is None:
            self._note(asked)
        elif answer == LEAVE_OUT:
            self.is_left_out = True
        elif doubt in SINGLE_ROWS_DIFFER:
            self.answered.append(asked)
        return None if answer == LEAVE_OUT else answer

    def _answer(self, asked: Question) -> str | None:
        keys = [row_key(self._row, asked.key)] if self._row is not None else []
        keys += [asked.key, *([asked.doubt.value] if asked.doubt in TOGETHER else [])]
        for key in keys:
            if key in self._answers and asked.takes(self._answers[key]):
                self.given.setdefault(key, asked)
                return self._answers[key]
        return None

    def _note(self, asked: Question) -> None:
        known = self._asked.get(asked.key, asked)
        rows = known.rows if self._row is None or self._row in known.rows else (*known.rows, self._row)
        self._asked[asked.key] = replace(known, rows=rows)
        if asked.key not in self.open_keys:
            self.open_keys.append(asked.key)

    def dismiss(self) -> None:
        """The row is left out: whatever else it asked is not open any more."""
        for key in self.open_keys:
            asked = self._asked[key]
            rows = tuple(row for row in asked.rows if row != self._row)
            self._asked[key] = replace(asked, rows=rows)
            if not rows:
                del self._asked[key]
        self.open_keys = []

    def questions(self) -> list[Question]:
        """Each open question once: those about the sheet, then those of most rows."""
        return sorted(self._asked.values(), key=lambda each: (-len(each.rows), each.rows[:1]))
