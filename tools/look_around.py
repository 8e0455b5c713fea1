"""Walk every page as every account of the sample county and look: laptop and phone, Chinese and English.

    make demo                                         # in another window: the county that is walked
    python tools/look_around.py http://127.0.0.1:8000 --to pictures [--only office leader]

Opens the rooms of each account and one record of each kind that they lead to, saves a picture of each, and says what
no page may have: a bar to scroll sideways, English left on a Chinese page, a raw code, an error in the console, a
failed page. Ends with 1 when there is any.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.messages import CATALOG, read_catalog, rooms  # noqa: E402

PASSWORD = "sushui-demo"
ACCOUNTS = ["handler", "head", "office", "inspector", "project", "leader", "township", "statistics", "hospital"]
ACCOUNTS += ["bank", "enterprise", "administrator", "city", "neighbor"]
SIZES = {"laptop": (1366, 768), "phone": (390, 844)}
LANGUAGES = {"zh-hans": "简体中文", "en": "English"}
MOST_PAGES = 60
MOST_PIXELS = 4_000  # of a picture's height
FLAGS = [
    "--lang=zh-CN",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]

# What is opened by a GET and is no page: a workbook, a door for programs.
NO_PAGE = re.compile(r"/(export|api|download)\b|\.xlsx$")
RAW_CODE = re.compile(r"(?<![\w./@-])(?!access_token)[a-z]+(?:_[a-z]+)+(?![\w./@-])")  # what robots call it stays
LEFT_OVER = re.compile(r"\{\{|\{%|%\(\w+\)|\bNone\b|<[a-z]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,})+")


def kind_of(address: str) -> str:
    """What sort of page an address is: ``/tasks/12/?after=x`` is of the sort ``/tasks/N/``."""
    return re.sub(r"\d+", "N", address.split("?")[0].split("#")[0])


def one_of_each(addresses: list[str], seen: set[str]) -> list[str]:
    """The first address of every sort that is not among ``seen``; the sorts join them."""
    chosen = []
    for address in addresses:
        kind = kind_of(address)
        if kind not in seen and not NO_PAGE.search(kind):
            seen.add(kind)
            chosen.append(address.split("#")[0])
    return chosen


def english_words() -> frozenset[str]:
    """Every msgid of one word that has a Chinese of its own."""
    messages = [message for room in rooms() for message in read_catalog(room / CATALOG)]
    words = {str(each.id) for each in messages if str(each.id).isalpha() and each.string != each.id}
    return frozenset(words - {*ACCOUNTS})


def findings(text: str, language: str, msgids: frozenset[str]) -> list[str]:
    """What the visible text of a page should not say, each with its line."""
    found = []
    for line in (line.strip() for line in re.split(r"[\n\t]", text)):
        if RAW_CODE.search(line) or LEFT_OVER.search(line):
            found.append(f"a raw code: {line}")
        elif language == "zh-hans" and (ENGLISH.search(line) or line in msgids):
            found.append(f"English: {line}")
    return found


class Walk:
    """One account before one browser window; notes what is wrong."""

    def __init__(self, page: Page, site: str, language: str, folder: Path) -> None:
        self.page, self.site, self.language, self.folder = page, site, language, folder
        self.said: list[str] = []
        self.msgids = english_words()
        page.on("console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, trouble: str) -> None:
        self.said.append(f"{self.page.url.removeprefix(self.site)}: {trouble}")

    def sign_in(self, account: str) -> None:
        self.page.goto(f"{self.site}/organizations/sign-in/")
        self.page.locator("[name=username]").fill(account)
        self.page.locator("[name=password]").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main form button").first.click()

    def speak(self) -> None:
        """Change the language by the button in the frame, as people do; only the other languages have one."""
        button = self.page.locator(f"button[name=language][value={self.language}]")
        if button.count():
            with self.page.expect_navigation():
                button.first.evaluate("button => button.form.requestSubmit(button)")

    def everywhere(self) -> list[str]:
        """One address of each sort of page, found by following links from the first page on."""
        seen: set[str] = set()
        found: list[str] = []
        waiting = one_of_each(["/"], seen)
        while waiting and len(found) < MOST_PAGES:
            found.append(waiting.pop(0))
            self.page.goto(self.site + found[-1])
            links = self.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
            own = [link.removeprefix(self.site) for link in links if link.startswith(f"{self.site}/")]
            waiting += one_of_each(own, seen)
        return found

    def look(self, address: str, name: str) -> None:
        """Open a page, keep its picture, and note what is wrong with it."""
        answer = self.page.goto(self.site + address, wait_until="load")
        if answer is None or answer.status >= 400:
            self._note(f"answered {answer.status if answer else 'nothing'}")
        wide, room, high = self.page.evaluate(
            "[document.documentElement.scrollWidth, innerWidth, document.documentElement.scrollHeight]"
        )
        if wide > room:
            self._note(f"{wide} pixels wide in a window of {room}")
        for finding in findings(self.page.locator("body").inner_text(), self.language, self.msgids):
            self._note(finding)
        part: FloatRect = {"x": 0, "y": 0, "width": room, "height": min(high, MOST_PIXELS)}
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True, clip=part)


@contextmanager
def window(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    yield context.new_page()
    context.close()


def file_name(address: str) -> str:
    return kind_of(address).strip("/").replace("/", "-") or "today"


def walk_account(browser: Browser, site: str, account: str, folder: Path) -> list[str]:
    """All pages of one account in every language and size; gives what is wrong."""
    said: list[str] = []
    addresses: list[str] = []
    for size, pixels in SIZES.items():
        for language in LANGUAGES:
            with window(browser, pixels) as page:
                walk = Walk(page, site, language, folder)
                walk.sign_in(account)
                walk.speak()
                addresses = addresses or walk.everywhere()
                for address in addresses:
                    walk.look(address, f"{account}.{size}.{language}.{file_name(address)}")
            said += [f"{account} {size} {language} {each}" for each in dict.fromkeys(walk.said)]
    print(f"{account}: {len(addresses)} pages", flush=True)
    return said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site")
    parser.add_argument("--to", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--only", nargs="*", default=ACCOUNTS, help="accounts")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which(os.environ.get("SUSHUI_CHROMIUM") or "chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        said = [each for name in asked.only for each in walk_account(browser, asked.site.rstrip("/"), name, asked.to)]
        browser.close()
    print("\n".join(said) or "Nothing is wrong.")
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
