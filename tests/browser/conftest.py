"""A running Sushui with the cast in it, and people who sit before real browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from sushui.kernel.models import User
from tests.cast import County
from tests.supervision.imports.lists import divided
from tests.supervision.imports.shared import REAL_LISTS

SHOTS = Path("tests/screenshots")
LAPTOP, PHONE = (1366, 768), (390, 844)
TROUBLE = ("error", "warning")


def told(said: ConsoleMessage) -> str:
    """What the browser's console was told, and about which address."""
    return f"{said.text} {said.location['url']}"


def is_trouble(said: ConsoleMessage) -> bool:
    """Whether something went wrong; a form that comes back with a question (422) did not."""
    return said.type in TROUBLE and "status of 422" not in said.text


@dataclass
class Person:
    """Somebody of the cast before a browser."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def press(self, words: str, within: str = "main") -> None:
        """Press the button or link that says exactly this, and wait for what comes."""
        part = self.page.locator(within)
        part.get_by_role("button", name=words, exact=True).or_(
            part.get_by_role("link", name=words, exact=True)
        ).first.click()
        self.settle()

    def send(self, words: str, within: str = "main") -> None:
        """Press the button that sends a form, and wait until the answer says that it is done."""
        self.press(words, within)
        self.page.locator(f"{within} .message.is-success").first.wait_for()

    def open_row(self, words: str) -> None:
        """Open the story of the row that holds these words: beside the list, or as a page where there is no room."""
        self.page.locator("tr[data-row]", has_text=words).locator("a[data-beside]").first.click()
        self.page.locator("h1", has_text=words).wait_for()

    def settle(self) -> None:
        self.page.wait_for_load_state("networkidle")

    def read(self, selector: str) -> list[str]:
        """What stands in each part that the selector finds, blanks made even."""
        return [" ".join(text.split()) for text in self.page.locator(selector).all_inner_texts()]

    def shoot(self, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


@pytest.fixture
def seat(browser: Browser, live_server: LiveServer, committed_county: County) -> Iterator[Callable[..., Person]]:
    """``seat(user, PHONE)``: a person, signed in before a browser of that size. An error in a page is a failure."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def sit(user: User, size: tuple[int, int] = LAPTOP) -> Person:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session(user), "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: troubles.append(told(said)) if is_trouble(said) else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return Person(page, live_server.url)

    yield sit
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The lists: two sheets, one with leaders and deadlines, one with sections and groups."""
    if REAL_LISTS.exists():
        return REAL_LISTS
    made = tmp_path / "清单.xlsx"
    made.write_bytes(divided())
    return made


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
