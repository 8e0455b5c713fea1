"""What every test may use: a throwaway PostgreSQL, started only when the first test asks for the database."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests import settings


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of the server: `DATABASE_URL`, else the embedded one, which the last test process takes away."""
    if os.environ.get("DATABASE_URL"):
        yield settings.TEST_DATABASE_URL
        return
    yield settings.TEST_POSTGRES.start()
    settings.TEST_POSTGRES.destroy()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    postgres_server: str,  # before anything connects
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Where pytest-django lets the databases be arranged: start the server first."""
