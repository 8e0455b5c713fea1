"""What the page around every page says: title, posts, rooms, paper, errors."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import strip_tags

from sushui.kernel import clock
from sushui.kernel.errors import Forbidden
from sushui.kernel.viewer import PostChoice, Viewer

pytestmark = pytest.mark.usefixtures("bare_frame")

MORNING = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)  # 09:05 in the county
PAGE = "{% extends 'kernel/base.html' %}{% block title %}Tasks & more{% endblock %}"
VIEWER = Viewer(
    user_id=7,
    user_name="A. Handler",
    post_id=1,
    post_name="Housing bureau, handler",
    agency_id=1,
    agency_name="Housing bureau",
    division_id=1,
    division_name="Sample county",
    posts=(PostChoice(1, "Housing bureau, handler", is_current=True), PostChoice(2, "Zone", is_delegated=True)),
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def said(html: str) -> str:
    """What a person reads in ``html``, blanks made even."""
    return " ".join(strip_tags(html).split())


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


def page(viewer: Viewer | None, target: str | None = None) -> str:
    request: HttpRequest = RequestFactory().get("/tasks/")
    request.viewer = viewer  # type: ignore[attr-defined]
    request.htmx = SimpleNamespace(target=target)  # type: ignore[attr-defined]
    with clock.frozen(MORNING):
        return Template(PAGE).render(Context({"request": request, "csrf_token": "token"}))


def test_page_says_its_title_in_the_tab_and_on_the_page():
    html = page(VIEWER)

    assert re.findall("<title>(.*?)</title>", html) == ["Tasks & more · Sushui"]
    assert re.findall("<h1[^>]*>(.*?)</h1>", html) == ["Tasks & more"]


@pytest.mark.urls("tests.kernel.look_urls")
def test_page_offers_every_post_the_viewer_may_use():
    html = page(VIEWER)

    assert re.findall(r'name="post" value="(\d)"', html) == ["1", "2"]
    assert re.findall('action="([^"]*)"', html) == ["/organizations/switch/", "/language/", "/organizations/out/"]


def test_page_says_on_paper_whose_it_is_and_who_printed_it():
    html = page(VIEWER)

    printed = re.search('<div class="print-head".*?</div>', html, re.DOTALL)

    assert printed
    assert said(printed[0]) == (
        "Sushui · Sample county Housing bureau Printed by A. Handler Housing bureau, handler · as of 2026-11-23 09:05"
    )


def test_paper_names_the_post_once_where_the_account_is_called_by_it():
    html = page(replace(VIEWER, user_name="Head of the office", post_name="office"))

    assert "Printed by Head of the office ·" in said(html)


def test_page_of_nobody_has_no_post_menu():
    assert page(None).count("data-menu") == 0


def test_page_beside_a_list_leaves_the_frame_off():
    assert page(VIEWER, target="beside").count('class="top"') == 0


@pytest.mark.parametrize(
    ("delegate", "words"),
    [(False, "A. Handler Housing bureau, handler"), (True, "A. Handler Housing bureau, handler · acting")],
)
def test_post_in_use_is_always_shown(delegate: bool, words: str):
    viewer = replace(VIEWER, is_delegate=delegate)

    summary = re.search("<summary>.*?</summary>", page(viewer))

    assert summary
    assert said(summary[0]) == words


ITEM = {"key": "tasks", "label": "Tasks", "url": "/tasks/", "is_current": True, "badge": 3}


def test_phone_bar_holds_four_rooms_and_the_way_to_all():
    html = render_to_string("kernel/rail.html", {"entries": [ITEM] * 5})

    assert links(html[html.index('class="bar"') :]) == ["/tasks/"] * 4 + ["#rooms"]


def test_rooms_beyond_the_ninth_are_folded_unless_one_is_open():
    folded, unfolded = [
        render_to_string("kernel/rail.html", {"entries": [ITEM], "more": [ITEM], "is_more_open": is_open})
        for is_open in (False, True)
    ]

    assert ('<details class="rail-more">' in folded, '<details class="rail-more" open>' in unfolded) == (True, True)


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "500", "expired"])
def test_error_page_needs_no_request(code: str):
    html = render_to_string(f"kernel/errors/{code}.html")

    assert html.count("data-failed") == 1


@pytest.mark.parametrize("code", ["400", "403", "404", "500"])
def test_error_page_stands_where_django_looks(code: str):
    assert render_to_string(f"{code}.html") == render_to_string(f"kernel/errors/{code}.html")


@pytest.mark.urls("tests.kernel.look_urls")
@pytest.mark.parametrize("name", ["403", "404", "409", "expired", "refusal"])
@pytest.mark.parametrize(("viewer", "tops"), [(VIEWER, 1), (None, 0)])
def test_refusal_keeps_the_frame_of_whoever_is_signed_in(name: str, viewer: Viewer | None, tops: int):
    request = RequestFactory().get("/tasks/")
    request.viewer = viewer  # type: ignore[attr-defined]

    html = render_to_string(f"kernel/errors/{name}.html", {"error": Forbidden()}, request=request)

    assert (html.count('class="top"'), html.count("data-failed")) == (tops, 1)


def test_refusal_page_says_what_is_wrong_and_what_to_do():
    html = render_to_string("kernel/errors/refusal.html", {"error": Forbidden()})

    main = html[html.index("<h1") : html.index("</main>")]

    assert said(main) == (
        "Your post may not do this. Switch to the post that is responsible, or ask the supervision office. "
        "To the first page"
    )


@pytest.mark.urls("tests.kernel.look_urls")
@pytest.mark.parametrize(
    ("signed_in", "ways"), [(True, ["/language/", "/organizations/out/"]), (False, ["/language/"])]
)
def test_plain_page_lets_out_whoever_is_signed_in(signed_in: bool, ways: list[str]):
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]

    html = render_to_string("kernel/plain.html", {"request": request})

    assert re.findall('action="([^"]*)"', html) == ways
