"""Everything that can be set from outside, in one table.

An option is read from the environment, else from the file that ``SUSHUI_ENV_FILE`` names, else it has its default.
A secret may also stand in a file of its own: ``SUSHUI_SECRET_KEY_FILE=/run/secrets/key`` and so on for every option.
`docs/settings.md` shows this table; a test holds the two together.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from environs import EnvError, FileAwareEnv

ENV_FILE = "SUSHUI_ENV_FILE"


class Kind(StrEnum):
    """How the text of an option is read; the values are the names of the readers of `environs`."""

    TEXT = "str"
    YES_OR_NO = "bool"
    NUMBER = "int"
    LIST = "list"
    FOLDER = "path"


@dataclass(frozen=True)
class Option:
    """One thing that can be set."""

    name: str
    default: str | int | bool | Path | tuple[str, ...]
    kind: Kind
    sentence: str


class OptionError(ValueError):
    """An option cannot be read; the sentence names it and what was expected."""


OPTIONS: tuple[Option, ...] = (
    # where things are
    Option(
        "SUSHUI_DATA", Path(".sushui"), Kind.FOLDER, "Folder for the database, uploads, logs and the generated key."
    ),
    Option(
        "DATABASE_URL",
        "",
        Kind.TEXT,
        "PostgreSQL (15 or newer), `postgresql://user:password@host/name`; empty: embedded.",
    ),
    Option("SUSHUI_SECRET_KEY", "", Kind.TEXT, "Key that signs sessions; empty: made once, kept in the data folder."),
    Option("SUSHUI_AUDIT_KEY", "", Kind.TEXT, "Key that signs the heads of the audit chains; empty: the secret key."),
    Option(
        "SUSHUI_AUDIT_HEADS", "", Kind.TEXT, "File of those heads, best on another disk; empty: in the data folder."
    ),
    # who may reach it
    Option("SUSHUI_ADDRESS", "127.0.0.1:8400", Kind.TEXT, "Address and port that the server listens on."),
    Option("SUSHUI_HOSTS", ("localhost", "127.0.0.1", "[::1]"), Kind.LIST, "Host names that the site answers to."),
    Option("SUSHUI_TRUSTED_ORIGINS", (), Kind.LIST, "Origins that forms may come from, `https://work.example.cn`."),
    Option("SUSHUI_HTTPS", False, Kind.YES_OR_NO, "Reached by HTTPS only: secure cookies, redirect, HSTS."),
    Option("SUSHUI_PROXIES", 0, Kind.NUMBER, "Trusted proxies in front; they set X-Forwarded-For and -Proto."),
    # the server
    Option("SUSHUI_WORKERS", 2, Kind.NUMBER, "Server processes."),
    Option("SUSHUI_THREADS", 8, Kind.NUMBER, "Threads in each server process."),
    Option("SUSHUI_DEVELOPMENT", False, Kind.YES_OR_NO, "Debug pages and the page of components; never in production."),
    Option("SUSHUI_LOG_LEVEL", "INFO", Kind.TEXT, "DEBUG, INFO, WARNING or ERROR; logs are JSON lines on stderr."),
    # the database connection
    Option("SUSHUI_POOLED", False, Kind.YES_OR_NO, "Behind PgBouncer: no server-side cursors, no limits below."),
    Option("SUSHUI_STATEMENT_TIMEOUT", 30, Kind.NUMBER, "Seconds that one statement may take; 0: no limit."),
    Option("SUSHUI_LOCK_TIMEOUT", 5, Kind.NUMBER, "Seconds to wait for a row that somebody else is changing."),
    Option("SUSHUI_IDLE_TIMEOUT", 60, Kind.NUMBER, "Seconds that an open transaction may do nothing."),
    # words and days
    Option("SUSHUI_LANGUAGE", "zh-hans", Kind.TEXT, "Language for whoever has chosen none: zh-hans or en."),
    Option("SUSHUI_TIME_ZONE", "Asia/Shanghai", Kind.TEXT, "Where days begin and end."),
    # people
    Option("SUSHUI_SESSION_HOURS", 12, Kind.NUMBER, "Hours after which one must sign in again."),
    Option("SUSHUI_SIGN_IN_ATTEMPTS", 5, Kind.NUMBER, "Wrong passwords before that account is locked there."),
    Option("SUSHUI_SIGN_IN_LOCK_MINUTES", 30, Kind.NUMBER, "Minutes that such a lock lasts."),
    Option("SUSHUI_UPLOAD_MB", 20, Kind.NUMBER, "Largest file that may be uploaded, in MB."),
    # e-mail, off by default
    Option("SUSHUI_EMAIL_HOST", "", Kind.TEXT, "SMTP server; empty: no e-mail leaves."),
    Option("SUSHUI_EMAIL_PORT", 465, Kind.NUMBER, "Its port; 465 speaks TLS from the start, others by STARTTLS."),
    Option("SUSHUI_EMAIL_USER", "", Kind.TEXT, "Account at the SMTP server."),
    Option("SUSHUI_EMAIL_PASSWORD", "", Kind.TEXT, "Its password."),
    Option("SUSHUI_EMAIL_FROM", "sushui@localhost", Kind.TEXT, "Sender of every message."),
)


def read_options() -> dict[str, Any]:
    """Every option by name: the environment's value, else the env file's, else the default.

    Raises OptionError naming the option whose text cannot be read, or the env file that is not there.
    """
    environment = FileAwareEnv(strip_whitespace=True)
    env_file = os.environ.get(ENV_FILE)
    if env_file and not environment.read_env(env_file, recurse=False):
        raise OptionError(f"{ENV_FILE} names {env_file}, which is not there.")
    return {option.name: _value(environment, option) for option in OPTIONS}


def _value(environment: FileAwareEnv, option: Option) -> Any:
    read = getattr(environment, option.kind.value)
    try:
        value = read(option.name, option.default)
    except (EnvError, ValueError) as error:
        raise OptionError(f"{option.name} cannot be read as {option.kind.name.lower()}: {error}") from error
    return [item.strip() for item in value if item.strip()] if option.kind is Kind.LIST else value
