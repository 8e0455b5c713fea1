"""The walk through every page finds what no page may have."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tools.look_around import Walk, file_name, findings, kind_of, one_of_each, window

WORDS = frozenset({"Register", "Orders"})
PAGES = {
    "/": '<a href="/tasks/1/">a</a><a href="/tasks/2/">b</a><a href="/tasks/1/export/">c</a>',
    "/tasks/1/": "<p>事项</p>",
    "/wide/": '<div style="width: 900px">宽</div>',
    "/loud/": "<script>console.error('a broken promise')</script>",
}


@pytest.mark.parametrize(
    ("address", "kind"), [("/", "/"), ("/tasks/12/", "/tasks/N/"), ("/tasks/12/?after=7#story", "/tasks/N/")]
)
def test_kind_of_an_address_forgets_which_record_it_is(address: str, kind: str) -> None:
    assert kind_of(address) == kind


def test_one_of_each_kind_is_opened_and_no_workbook() -> None:
    seen = {"/"}

    chosen = one_of_each(["/", "/tasks/1/", "/tasks/2/", "/register/export/?a=1", "/api/docs"], seen)

    assert (chosen, seen) == (["/tasks/1/"], {"/", "/tasks/N/"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("督办台账\n共 3 项", []),
        ("督办台账\tRegister", ["English: Register"]),
        ("共 3 rows here", ["English: 共 3 rows here"]),
        ("状态 in_progress", ["a raw code: 状态 in_progress"]),
        ("共 %(total)s 项", ["a raw code: 共 %(total)s 项"]),
        ("责任人 None", ["a raw code: 责任人 None"]),
        ("账号 lengkou.head", []),
    ],
)
def test_chinese_page_says_no_english_and_no_code(text: str, found: list[str]) -> None:
    assert findings(text, "zh-hans", WORDS) == found


def test_english_page_may_say_english_but_no_code() -> None:
    assert findings("Register of tasks\nin_progress", "en", WORDS) == ["a raw code: in_progress"]


def test_picture_is_named_by_the_kind_of_its_page() -> None:
    assert [file_name(each) for each in ("/", "/tasks/7/?a=b")] == ["today", "tasks-N"]


# --- in a browser ----------------------------------------------------------------------------------------------------


class Pages(BaseHTTPRequestHandler):
    """A site of a few pages, some of them with trouble."""

    def do_GET(self) -> None:
        page = PAGES.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f'<link rel="icon" href="data:,">{page or "无此页"}'.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_walk_opens_one_of_each_page_it_is_led_to(browser: Browser, site: str, tmp_path: Path) -> None:
    with window(browser, (390, 844)) as page:
        assert Walk(page, site, "zh-hans", tmp_path).everywhere() == ["/", "/tasks/1/"]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/tasks/1/", []),
        ("/wide/", ["/wide/: 908 pixels wide in a window of 390"]),
        ("/loud/", ["/loud/: a broken promise"]),
    ],
)
def test_look_keeps_a_picture_and_notes_what_is_wrong(
    browser: Browser, site: str, tmp_path: Path, address: str, said: list[str]
) -> None:
    with window(browser, (390, 844)) as page:
        walk = Walk(page, site, "zh-hans", tmp_path)
        walk.look(address, "picture")

    assert (walk.said, (tmp_path / "picture.png").exists()) == (said, True)


@pytest.mark.browser
def test_a_page_that_fails_is_noted(browser: Browser, site: str, tmp_path: Path) -> None:
    with window(browser, (390, 844)) as page:
        walk = Walk(page, site, "zh-hans", tmp_path)
        walk.look("/gone/", "picture")

    assert "/gone/: answered 404" in walk.said
