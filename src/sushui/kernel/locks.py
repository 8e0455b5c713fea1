"""Named locks in the database, held to the end of the transaction."""

from __future__ import annotations

from django.db import connection


def hold(name: str) -> None:
    """Wait for and hold the lock ``name`` until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
