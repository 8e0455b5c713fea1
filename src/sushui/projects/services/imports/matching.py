"""Which project of the division a row means, where a row makes no new one: figures, and versions of the portfolio."""

from __future__ import annotations

from collections.abc import Iterable

from sushui.projects.adapter import SheetRow
from sushui.projects.enums import LedgerColumn, LedgerDoubt, SheetAnswer
from sushui.projects.rules.cells import compact_name, says_nothing, shown_text
from sushui.projects.rules.codes import clean_code
from sushui.projects.services.imports.asking import Asker, chosen, records


class Matching:
    """Which project a row means: by its code, else by its exact name; else a person chooses."""

    def __init__(
        self, named: Iterable[tuple[int, str, str]], asker: Asker, foreign: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        rows = list(named)
        self._foreign = {key: agency for code, name, agency in foreign for key in (code, compact_name(name)) if key}
        self._asker = asker
        self._labels = {number: f"{name} {code}".strip() for number, code, name in rows}
        self._codes = {number: code for number, code, _name in rows}
        self._by_code = {code: number for number, code, _name in rows if code}
        self._by_name: dict[str, list[int]] = {}
        for number, _code, name in rows:
            self._by_name.setdefault(compact_name(name), []).append(number)
        self._seen: set[int] = set()

    def of(self, row: SheetRow) -> tuple[int | None, tuple[str, ...], bool]:
        """The project's number, what is open, and whether the row is left out."""
        self._asker.begin(row.number)
        number = self._number(row)
        if number in self._seen:
            self._asker.ask(LedgerDoubt.TWICE, self._labels[number or 0], key=f"{LedgerDoubt.TWICE}:{row.number}")
        if self._asker.is_left_out:
            self._asker.dismiss()
        elif number is not None and not self._asker.open_keys:
            self._seen.add(number)
        return number, tuple(self._asker.open_keys), self._asker.is_left_out

    def _number(self, row: SheetRow) -> int | None:
        code = "" if says_nothing(row.cells.get(LedgerColumn.CODE)) else clean_code(row.text(LedgerColumn.CODE))
        name = shown_text(row.text(LedgerColumn.NAME))
        by_code = self._by_code.get(code)
        named = self._by_name.get(compact_name(name), []) if name else []
        if by_code is not None and (not named or by_code in named):
            return by_code
        if by_code is not None:
            text = f"{name} → {self._labels[by_code]}"[:120]
            self._asker.ask(LedgerDoubt.CODE_ELSEWHERE, text, chosen(SheetAnswer.CONFIRM))
            return by_code
        if len(named) == 1 and not self._has_other_code(named[0], code):
            return named[0]
        if not name and not code:
            self._asker.ask(LedgerDoubt.NO_NAME, key=f"{LedgerDoubt.NO_NAME}:{row.number}")
            return None
        owner = None if named else self._foreign.get(code) or self._foreign.get(compact_name(name))
        if owner is not None:
            self._asker.ask(LedgerDoubt.FOREIGN_PROJECT, f"{name} {code}".strip() + f" → {owner}")
            return None
        doubt = LedgerDoubt.SEVERAL_PROJECTS if len(named) > 1 else LedgerDoubt.UNKNOWN_PROJECT
        offered = {number: self._labels[number] for number in named} if named else self._labels
        answer = self._asker.ask(doubt, f"{name} {code}".strip(), records(offered))
        return int(answer) if answer else None

    def _has_other_code(self, number: int, code: str) -> bool:
        return bool(code and self._codes[number]) and code != self._codes[number]
