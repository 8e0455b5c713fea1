"""A database address made into what Django wants, and which servers are refused."""

from __future__ import annotations

from typing import Any

import pytest

from sushui.config.checks import postgres_is_new_enough
from sushui.config.database import connection_settings, refusal_of
from sushui.config.options import OptionError


def settings_of(url: str, *, pooled: bool = False) -> dict[str, Any]:
    return connection_settings(url, pooled=pooled, statement_timeout_s=30, lock_timeout_s=5, idle_timeout_s=60)


def test_address_is_taken_apart() -> None:
    settings = settings_of("postgresql://office:p%40ss@db.example.cn:6432/county")

    assert [settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "county",
        "office",
        "p@ss",
        "db.example.cn",
        "6432",
    ]


def test_socket_folder_is_the_host() -> None:
    assert settings_of("postgresql://sushui@/sushui?host=%2Fvar%2Frun%2Fpg")["HOST"] == "/var/run/pg"


def test_other_parameters_are_handed_on() -> None:
    settings = settings_of("postgresql://db.example.cn/county?sslmode=verify-full", pooled=True)

    assert settings["OPTIONS"] == {"sslmode": "verify-full"}


def test_limits_are_set_at_connecting_in_milliseconds() -> None:
    assert settings_of("postgresql:///county")["OPTIONS"] == {
        "options": "-c statement_timeout=30000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000"
    }


def test_behind_a_pooler_nothing_outlives_a_transaction() -> None:
    settings = settings_of("postgresql:///county", pooled=True)

    assert (settings["OPTIONS"], settings["DISABLE_SERVER_SIDE_CURSORS"]) == ({}, True)


def test_requests_are_not_wrapped_in_transactions() -> None:
    assert settings_of("postgresql:///county")["ATOMIC_REQUESTS"] is False


@pytest.mark.parametrize("url", ["mysql://db/county", "not an address"])
def test_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(OptionError, match=r"^DATABASE_URL is not an address of PostgreSQL: "):
        settings_of(url)


def test_address_without_a_database_is_refused() -> None:
    with pytest.raises(OptionError) as refusal:
        settings_of("postgresql://db.example.cn")

    assert str(refusal.value) == ("DATABASE_URL names no database; write it as postgresql://user:password@host/name.")


def test_old_server_is_refused_with_a_way_out() -> None:
    assert refusal_of(14) == (
        "The database server is PostgreSQL 14; Sushui needs 15 or newer. "
        "Upgrade the server, or leave DATABASE_URL empty to use the embedded one."
    )


@pytest.mark.parametrize("major", [15, 18, 19])
def test_newer_server_is_welcome(major: int) -> None:
    assert refusal_of(major) == ""


@pytest.mark.django_db
def test_check_of_the_server_in_use_finds_nothing() -> None:
    assert postgres_is_new_enough(databases=["default"]) == []
