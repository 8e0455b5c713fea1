"""A file of projects as its page tells it: what would become of each, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sushui.kernel.components import Change
from sushui.kernel.industries import industry
from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import Word
from sushui.projects.enums import FIELDS, ExchangeState
from sushui.projects.panels.wording import money_in_words, month_in_words
from sushui.projects.services.exchange import ExchangeRow, counts_of
from sushui.projects.services.imports import record_names

MONEY = frozenset({"total_investment", "expected_output", "expected_tax"})
_ORDER = (ExchangeState.REFUSED, ExchangeState.CHANGED, ExchangeState.NEW, ExchangeState.UNCHANGED)


@dataclass(frozen=True)
class ExchangeLine:
    """A project of the file with its changes in words."""

    row: ExchangeRow
    changes: list[Change]


def exchange_lines(viewer: Viewer, rows: Iterable[ExchangeRow]) -> list[ExchangeLine]:
    """What would become of each project: what is refused first."""
    said = _Said(viewer)
    ordered = sorted(rows, key=lambda row: (_ORDER.index(row.state), row.place))
    return [
        ExchangeLine(row, [said.change(each.field, each.before, each.after) for each in row.changes]) for row in ordered
    ]


def counts_in_words(rows: Iterable[ExchangeRow]) -> list[tuple[int, str]]:
    return [(count, label_of(state)) for state, count in counts_of(rows).items() if count]


class _Said:
    """Values of the ledger as people read them."""

    def __init__(self, viewer: Viewer) -> None:
        self._records = record_names(viewer)

    def change(self, name: str, before: Any, after: Any) -> Change:
        labels = {"name": _("Project name"), "note": _("Note")}
        label = labels.get(name) or (_(FIELDS[name]) if name in FIELDS else name)
        return Change(label, self._value(name, before) or None, self._value(name, after))

    def _value(self, name: str, value: Any) -> str:
        if value in (None, "", {}):
            return ""
        if name == "funding":
            return money_in_words(sum(value.values(), Decimal()))
        if name in self._records:
            return self._records[name].get(value, str(value))
        if isinstance(value, Word):
            return label_of(value)
        if isinstance(value, Decimal):
            return money_in_words(value) if name in MONEY else f"{value.normalize():f}"
        if isinstance(value, date):
            return month_in_words(value)
        return str(industry(value) or value) if name == "industry_code" else str(value)
