"""In which unit a column's amounts are, as the sheet says it or a person did: never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sushui.kernel.labels import label_of
from sushui.projects.adapter import SheetReading
from sushui.projects.enums import LedgerColumn, LedgerDoubt, SheetAnswer, Unit
from sushui.projects.rules.cells import MONEY_UNITS, amount_in, in_base_unit, says_nothing
from sushui.projects.services.imports.asking import Asker, chosen
from sushui.projects.services.steps import LARGEST

_UNITS: Mapping[str, Sequence[Unit]] = {
    LedgerColumn.AREA.value: (Unit.MU, Unit.HECTARE, Unit.SQUARE_METER),
    LedgerColumn.ENERGY.value: (Unit.TCE, Unit.WAN_TCE),
}
_LARGEST = {LedgerColumn.AREA.value: Decimal("9999999999"), LedgerColumn.ENERGY.value: Decimal("999999999999")}


class Units:
    """Reads amounts of a sheet into yuan, mu or tons."""

    def __init__(self, reading: SheetReading, asker: Asker) -> None:
        self._asker = asker
        self._line = reading.unit
        self._said = {column.meaning: column.unit for column in reading.columns}
        self._labels = {column.meaning: column.label.replace("\n", "") for column in reading.columns}

    def amount(self, meaning: str, cell: object) -> Decimal | None:
        """The amount in a filled cell; None when it says nothing, or asks something, or stays as it stands."""
        if says_nothing(cell):
            return None
        found = amount_in(cell)
        unit = self._unit(meaning, found.unit if found else None)
        amount = in_base_unit(found.number, unit) if found and unit else None
        if found and not unit:
            return None
        if amount is None or not 0 <= amount <= _LARGEST.get(meaning, LARGEST):
            text = f"{self._labels.get(meaning, meaning)}: {cell}"
            self._asker.ask(LedgerDoubt.BAD_AMOUNT, text[:120], chosen(SheetAnswer.AS_IT_STANDS))
            return None
        return amount

    def _unit(self, meaning: str, own: Unit | None) -> Unit | None:
        """The unit of the cell itself, of the column, of the line above, or as a person said."""
        fitting = _UNITS.get(meaning, MONEY_UNITS)
        line = self._line if meaning not in _UNITS else None
        told = next((unit for unit in (own, self._said.get(meaning), line) if unit in fitting), None)
        if told is not None:
            return told
        choices = [(unit.value, label_of(unit)) for unit in fitting]
        key = f"{LedgerDoubt.NO_UNIT}:{meaning}" if meaning in _UNITS else LedgerDoubt.NO_UNIT.value
        text = self._labels.get(meaning, "") if meaning in _UNITS else ""
        answer = self._asker.ask(LedgerDoubt.NO_UNIT, text, choices, key=key, is_row=False)
        return Unit(answer) if answer else None
