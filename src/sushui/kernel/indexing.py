"""Stored search words of old rows, brought up to what today's code would store.

A room that keeps a ``search`` column registers how a row is called; `refresh` then walks the table in batches, writes
only rows that differ, and may be stopped and begun again at any time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from sushui.kernel.models import Subject
from sushui.kernel.search import vector_text

BATCH = 1_000


@dataclass(frozen=True)
class Indexed:
    """A table with a ``search`` column: its rows with what is needed to call them, and each row's label and more."""

    key: str
    rows: Callable[[], QuerySet[Any]]
    texts: Callable[[Any], tuple[str, str]]


_indexed: dict[str, Indexed] = {}


def register_index(indexed: Indexed) -> None:
    """Add a table; the same key again replaces it."""
    _indexed[indexed.key] = indexed


def refresh() -> int:
    """Write anew what differs in every registered table; how many rows that were."""
    return sum(_refreshed(indexed) for indexed in _indexed.values())


def _refreshed(indexed: Indexed) -> int:
    last: int | None = 0
    written = 0
    while last is not None:
        last, count = _next_batch(indexed, last)
        written += count
    return written


@transaction.atomic
def _next_batch(indexed: Indexed, after: int) -> tuple[int | None, int]:
    """The key of the last row looked at (None: there were none) and how many were written.

    The rows are locked while they are read, so that nobody's new title meets yesterday's words.
    """
    batch = list(indexed.rows().filter(pk__gt=after).order_by("pk").select_for_update(of=("self",))[:BATCH])
    return (batch[-1].pk, _written(batch, indexed)) if batch else (None, 0)


def _written(batch: list[Model], indexed: Indexed) -> int:
    table = connection.ops.quote_name(type(batch[0])._meta.db_table)
    vectors = [vector_text(*indexed.texts(row)) for row in batch]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS kept SET search = given.vector::tsvector "
            "FROM unnest(%s::bigint[], %s::text[]) AS given (id, vector) "
            "WHERE kept.id = given.id AND kept.search IS DISTINCT FROM given.vector::tsvector",
            [[row.pk for row in batch], vectors],
        )
        written: int = cursor.rowcount
    return written


register_index(Indexed("kernel.subject", Subject.objects.all, lambda subject: (subject.label, subject.search_text)))
