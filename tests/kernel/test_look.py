"""The components in a real browser: how they look, and what keys, ticks, drafts and the story beside the list do.

Pages are answered by this process without a server or a database, under the policy that the site sends.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, Request, Route

from sushui.kernel.errors import Forbidden
from sushui.kernel.look import look
from tools import build_assets

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.kernel.look_urls"),
    pytest.mark.usefixtures("bare_frame"),
]

HOST = "http://sushui.test"
SHOTS = Path("tests/screenshots")
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
LAPTOP, PHONE = (1366, 768), (390, 844)


class Site:
    """Answers a page's requests and remembers what was sent."""

    def __init__(self, language: str = "zh-hans") -> None:
        self.language = language
        self.sent: list[str] = []
        self.refusals: dict[str, HttpResponse] = {}
        self.is_down = False

    def answer(self, route: Route) -> None:
        """Fulfil one request of the browser."""
        request, parts = route.request, urlsplit(route.request.url)
        if request.method == "POST":
            self.sent.append(request.post_data or "")
        if self.is_down:
            route.abort()
        elif parts.path.startswith("/static/"):
            answer_file(route, parts.path.removeprefix("/static/"))
        else:
            response = self.refusals.get(request.method) or self.page(request)
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(status=response.status_code, body=response.content, headers=headers)

    def page(self, asked: Request) -> HttpResponse:
        """The page of components, as the site's own middleware would have it made."""
        request = RequestFactory().get(asked.url.removeprefix(HOST))
        request.htmx = SimpleNamespace(target=asked.headers.get("hx-target"))  # type: ignore[attr-defined]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        with translation.override(self.language):
            return look(request)


def answer_file(route: Route, name: str) -> None:
    found = finders.find(name)
    if found:
        route.fulfill(path=found, content_type=mimetypes.guess_type(found)[0])
    else:
        route.fulfill(status=404)


@pytest.fixture(scope="module", autouse=True)
def assets() -> None:
    """What the pages load is made of this tree."""
    build_assets.build()


@pytest.fixture(autouse=True)
def development(settings):
    settings.DEBUG = True


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A laptop's page that fails the test on any complaint in the console."""
    yield from opened(browser, site, LAPTOP)


def opened(browser: Browser, site: Site, size: tuple[int, int]) -> Iterator[Page]:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=HOST, locale="zh-CN")
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Policy" in message.text else None)
    page.route("**/*", site.answer)
    page.goto("/look/")
    yield page
    context.close()
    assert complaints == []


def texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


# --- how it looks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("name", "size"), [("laptop", LAPTOP), ("phone", PHONE)])
def test_page_fits_its_screen(browser: Browser, language: str, name: str, size: tuple[int, int]):
    for page in opened(browser, Site(language), size):
        page.screenshot(path=SHOTS / f"look-{name}-{language}.png", full_page=True)

        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_page_prints_on_a4(page: Page):
    pdf = page.pdf(path=SHOTS / "look-print.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert pdf[:5] == b"%PDF-"
    assert [page.locator(part).is_visible() for part in (".print-head", ".top", ".filters")] == [True, False, False]


def test_head_stays_in_sight_below_the_top(page: Page):
    page.locator("[data-row]").nth(2).evaluate("row => scrollTo(0, scrollY + row.getBoundingClientRect().top - 60)")

    assert page.locator("thead th").nth(1).bounding_box()["y"] == 48


def test_rows_are_cards_on_a_phone(browser: Browser, site: Site):
    for page in opened(browser, site, PHONE):
        labels = (
            page.locator("[data-row]")
            .first.locator("td.is-date")
            .evaluate("td => getComputedStyle(td, '::before').content")
        )

        assert (labels, page.locator("thead").is_visible()) == ('"完成时限"', False)


def test_lights_differ_in_shape_without_color(page: Page):
    assert texts(page, ".page-main > p .light-shape") == ["■", "▲", "●", "○"]


def test_look_is_closed_outside_development(settings):
    settings.DEBUG = False

    with pytest.raises(Http404):
        look(RequestFactory().get("/look/"))


# --- keys and ticks --------------------------------------------------------------------------------------------------


def test_slash_goes_to_the_search_when_there_is_one(page: Page):
    page.locator(".top").evaluate("top => top.insertAdjacentHTML('beforeend', '<input data-search>')")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.matches('[data-search]')") is True


def test_j_and_k_move_and_stop_at_the_ends(page: Page):
    for key in "kkjjjjjjk":
        page.keyboard.press(key)

    assert (
        page.locator("[data-row]").evaluate_all("rows => rows.findIndex(row => row.classList.contains('is-at'))") == 2
    )


def test_x_ticks_the_row_and_shows_the_bar(page: Page):
    page.keyboard.press("j")
    page.keyboard.press("x")

    assert (page.locator(".bulk").is_visible(), texts(page, "[data-bulk-count]")) == (True, ["1"])


def test_head_ticks_all_and_the_bar_unticks(page: Page):
    page.locator("[data-check-all]").check()
    ticked = texts(page, "[data-bulk-count]")
    page.locator("[data-bulk-clear]").click()

    assert (ticked, page.locator(".bulk").is_visible()) == (["4"], False)


def test_shift_ticks_a_stretch(page: Page):
    page.locator("[data-check-row]").nth(0).click()
    page.locator("[data-check-row]").nth(2).click(modifiers=["Shift"])

    assert page.locator("[data-check-row]").evaluate_all("boxes => boxes.map(box => box.checked)") == [
        True,
        True,
        True,
        False,
    ]


def test_keys_do_nothing_while_typing(page: Page):
    page.locator("#id_new-progress").fill("")
    page.locator("#id_new-progress").press_sequentially("jx/")

    assert (page.locator("#id_new-progress").input_value(), page.locator(".is-at").count()) == ("jx/", 0)


def test_question_mark_lists_the_keys(page: Page):
    page.keyboard.press("?")

    assert page.locator("#keys").is_visible() is True


# --- menus, dialogs, filters -----------------------------------------------------------------------------------------


def test_dialog_opens_over_the_page_and_closes(page: Page):
    page.locator("[data-dialog=ask]").click()
    was_open = page.locator("#ask").is_visible()
    page.locator("#ask [data-dialog-close]").click()

    assert (was_open, page.locator("#ask").is_visible()) == (True, False)


def test_menu_closes_by_a_press_elsewhere(page: Page):
    page.locator(".top summary").click()
    was_open = page.locator(".top .menu-sheet").is_visible()
    page.locator("h1").click()

    assert (was_open, page.locator(".top .menu-sheet").is_visible()) == (True, False)


def test_filter_applies_itself_and_names_only_what_is_set(page: Page):
    page.locator("#id_light").select_option("yellow")
    page.wait_for_url("**/look/?*")

    assert page.url == f"{HOST}/look/?light=yellow"


def test_message_can_be_put_away(page: Page):
    page.locator("[data-close]").click()

    assert page.locator(".message").count() == 0


# --- the story beside the list ---------------------------------------------------------------------------------------


def open_first_row(page: Page) -> None:
    page.locator("[data-beside]").first.click()
    page.locator("#beside h1").wait_for()


def test_row_opens_beside_the_list_and_keeps_the_place(page: Page):
    open_first_row(page)
    page.screenshot(path=SHOTS / "look-beside.png")

    assert (page.url, page.locator("#beside .top").count()) == (f"{HOST}/look/", 0)
    assert page.locator("#beside [data-beside-page]").get_attribute("href") == f"{HOST}/look/?row=1"


def test_press_on_a_row_means_its_link(page: Page):
    page.locator("[data-row] td.is-date").first.click()
    page.locator("#beside h1").wait_for()

    assert page.locator("[data-row].is-open").count() == 1


def test_story_beside_can_be_closed(page: Page):
    open_first_row(page)
    page.locator("[data-beside-close]").click()

    assert (page.locator("#beside").inner_html(), page.locator(".pair.is-open").count()) == ("", 0)


def test_row_leads_to_its_page_on_a_phone(browser: Browser, site: Site):
    for page in opened(browser, site, PHONE):
        page.locator("[data-beside]").first.click()
        page.wait_for_url("**/look/?row=1")

        assert page.url == f"{HOST}/look/?row=1"


def test_form_sent_beside_is_answered_beside(page: Page, site: Site):
    open_first_row(page)
    page.locator("#beside [name=new-progress]").evaluate("field => field.form.noValidate = true")
    page.locator("#beside form[data-draft-key=look] button").click()
    page.locator("[data-row].is-handled").wait_for()

    assert (page.url, len(site.sent)) == (f"{HOST}/look/", 1)


def test_refusal_beside_is_said_there_and_typing_stays(page: Page, site: Site):
    open_first_row(page)
    site.refusals["POST"] = refusal()
    page.locator("#beside [name=new-progress]").fill("typed")
    page.locator("#beside [name=new-progress]").evaluate("field => field.form.noValidate = true")
    page.locator("#beside form[data-draft-key=look] button").click()
    page.locator("#beside [data-refusal]").wait_for()

    assert texts(page, "#beside .message") == ["您的岗位不能进行此操作。 请切换到负责的岗位，或者联系督查室。"]
    assert page.locator("#beside [name=new-progress]").input_value() == "typed"


def refusal() -> HttpResponse:
    with translation.override("zh-hans"):
        request = RequestFactory().get("/")
        return render(request, "kernel/errors/fragment.html", {"error": Forbidden()}, status=403)


def test_lost_connection_is_said_and_the_list_stays(page: Page, site: Site):
    site.is_down = True
    page.locator("[data-beside]").first.click()
    page.locator(".message.is-error").wait_for()

    assert texts(page, ".message.is-error") == ["网络断开了。您填写的内容还在：请稍后再试。"]
    assert page.locator(".pair.is-open").count() == 0


# --- what is typed ---------------------------------------------------------------------------------------------------


def type_report(page: Page, words: str = "Half done") -> None:
    page.locator("#id_new-progress").fill(words)


def send_report(page: Page) -> None:
    page.locator("#id_new-progress").evaluate("field => { field.form.noValidate = true; field.form.requestSubmit() }")


def kept(page: Page) -> str:
    return page.locator("#id_new-progress").input_value()


def test_typing_is_there_again_after_leaving(page: Page):
    type_report(page)
    page.goto("/look/?elsewhere")
    page.goto("/look/")

    assert (kept(page), texts(page, ".draft-note")) == ("Half done", ["已恢复您上次没有提交的内容。\n重新填写"])


def test_draft_can_be_dropped(page: Page):
    type_report(page)
    page.goto("/look/")
    page.locator(".draft-note button").click()
    page.goto("/look/")

    assert (kept(page), page.locator(".draft-note").count()) == ("", 0)


def test_draft_is_dropped_when_it_was_taken(page: Page):
    type_report(page)
    with page.expect_navigation():
        send_report(page)
    page.goto("/look/")

    assert kept(page) == ""


def test_draft_stays_when_the_server_failed(page: Page, site: Site):
    type_report(page)
    site.refusals["POST"] = render(RequestFactory().get("/"), "kernel/errors/500.html", status=500)
    with page.expect_navigation():
        send_report(page)
    page.goto("/look/")

    assert kept(page) == "Half done"


def test_draft_stays_when_the_connection_was_lost(page: Page, site: Site):
    type_report(page)
    site.is_down = True
    send_report(page)
    page.wait_for_timeout(200)
    site.is_down = False
    page.goto("/look/", wait_until="load")
    page.reload()

    assert kept(page) == "Half done"


def test_draft_is_not_shown_to_another_person(page: Page):
    type_report(page)
    page.evaluate("document.body.dataset.person = '2'")
    key = page.evaluate("Object.keys(localStorage)")

    assert key == ["sushui-draft:1:look"]


def test_form_is_sent_once(page: Page, site: Site):
    page.locator("#id_new-progress").evaluate(
        "field => { field.form.noValidate = true; field.form.addEventListener('submit', e => e.preventDefault()) }"
    )
    outcomes = page.locator("#id_new-progress").evaluate(
        """field => [1, 2].map(() => {
            let seen = 0
            field.form.addEventListener('submit', () => (seen += 1), { once: true })
            field.form.requestSubmit()
            return seen
        })"""
    )

    assert outcomes == [1, 0]
