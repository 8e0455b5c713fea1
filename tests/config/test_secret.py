"""The key that signs sessions is made once and kept."""

from __future__ import annotations

from pathlib import Path

from sushui.config.secret import secret_key


def test_key_stays_the_same(tmp_path: Path) -> None:
    assert secret_key(tmp_path) == secret_key(tmp_path)


def test_two_counties_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "other")


def test_key_is_long_enough_for_django(tmp_path: Path) -> None:
    assert len(secret_key(tmp_path)) == 86


def test_only_the_owner_may_read_the_key(tmp_path: Path) -> None:
    secret_key(tmp_path)

    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    secret_key(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
