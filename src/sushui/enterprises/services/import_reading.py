"""What the rows of a sheet become: drafts, changes and questions. Nothing is guessed; a fixed number of statements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from sushui.enterprises.adapter import table
from sushui.enterprises.enums import (
    EnterpriseFigureKind,
    EnterpriseStatus,
    FigureSource,
    LegalForm,
    RowState,
    SheetAnswer,
    SheetDoubt,
)
from sushui.enterprises.models import Cluster, Enterprise, EnterpriseSheet
from sushui.enterprises.rules.names import bare_place
from sushui.enterprises.services.known import DRAFT_FIELDS, EnterpriseDraft, Known
from sushui.kernel import clock
from sushui.kernel.industries import industries, industry
from sushui.kernel.labels import label_of
from sushui.kernel.official_codes import clean_code, credit_code_flaw
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word
from sushui.organizations.queries import agencies, division_tree

Choice = tuple[str, str]
LEAVE_OUT, EMPTY, AS_IT_STANDS, ANOTHER = (each.value for each in SheetAnswer)
TOGETHER = frozenset({SheetDoubt.ODD_CODE, SheetDoubt.ALIKE, SheetDoubt.ALIKE_ROWS})
COUNTED = frozenset({EnterpriseFigureKind.EMPLOYEES, EnterpriseFigureKind.ELECTRICITY})
MONEY_FIELDS = frozenset({"registered_capital", *(kind.value for kind in EnterpriseFigureKind if kind not in COUNTED)})
LONGEST_CODE, LONGEST_NAME = 18, 200
_WORDS: Mapping[str, type[Word]] = {"legal_form": LegalForm, "status": EnterpriseStatus}
MOST_ALIKE = 8
_DAY = re.compile(r"(\d{4})\s*[-./\u5e74]\s*(\d{1,2})\s*[-./\u6708]\s*(\d{1,2})\s*\u65e5?(?:\s.*)?")


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """Something that rows leave open, equal in all rows of its ``key``: answered by a choice, or by a typed year."""

    key: str
    doubt: SheetDoubt
    text: str = ""
    choices: tuple[Choice, ...] = ()
    wants_year: bool = False
    rows: tuple[int, ...] = ()

    def takes(self, answer: str) -> bool:
        """Whether a text answers it."""
        if self.wants_year:
            return answer.isascii() and answer.isdecimal() and 1990 <= int(answer) <= clock.today().year
        return answer in {value for value, _label in self.choices}


@dataclass(slots=True)
class RowReading:
    """A row with what becomes of it: the enterprise that it changes, what it is to say, and the figures it tells."""

    number: int
    texts: Mapping[str, str]
    state: RowState = RowState.OPEN
    enterprise: Enterprise | None = None
    draft: EnterpriseDraft | None = None
    figures: Mapping[EnterpriseFigureKind, Decimal] = field(default_factory=dict)
    open_keys: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.texts.get("name", "")


@dataclass(frozen=True)
class SheetReading:
    """All rows of a sheet, what they leave open, and of what their figures are."""

    rows: Sequence[RowReading]
    questions: Sequence[SheetQuestion]
    year: int | None
    source: FigureSource | None

    @property
    def is_settled(self) -> bool:
        return not self.questions

    @property
    def counts(self) -> dict[RowState, int]:
        found = dict.fromkeys(RowState, 0)
        for row in self.rows:
            found[row.state] += 1
        return found


def read_sheet(viewer: Viewer, sheet: EnterpriseSheet) -> SheetReading:
    """What a sheet becomes, with what was said about it so far and the register of now."""
    return _Reader(viewer, sheet).read()


class _Asker:
    """Holds the answers and gathers what is open."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self._asked: dict[str, SheetQuestion] = {}
        self._rows: dict[str, dict[int, None]] = {}

    def ask(
        self,
        row: RowReading | None,
        doubt: SheetDoubt,
        text: str,
        choices: Iterable[Choice],
        *,
        wants_year: bool = False,
    ) -> str | None:
        """The answer; None while it is open."""
        key = f"{doubt}:{text}" if text else doubt.value
        if key not in self._asked:
            self._asked[key] = SheetQuestion(key, doubt, text, tuple(choices), wants_year)
        asked = self._asked[key]
        for place in (key, doubt.value) if doubt in TOGETHER else (key,):
            answer = self._answers.get(place)
            if answer is not None and asked.takes(answer):
                return answer
        open_rows = self._rows.setdefault(key, {})
        if row is not None:
            open_rows[row.number] = None
            row.open_keys.append(key)
        return None

    def dismiss(self, row: RowReading) -> None:
        """A row that is left out leaves nothing open."""
        for key in row.open_keys:
            self._rows[key].pop(row.number, None)
            if not self._rows[key]:
                del self._rows[key]
        row.open_keys.clear()

    def questions(self) -> list[SheetQuestion]:
        """What is asked of the sheet first, then what most rows ask."""
        found = [replace(self._asked[key], rows=tuple(rows)) for key, rows in self._rows.items()]
        return sorted(found, key=lambda each: (bool(each.rows), -len(each.rows), each.rows[:1]))


def _leave() -> Choice:
    return (LEAVE_OUT, label_of(SheetAnswer.LEAVE_OUT))


class _Reader:
    """Reads a sheet once."""

    def __init__(self, viewer: Viewer, sheet: EnterpriseSheet) -> None:
        self._viewer, self._sheet = viewer, sheet
        self._known = Known(viewer)
        self._asker = _Asker(sheet.answers)
        self._rows = [RowReading(number, texts) for number, texts in sheet.rows]
        self._codes = {row.number: clean_code(row.texts.get("code", "")) for row in self._rows}
        self._keys = {row.number: self._known.key(row.name)[:LONGEST_NAME] for row in self._rows}
        self._words = _Words(viewer)
        self._by_code, self._by_key = self._standing()
        self._worth = self._worth_of_money()

    def _standing(self) -> tuple[dict[str, Enterprise], dict[str, list[Enterprise]]]:
        """Enterprises of the division with these codes, and with names like these; two queries."""
        rows = Enterprise.objects.filter(division_id=self._viewer.division_id)
        by_code = {row.code: row for row in rows.filter(code__in={code for code in self._codes.values() if code})}
        by_key: dict[str, list[Enterprise]] = defaultdict(list)
        for row in rows.filter(name_key__in=set(self._keys.values())).order_by("pk"):
            by_key[row.name_key].append(row)
        return by_code, by_key

    def read(self) -> SheetReading:
        year, source = self._about_figures()
        left_out = self._twice() | self._alike_rows()
        for row in self._rows:
            if row.number in left_out or not self._read_row(row):
                self._asker.dismiss(row)
                row.state, row.draft = RowState.LEFT_OUT, None
        return SheetReading(self._rows, self._asker.questions(), year, source)

    # --- of the sheet as a whole -------------------------------------------------------------------------------------
    def _about_figures(self) -> tuple[int | None, FigureSource | None]:
        kinds = {kind.value for kind in EnterpriseFigureKind}
        if not any(kinds & texts.keys() for texts in (row.texts for row in self._rows)):
            return None, None
        year = self._asker.ask(None, SheetDoubt.NO_YEAR, "", (), wants_year=True)
        told = [(each.value, label_of(each)) for each in FigureSource]
        source = self._asker.ask(None, SheetDoubt.NO_SOURCE, "", told)
        return int(year) if year else None, FigureSource(source) if source else None

    def _worth_of_money(self) -> dict[str, Decimal]:
        """What one of the unit of each column is in yuan, persons or kWh; what nobody says is asked once."""
        found: dict[str, Decimal] = {}
        units, counted = _units("units"), _units("counted_units")
        held = {name for row in self._rows for name in row.texts}
        for name in {"registered_capital", *(kind.value for kind in EnterpriseFigureKind)} & held:
            said = self._sheet.units.get(name, "")
            if name not in MONEY_FIELDS:
                found[name] = counted.get(said, Decimal(1))
                continue
            worth = units.get(said) or units.get(self._sheet.unit)
            answer = str(worth) if worth else self._asker.ask(None, SheetDoubt.NO_UNIT, "", _unit_choices())
            if answer:
                found[name] = Decimal(answer)
        return found

    def _twice(self) -> set[int]:
        """Rows that are left out because another one with their code counts."""
        by_code: dict[str, list[RowReading]] = defaultdict(list)
        for row in self._rows:
            if self._codes[row.number]:
                by_code[self._codes[row.number]].append(row)
        dropped: set[int] = set()
        for code, rows in by_code.items():
            if len(rows) > 1:
                choices = [(str(row.number), f"{row.number} {row.name}") for row in rows]
                answers = [self._asker.ask(row, SheetDoubt.TWICE, code, [*choices, _leave()]) for row in rows]
                if answers[0] is not None:
                    dropped |= {row.number for row in rows if str(row.number) != answers[0]}
        return dropped

    def _alike_rows(self) -> set[int]:
        """Rows of nearly one name that the register does not know: asked about once for each name."""
        by_key: dict[str, list[RowReading]] = defaultdict(list)
        for row in self._rows:
            if row.name and self._codes[row.number] not in self._by_code:
                by_key[self._keys[row.number]].append(row)
        dropped: set[int] = set()
        for key, rows in by_key.items():
            codes = {self._codes[row.number] for row in rows}
            if len(rows) < 2 or (len(codes) < len(rows) and "" not in codes):
                continue  # the same code twice is asked about already
            choices = [(str(row.number), f"{row.number} {row.name} {self._codes[row.number]}".strip()) for row in rows]
            other = (ANOTHER, label_of(SheetAnswer.ANOTHER))
            answers = [self._asker.ask(row, SheetDoubt.ALIKE_ROWS, key, [other, *choices[:MOST_ALIKE]]) for row in rows]
            if answers[0] not in (None, ANOTHER):
                dropped |= {row.number for row in rows if str(row.number) != answers[0]}
        return dropped

    # --- of one row --------------------------------------------------------------------------------------------------
    def _read_row(self, row: RowReading) -> bool:
        """Whether the row stays; its state, draft and figures are set where nothing is open."""
        if not row.name:
            return self._asker.ask(row, SheetDoubt.NO_NAME, "", [_leave()]) is None
        code, is_confirmed, stays = self._code(row)
        if not stays:
            return False
        target, stays = self._target(row, code)
        if not stays:
            return False
        values = self._values(row)
        if row.open_keys:
            return True
        row.enterprise = target
        said = {"name": row.name[:LONGEST_NAME], "code": code, "is_code_confirmed": is_confirmed, **values}
        said = {name: value for name, value in said.items() if value not in ("", None, ())}
        if target is None:
            row.state, row.draft = RowState.NEW, EnterpriseDraft(**said)
            return True
        standing = {name: getattr(target, name) for name in DRAFT_FIELDS}
        standing |= {"former_names": tuple(target.former_names), "is_code_confirmed": bool(target.code_flaw)}
        standing["legal_form"] = target.legal_form or None
        status = said.get("status", target.status)
        row.draft = EnterpriseDraft(**{**standing, **said, "status": status})
        differs = any(standing[name] != getattr(row.draft, name) for name in DRAFT_FIELDS)
        changes = differs or status != target.status or row.figures
        row.state = RowState.CHANGED if changes else RowState.UNCHANGED
        return True

    def _code(self, row: RowReading) -> tuple[str, bool, bool]:
        """The code of a row, whether a person confirmed it, and whether the row stays."""
        code = self._codes[row.number]
        if not code or (code in self._by_code) or credit_code_flaw(code) is None:
            return code, code in self._by_code and bool(self._by_code[code].code_flaw), True
        confirm = [(AS_IT_STANDS, label_of(SheetAnswer.AS_IT_STANDS))] if len(code) <= LONGEST_CODE else []
        choices = [*confirm, (EMPTY, label_of(SheetAnswer.EMPTY)), _leave()]
        answer = self._asker.ask(row, SheetDoubt.ODD_CODE, code, choices)
        if answer == EMPTY:
            return "", False, True
        return code, answer == AS_IT_STANDS, answer != LEAVE_OUT

    def _target(self, row: RowReading, code: str) -> tuple[Enterprise | None, bool]:
        """The enterprise that a row is about, and whether the row stays; None: it is new, or nobody said yet."""
        if code and code in self._by_code:
            return self._by_code[code], True
        alike = [each for each in self._by_key.get(self._keys[row.number], []) if not (code and each.code == code)]
        if not alike:
            return None, True
        choices = [(str(each.pk), f"{each.name} {each.code}".strip()) for each in alike[:MOST_ALIKE]]
        choices = [(ANOTHER, label_of(SheetAnswer.ANOTHER)), *choices, _leave()]
        answer = self._asker.ask(row, SheetDoubt.ALIKE, row.name, choices)
        if answer in (None, ANOTHER, LEAVE_OUT):
            return None, answer != LEAVE_OUT
        return next(each for each in alike if str(each.pk) == answer), True

    def _values(self, row: RowReading) -> dict[str, Any]:
        """What the cells of a row say beside name and code; figures go to the row."""
        texts = row.texts
        values: dict[str, Any] = {
            "legal_form": self._word(row, "legal_form"),
            "industry_code": self._industry(row),
            "established_on": self._day(row, "established_on"),
            "registered_capital": self._amount(row, "registered_capital"),
            "address": texts.get("address", "")[:LONGEST_NAME],
            "note": texts.get("note", ""),
            "former_names": tuple(filter(None, re.split(r"[\u3001;\uff1b,\uff0c\n]", texts.get("former_names", "")))),
            "status": self._word(row, "status"),
        }
        for name in ("agency", "place", "cluster"):
            values[f"{name}_id"] = self._record(row, name)
        told = {kind: self._amount(row, kind.value) for kind in EnterpriseFigureKind}
        row.figures = {kind: amount for kind, amount in told.items() if amount is not None}
        return values

    def _word(self, row: RowReading, name: str) -> Any:
        text = "".join(row.texts.get(name, "").split())
        if not text:
            return None
        words, called = _WORDS[name], self._words.called[name]
        found = called.get(text)
        choices = [(EMPTY, label_of(SheetAnswer.EMPTY)), *((each.value, label_of(each)) for each in words)]
        answer = found or self._asker.ask(row, SheetDoubt.NO_SUCH_WORD, text, choices)
        return words(answer) if answer and answer != EMPTY else None

    def _record(self, row: RowReading, name: str) -> int | None:
        text = "".join(row.texts.get(name, "").split())
        if not text:
            return None
        found = self._words.records[name].get(text)
        if found is not None:
            return found
        choices = [(EMPTY, label_of(SheetAnswer.EMPTY)), *self._words.choices[name]]
        answer = self._asker.ask(row, SheetDoubt.NO_SUCH_RECORD, text, choices)
        return int(answer) if answer and answer != EMPTY else None

    def _industry(self, row: RowReading) -> str:
        text = row.texts.get("industry", "").strip()
        found = industry(text.split()[0]) if text else None
        if not text or found is not None:
            return found.code if found else ""
        named = self._words.industries.get(text)
        if named is None:
            self._asker.ask(row, SheetDoubt.NO_SUCH_WORD, text, [(EMPTY, label_of(SheetAnswer.EMPTY))])
        return named or ""

    def _day(self, row: RowReading, name: str) -> date | None:
        text = row.texts.get(name, "")
        day = day_of(text)
        if text and (day is None or day > clock.today()):
            self._asker.ask(row, SheetDoubt.NO_DAY, text, [(EMPTY, label_of(SheetAnswer.EMPTY))])
            return None
        return day

    def _amount(self, row: RowReading, name: str) -> Decimal | None:
        text = row.texts.get(name, "").replace(",", "").replace("\uff0c", "")
        if text in ("", "-", "\u2014", "/") or name not in self._worth:
            return None
        amount = _decimal(text)
        if amount is None or (amount < 0 and name != EnterpriseFigureKind.PROFIT) or abs(amount) > 10**12:
            self._asker.ask(row, SheetDoubt.NO_AMOUNT, text, [(EMPTY, label_of(SheetAnswer.EMPTY))])
            return None
        return (amount * self._worth[name]).quantize(Decimal("0.01"))


class _Words:
    """By what agencies, places, clusters and industries are called; a name that two share is none."""

    def __init__(self, viewer: Viewer) -> None:
        from_agencies = list(agencies(viewer).filter(division_id=viewer.division_id))
        places = [row.division for row in division_tree(viewer)]
        parts = Cluster.objects.filter(division_id=viewer.division_id)
        named: dict[str, list[tuple[int, str, tuple[str, ...]]]] = {
            "agency": [(each.pk, str(each), (each.name, each.short_name, *each.other_names)) for each in from_agencies],
            "place": [(each.pk, each.name, (each.name, bare_place(each.name))) for each in places],
            "cluster": [(each.pk, each.name, (each.name,)) for each in parts],
        }
        self.records = {name: _once(rows) for name, rows in named.items()}
        self.choices = {name: [(str(pk), label) for pk, label, _names in rows] for name, rows in named.items()}
        self.called = {name: _word_of(name, words) for name, words in _WORDS.items()}
        self.industries = {each.name: each.code for each in reversed(industries().values())}


def _once(rows: Iterable[tuple[int, str, Iterable[str]]]) -> dict[str, int]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, _label, names in rows:
        for name in names:
            if name:
                found["".join(name.split())].add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def _word_of(name: str, words: type[Word]) -> dict[str, str]:
    """What cells call the words of the register."""
    said = {called: value for value, names in table("words")[name].items() for called in names}
    return {label_of(word): word.value for word in words} | {word.value: word.value for word in words} | said


def _units(name: str) -> dict[str, Decimal]:
    return {called: Decimal(worth) for worth, names in table("words")[name].items() for called in names}


def _unit_choices() -> list[Choice]:
    return [(worth, names[0]) for worth, names in table("words")["units"].items()]


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def day_of(text: str) -> date | None:
    """The day that a cell names: ``2026-03-01``, ``2026.3.1``; None when it names none."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
