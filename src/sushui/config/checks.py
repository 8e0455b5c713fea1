"""What must be true of the machine before anything runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

OLDEST_POSTGRES = 15


@register(Tags.database)
def postgres_is_new_enough(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The server's major version, read from the server."""
    versions = {alias: connections[alias].pg_version // 10000 for alias in databases or ()}  # type: ignore[attr-defined]
    return [error for alias, major in versions.items() for error in judge_version(alias, major)]


def judge_version(alias: str, major: int) -> list[CheckMessage]:
    """An error if PostgreSQL ``major`` is older than what Sushui needs."""
    if major >= OLDEST_POSTGRES:
        return []
    sentence = f"The database '{alias}' is PostgreSQL {major}; Sushui needs {OLDEST_POSTGRES} or newer."
    mend = "Upgrade the server, or leave DATABASE_URL empty to use the embedded one."
    return [Error(sentence, hint=mend, id="sushui.E001")]
