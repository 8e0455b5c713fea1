"""What every test may use: a throwaway PostgreSQL and a real browser, each started only when a test asks for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import cast, settings

NO_BROWSER = "no Chromium here: install one or name it by SUSHUI_CHROMIUM"
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# No property depends on how fast a machine is, and a red test is red again on the next run.
hypothesis.settings.register_profile("sushui", deadline=None, derandomize=True)
hypothesis.settings.load_profile("sushui")


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


@pytest.fixture
def county(db: None) -> cast.County:
    """A small county with one account for each role, and a neighbor to keep out (`tests/cast.py`)."""
    return cast.build()


@pytest.fixture
def committed_county(transactional_db: None) -> cast.County:
    """The same, committed: for tests whose threads have connections of their own."""
    return cast.build()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium; without one the test is skipped, and the run says so loudly."""
    path = shutil.which(os.environ.get("SUSHUI_CHROMIUM") or "chromium")
    if path is None:
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless Chromium. Playwright keeps an event loop in this thread, and Django is told that this is meant."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The line that `.ci/run` fails on."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"BROWSER TESTS SKIPPED: {len(skipped)} tests; {NO_BROWSER}", red=True, bold=True)
