"""What the rows of a liaison list become, and what they leave open. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.liaison.adapter import WHO, SheetRow, day_of
from sushui.liaison.enums import LiaisonRole, ListDoubt
from sushui.liaison.models import Liaison, LiaisonList
from sushui.liaison.queries.names import Names, names_known
from sushui.liaison.queries.standing import not_over
from sushui.liaison.rules import in_force
from sushui.liaison.services.liaisons import LiaisonDraft

LEAVE_OUT = 0
DAY_KEY = "day:from_on"


@dataclass(frozen=True)
class ListQuestion:
    """What some rows leave open: answered once for all of them by a number of ``choices``, by 0, or by a day."""

    key: str
    doubt: ListDoubt
    text: str
    choices: tuple[tuple[int, str], ...]
    rows: tuple[int, ...]

    @property
    def wants_day(self) -> bool:
        return self.doubt is ListDoubt.NO_DAY


@dataclass(frozen=True)
class RowReading:
    """What a row becomes: new liaisons, those it replaces, how many stand already; or the keys of what is open."""

    row: SheetRow
    drafts: tuple[LiaisonDraft, ...] = ()
    replaced: tuple[Liaison, ...] = ()
    unchanged: int = 0
    open_keys: tuple[str, ...] = ()
    is_left_out: bool = False


@dataclass(frozen=True)
class ListReading:
    """A list as it stands now, row by row."""

    rows: list[RowReading]
    questions: list[ListQuestion]

    @cached_property
    def drafts(self) -> list[LiaisonDraft]:
        return [draft for row in self.rows for draft in row.drafts]

    @cached_property
    def replaced(self) -> list[Liaison]:
        return [liaison for row in self.rows for liaison in row.replaced]

    @property
    def unchanged(self) -> int:
        return sum(row.unchanged for row in self.rows)

    @property
    def left_out(self) -> int:
        return sum(row.is_left_out for row in self.rows)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open any more."""
        return not self.questions


def read_list(viewer: Viewer, staged: LiaisonList) -> ListReading:
    """The list with the names, liaisons and answers of now; a fixed number of queries."""
    rows = [SheetRow(**row) for row in staged.rows]
    reader = _Reader(names_known(viewer), _standing(viewer), staged.answers)
    read = [reader.read(row) for row in rows]
    return ListReading(read, reader.questions())


def _standing(viewer: Viewer) -> dict[tuple[int, LiaisonRole], list[Liaison]]:
    """What holds or will hold in the viewer's own division, by subject and role."""
    found: dict[tuple[int, LiaisonRole], list[Liaison]] = {}
    rows = Liaison.objects.filter(not_over(clock.today()), division_id=viewer.division_id)
    for liaison in rows.select_related("subject", "post__agency", "agency").order_by("from_on"):
        found.setdefault((liaison.subject_id, liaison.role), []).append(liaison)
    return found


class _Reader:
    """Reads rows one by one and gathers what they leave open."""

    def __init__(
        self,
        names: Names,
        standing: Mapping[tuple[int, LiaisonRole], list[Liaison]],
        answers: Mapping[str, int | str],
    ) -> None:
        self._names = names
        self._standing = standing
        self._answers = answers
        self._asked: dict[str, ListQuestion] = {}
        self._open: list[str] = []  # what the row that is being read leaves open

    def questions(self) -> list[ListQuestion]:
        """Each open question once, those of most rows first."""
        return sorted(self._asked.values(), key=lambda each: (-len(each.rows), each.rows[0]))

    def read(self, row: SheetRow) -> RowReading:
        self._open = []
        subject_id = self._subject(row)
        who = {name: self._named(row, name) for name in WHO if row.texts.get(name)}
        if not who:
            self._ask(row, ListDoubt.NOBODY, f"row:{row.number}:nobody", "", ())
        from_on, to_on = self._days(row)
        if self._open:
            return RowReading(row, open_keys=tuple(self._open))
        named = {name: number for name, number in who.items() if number != LEAVE_OUT}
        if subject_id == LEAVE_OUT or from_on is None or not named or self._is_left_out(row):
            return RowReading(row, is_left_out=True)
        return self._becomes(row, subject_id, named, from_on, to_on)

    def _is_left_out(self, row: SheetRow) -> bool:
        return any(key.startswith(f"row:{row.number}:") for key in self._answers)

    def _ask(self, row: SheetRow, doubt: ListDoubt, key: str, text: str, choices: Iterable[tuple[int, str]]) -> int:
        """The answer to a question; when there is none, the question is open and the row waits."""
        if key in self._answers:
            answer = self._answers[key]
            return answer if isinstance(answer, int) else LEAVE_OUT
        asked = self._asked.get(key) or ListQuestion(key, doubt, text, tuple(choices), ())
        self._asked[key] = replace(asked, rows=(*asked.rows, row.number))
        self._open.append(key)
        return LEAVE_OUT

    def _subject(self, row: SheetRow) -> int:
        text, number = row.texts.get("subject", ""), row.texts.get("number", "")
        if not text:
            return self._ask(row, ListDoubt.NO_SUBJECT, f"row:{row.number}:subject", "", ())
        found = self._names.subjects(text)
        if number.isdecimal() and int(number) in found:
            return int(number)
        if len(found) == 1:
            return found[0]
        doubt = ListDoubt.SEVERAL_SUBJECTS if found else ListDoubt.UNKNOWN_SUBJECT
        return self._ask(row, doubt, f"subject:{text}", text, self._names.subject_choices(text, found))

    def _named(self, row: SheetRow, name: str) -> int:
        text = row.texts[name]
        if name == "agency":
            found, choices = self._names.agencies(text), self._names.agency_choices()
            none, several = ListDoubt.UNKNOWN_AGENCY, ListDoubt.SEVERAL_AGENCIES
        else:
            found, choices = self._names.posts(text, name), self._names.post_choices(name)
            none, several = ListDoubt.UNKNOWN_POST, ListDoubt.SEVERAL_POSTS
        if len(found) == 1:
            return found[0]
        doubt = several if found else none
        offered = tuple(each for each in choices if not found or each[0] in found)
        return self._ask(row, doubt, f"{name}:{text}", text, offered)

    def _days(self, row: SheetRow) -> tuple[date | None, date | None]:
        from_text, to_text = row.texts.get("from_on", ""), row.texts.get("to_on", "")
        from_on, to_on = day_of(from_text), day_of(to_text)
        if from_on is None:
            answer = self._answers.get(DAY_KEY)
            from_on = date.fromisoformat(answer) if isinstance(answer, str) else None
        if from_on is None:
            self._ask(row, ListDoubt.NO_DAY, DAY_KEY, "", ())
        elif (to_text and to_on is None) or (to_on is not None and to_on < from_on):
            self._ask(row, ListDoubt.BAD_END, f"row:{row.number}:end", to_text, ())
        return from_on, to_on

    def _becomes(
        self, row: SheetRow, subject_id: int, who: Mapping[str, int], from_on: date, to_on: date | None
    ) -> RowReading:
        drafts: list[LiaisonDraft] = []
        replaced: list[Liaison] = []
        unchanged = 0
        for name, number in who.items():
            role = LiaisonRole(name)
            there = self._standing.get((subject_id, role), [])
            if any(_stands_already(each, number, from_on, to_on) for each in there):
                unchanged += 1
                continue
            own = {"agency_id": number} if role is LiaisonRole.AGENCY else {"post_id": number}
            source = row.texts.get("source", "")[:255]
            drafts.append(LiaisonDraft(subject_id, role, from_on, to_on, source=source, **own))
            begun = (each for each in there if each.from_on < from_on)
            replaced += [each for each in begun if in_force(each.from_on, each.to_on, from_on)]
        return RowReading(row, tuple(drafts), tuple(replaced), unchanged)


def _stands_already(liaison: Liaison, number: int, from_on: date, to_on: date | None) -> bool:
    is_same = number == (liaison.agency_id if liaison.role is LiaisonRole.AGENCY else liaison.post_id)
    return is_same and liaison.from_on <= from_on and liaison.to_on == to_on
