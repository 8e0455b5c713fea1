"""What the cells of a ledger's row say, as the ledger's own values; what they leave open is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sushui.kernel import clock
from sushui.kernel.industries import industries
from sushui.kernel.labels import label_of
from sushui.kernel.words import Word
from sushui.projects.adapter import SheetReading, SheetRow
from sushui.projects.enums import LedgerColumn, LedgerDoubt, ProjectStage, SheetAnswer
from sushui.projects.models import Project
from sushui.projects.rules.cells import compact_name, day_in, month_in, says_nothing, shown_text, whole_in
from sushui.projects.rules.codes import clean_code
from sushui.projects.services.drafts import odd_codes
from sushui.projects.services.imports.asking import AS_IT_STANDS, Asker, Choice, chosen, records
from sushui.projects.services.imports.ground import Ground, industry_codes
from sushui.projects.services.imports.units import Units

L = LedgerColumn
TEXTS = (L.NAME, L.CONTENT, L.OWNER, L.ADDRESS, L.NOTE)
AMOUNTS = (L.TOTAL, L.OUTPUT, L.TAX, L.AREA, L.ENERGY)
MONTHS = (L.START, L.COMPLETION)
LISTED_AMOUNTS = (L.TOTAL, L.YEAR_PLAN)
LIST_NOTE = 200  # the longest note of a project in a version of the portfolio
_LONGEST = {L.NAME: 200, L.OWNER: 128, L.ADDRESS: 200, L.CODE: 32, L.OWNER_CODE: 18}
_AS_IT_STANDS = chosen(SheetAnswer.AS_IT_STANDS)
_MOST_JOBS = 2_000_000_000


class RowValues:
    """Reads one row after the other."""

    def __init__(self, reading: SheetReading, ground: Ground, asker: Asker) -> None:
        self.units = Units(reading, asker)
        self._ground = ground
        self._asker = asker
        self._has_places = reading.column(L.PLACE) is not None

    def of(self, row: SheetRow, project: Project | None) -> dict[str, Any]:
        """What the row says, by the ledger's columns; an empty cell says nothing and leaves what stands alone."""
        said: dict[LedgerColumn, Any] = {}
        for name in TEXTS:
            said[name] = self._text(row, name)
        for name in AMOUNTS:
            said[name] = self.units.amount(name, row.cells.get(name))
        for name in MONTHS:
            said[name] = self._month(row, name)
        said[L.CODE] = self._code(row, L.CODE, project.code if project else "")
        said[L.OWNER_CODE] = self._code(row, L.OWNER_CODE, project.owner_code if project else "")
        said[L.JOBS] = self._jobs(row)
        said[L.INDUSTRY] = self._industry(row)
        said[L.CLUSTER] = self._cluster(row)
        said[L.LEVEL] = self._word(row, L.LEVEL, self._ground.levels, LedgerDoubt.UNKNOWN_LEVEL)
        said[L.SECTOR] = self._word(row, L.SECTOR, self._ground.sectors, LedgerDoubt.UNKNOWN_SECTOR)
        said[L.AGENCY] = self._agency(row)
        said[L.PLACE] = self._place(row, project)
        return {name.value: value for name, value in said.items() if value is not None}

    def listed(self, row: SheetRow) -> dict[str, Any]:
        """What the row says of a project in a version of the portfolio, by the ledger's columns."""
        said: dict[LedgerColumn, Any] = {name: self.units.amount(name, row.cells.get(name)) for name in LISTED_AMOUNTS}
        said |= {name: self._month(row, name) for name in MONTHS}
        said[L.CLUSTER] = self._cluster(row)
        said[L.LEVEL] = self._word(row, L.LEVEL, self._ground.levels, LedgerDoubt.UNKNOWN_LEVEL)
        said[L.SECTOR] = self._word(row, L.SECTOR, self._ground.sectors, LedgerDoubt.UNKNOWN_SECTOR)
        said[L.AGENCY] = self._agency(row)
        said[L.PLACE] = self._place(row, None)
        note = self._text(row, L.NOTE)
        if note is not None and len(note) > LIST_NOTE:
            self._asker.ask(LedgerDoubt.TOO_LONG, note[:60], _AS_IT_STANDS)
            note = None
        said[L.NOTE] = note
        return {name.value: value for name, value in said.items() if value is not None}

    def stage(self, row: SheetRow) -> ProjectStage | None:
        """The stage in which the row says the project is."""
        found = self._word(row, L.STAGE, self._ground.stages, LedgerDoubt.UNKNOWN_STAGE)
        return ProjectStage(found) if found else None

    def stage_on(self, row: SheetRow) -> date | None:
        """Since when: as the row says, or a person."""
        told = day_in(row.cells.get(L.STAGE_ON))
        if told is not None and told <= clock.today():
            return told
        answer = self._asker.ask(LedgerDoubt.NO_DAY, wants="day")
        return date.fromisoformat(answer) if answer else None

    def day(self, row: SheetRow, name: LedgerColumn) -> date | None:
        """The day in a filled cell of its own column; None when it says nothing, or no day, or stays as it stands."""
        cell = row.cells.get(name)
        if says_nothing(cell):
            return None
        day = day_in(cell)
        if day is None:
            self._asker.ask(LedgerDoubt.BAD_DAY, row.text(name)[:60], _AS_IT_STANDS)
        return day

    # --- one cell each
    def _text(self, row: SheetRow, name: LedgerColumn) -> str | None:
        text = shown_text(row.text(name))
        return self._fitting(text, name) if text else None

    def _fitting(self, text: str, name: LedgerColumn) -> str | None:
        """A text that the ledger can keep."""
        if len(text) <= _LONGEST.get(name, len(text)):
            return text
        self._asker.ask(LedgerDoubt.TOO_LONG, text[:60], _AS_IT_STANDS)
        return None

    def _code(self, row: SheetRow, name: LedgerColumn, stands: str) -> str | None:
        """A code; an odd one only if a person says that the document has it so, now or earlier."""
        cell = row.cells.get(name)
        code = "" if says_nothing(cell) else clean_code(row.text(name))
        if not code or code == stands:
            return code or None
        code_said, owner_said = (code, "") if name is L.CODE else ("", code)
        is_odd = bool(odd_codes(code_said, owner_said))
        if is_odd and self._fitting(code, name) is not None:
            answer = self._asker.ask(LedgerDoubt.ODD_CODE, code, chosen(SheetAnswer.CONFIRM, SheetAnswer.AS_IT_STANDS))
            return code if answer == SheetAnswer.CONFIRM else None
        return None if is_odd else code

    def _month(self, row: SheetRow, name: LedgerColumn) -> date | None:
        cell = row.cells.get(name)
        if says_nothing(cell):
            return None
        month = month_in(cell)
        if month is None:
            self._asker.ask(LedgerDoubt.BAD_MONTH, row.text(name)[:60], _AS_IT_STANDS)
        return month

    def _jobs(self, row: SheetRow) -> int | None:
        cell = row.cells.get(L.JOBS)
        if says_nothing(cell):
            return None
        count = whole_in(cell)
        if count is not None and 0 <= count <= _MOST_JOBS:
            return count
        self._asker.ask(LedgerDoubt.BAD_AMOUNT, row.text(L.JOBS)[:60], _AS_IT_STANDS)
        return None

    def _industry(self, row: SheetRow) -> str | None:
        text = self._filled(row, L.INDUSTRY)
        found = industry_codes(text) if text else ()
        if not text or len(found) == 1:
            return found[0] if found else None
        offered = [(code, str(industries()[code])) for code in found]
        answer = self._asker.ask(LedgerDoubt.UNKNOWN_INDUSTRY, text[:60], [*offered, *_AS_IT_STANDS], wants="industry")
        return answer.strip().upper() if answer and answer != AS_IT_STANDS else None

    def _cluster(self, row: SheetRow) -> int | None:
        text = self._filled(row, L.CLUSTER)
        known = self._ground.clusters.get(compact_name(text))
        if not text or known is not None:
            return known
        return self._record(LedgerDoubt.UNKNOWN_CLUSTER, text, records(self._ground.cluster_names))

    def _word(self, row: SheetRow, name: LedgerColumn, words: Mapping[str, Word], doubt: LedgerDoubt) -> Word | None:
        text = self._filled(row, name)
        found = words.get(compact_name(text).lower())
        if not text or found is not None:
            return found
        kinds = type(next(iter(words.values())))
        labels = [(word.value, label_of(word)) for word in kinds]
        answer = self._asker.ask(doubt, text[:60], [*labels, *_AS_IT_STANDS])
        return kinds(answer) if answer and answer != AS_IT_STANDS else None

    def _agency(self, row: SheetRow) -> int | None:
        text = self._filled(row, L.AGENCY)
        index = self._ground.agencies
        found = index.find(text) or index.responsible(text) if text else ()
        if not text or len(found) == 1:
            return found[0] if found else None
        doubt = LedgerDoubt.SEVERAL_AGENCIES if found else LedgerDoubt.UNKNOWN_AGENCY
        return self._record(doubt, text, records(index.names, found, index.near(text)))

    def _place(self, row: SheetRow, project: Project | None) -> int | None:
        """The township: of its own column, else of the address, which may name one or be only words."""
        text = self._filled(row, L.PLACE if self._has_places else L.ADDRESS)
        index = self._ground.places
        found = index.find(text) if text else ()
        if not text or len(found) == 1:
            return found[0] if found else None
        if not self._has_places and project is not None and shown_text(project.place_text) == text:
            return None
        words = () if self._has_places else chosen(SheetAnswer.AS_TEXT)
        begins = [number for number, name in index.names.items() if text.startswith(name)]
        return self._record(LedgerDoubt.UNKNOWN_PLACE, text, (*words, *records(index.names, begins, index.near(text))))

    def _record(self, doubt: LedgerDoubt, text: str, choices: tuple[Choice, ...]) -> int | None:
        answer = self._asker.ask(doubt, text[:120], [*choices, *_AS_IT_STANDS])
        return int(answer) if answer and answer.isdecimal() else None

    def _filled(self, row: SheetRow, name: LedgerColumn) -> str:
        return "" if says_nothing(row.cells.get(name)) else shown_text(row.text(name))
