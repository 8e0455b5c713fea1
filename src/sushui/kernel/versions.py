"""Compare-and-set: two people on one record never overwrite each other."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import F

from sushui.kernel import clock
from sushui.kernel.errors import StaleRecord
from sushui.kernel.models import Record

Versioned = TypeVar("Versioned", bound=Record)


def check_version(record: Record, seen: int | None) -> None:
    """Refuse when ``record`` (locked by the caller) is no longer the version that the viewer has seen.

    Raises:
        StaleRecord: the versions differ. None means that the act does not depend on what was read.
    """
    if seen is not None and record.version != seen:
        raise StaleRecord


def save_changes(record: Versioned, *fields: str) -> Versioned:
    """Write ``fields`` if nobody wrote the record since it was read, and count the version up.

    Raises:
        StaleRecord: somebody did.
    """
    values = {name: getattr(record, name) for name in fields}
    moment = clock.now()
    rows = type(record)._default_manager.filter(pk=record.pk, version=record.version)
    if not rows.update(version=F("version") + 1, updated_at=moment, **values):
        raise StaleRecord
    record.version += 1
    record.updated_at = moment
    return record
