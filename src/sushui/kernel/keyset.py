"""Lists read in stretches by keyset: the next stretch begins after the last row seen, however deep that lies.

Rows are ordered by one column and then by their number, empty values last. A cursor says where a stretch ended; it is
opaque to whoever holds it, and says nothing that the last row did not.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """Some rows of a list, and the cursor of what comes after them (empty at the end)."""

    rows: list[Row]
    after: str = ""


def stretch(rows: QuerySet[Row], *, by: str = "-pk", cursor: str = "", size: int = 50) -> Stretch[Row]:
    """At most ``size`` of ``rows`` after ``cursor``, ordered by the column ``by`` (``-`` for descending), then number.

    Raises:
        DomainError: ``cursor_unreadable``.
    """
    order = _Order.of(rows.model, by)
    place = order.place(cursor) if cursor else None
    found: list[Row] = []
    if place is None or place.value is not None:
        found = list(order.sorted(rows.filter(order.filled & order.after(place)))[: size + 1])
    if order.may_be_empty and len(found) <= size:
        empty_after = order.after(place) if place is not None and place.value is None else Q()
        found += order.sorted(rows.filter(order.empty & empty_after))[: size + 1 - len(found)]
    if len(found) <= size:
        return Stretch(found)
    return Stretch(found[:size], order.cursor(found[size - 1]))


@dataclass(frozen=True)
class _Place:
    value: Any
    number: int


@dataclass(frozen=True)
class _Order:
    model: type[Model]
    column: str
    is_descending: bool

    @classmethod
    def of(cls, model: type[Model], by: str) -> _Order:
        return cls(model, by.removeprefix("-"), by.startswith("-"))

    @property
    def may_be_empty(self) -> bool:
        return self.column != "pk" and bool(self.model._meta.get_field(self.column).null)

    @property
    def filled(self) -> Q:
        return ~self.empty if self.may_be_empty else Q()

    @property
    def empty(self) -> Q:
        return Q(**{self.column: None})

    def sorted(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        names = dict.fromkeys([self.column, "pk"])
        return rows.order_by(*(F(name).desc() if self.is_descending else F(name).asc() for name in names))

    def after(self, place: _Place | None) -> Q:
        """Rows beyond ``place``; the bound on the column alone lets the database enter its index there."""
        if place is None:
            return Q()
        beyond = "lt" if self.is_descending else "gt"
        further = Q(**{f"pk__{beyond}": place.number})
        if self.column == "pk" or place.value is None:
            return further
        bound = Q(**{f"{self.column}__{beyond}e": place.value})
        return bound & (Q(**{f"{self.column}__{beyond}": place.value}) | further)

    def cursor(self, row: Model) -> str:
        value = None if self.column == "pk" else getattr(row, self.column)
        said = [None if value is None else str(value), row.pk]
        return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")

    def place(self, cursor: str) -> _Place:
        try:
            text, number = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=="))
            return _Place(self._value(text), int(number))
        except (binascii.Error, OverflowError, TypeError, UnicodeError, ValidationError, ValueError) as error:
            raise DomainError(
                "cursor_unreadable",
                _("This place in the list cannot be read."),
                _("Begin with the first rows and follow “next”."),
            ) from error

    def _value(self, text: str | None) -> Any:
        if text is None or self.column == "pk":
            return None
        return self.model._meta.get_field(self.column).to_python(text)  # type: ignore[union-attr]
