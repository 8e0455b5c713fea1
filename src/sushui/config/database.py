"""A database address made into what Django wants."""

from __future__ import annotations

from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from sushui.config.options import OptionError

OLDEST_POSTGRES = 15


def connection_settings(
    url: str, *, pooled: bool, statement_timeout_s: int, lock_timeout_s: int, idle_timeout_s: int
) -> dict[str, Any]:
    """The entry of ``DATABASES`` for a PostgreSQL address as libpq reads it; limits are in seconds, 0 is no limit.

    Behind a pooler (``pooled``) nothing may be set at connecting and no cursor may outlive its transaction.
    Raises OptionError if the address cannot be read.
    """
    parts = _parts(url)
    limits = {
        "statement_timeout": statement_timeout_s,
        "lock_timeout": lock_timeout_s,
        "idle_in_transaction_session_timeout": idle_timeout_s,
    }
    if not pooled:
        parts["options"] = " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "ATOMIC_REQUESTS": False,  # services open their own transactions, and do no I/O inside
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
    }


def refusal_of(major: int) -> str:
    """Why PostgreSQL ``major`` is refused and what to do; empty if it is welcome."""
    if major >= OLDEST_POSTGRES:
        return ""
    return (
        f"The database server is PostgreSQL {major}; Sushui needs {OLDEST_POSTGRES} or newer. "
        "Upgrade the server, or leave DATABASE_URL empty to use the embedded one."
    )


def _parts(url: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise OptionError(f"DATABASE_URL is not an address of PostgreSQL: {str(error).strip()}") from error
    if not parts.get("dbname"):
        raise OptionError("DATABASE_URL names no database; write it as postgresql://user:password@host/name.")
    return {name: str(value) for name, value in parts.items()}
