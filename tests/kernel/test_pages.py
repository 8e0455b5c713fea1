"""Who may open a page: every view carries its rule."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import page, public
from sushui.kernel.viewer import Viewer

HEAD = Viewer(
    user_id=1,
    user_name="A",
    post_id=1,
    post_name="B",
    agency_id=1,
    agency_name="C",
    division_id=1,
    roles=frozenset("h"),
)


def is_head(viewer: Viewer) -> bool:
    return viewer.has("h")


@page(is_head)
def heads_page(request: HttpRequest, number: int = 0) -> HttpResponse:
    """A page for heads."""
    return HttpResponse(f"page {number}")


def asked(viewer: Viewer | None) -> HttpRequest:
    request = RequestFactory().get("/heads/?q=1")
    request.viewer = viewer  # type: ignore[attr-defined]
    return request


def test_page_opens_for_those_its_rule_names() -> None:
    assert heads_page(asked(HEAD), number=7).content == b"page 7"


def test_page_refuses_whoever_its_rule_does_not_name() -> None:
    other = Viewer(user_id=2, user_name="A", post_id=1, post_name="B", agency_id=1, agency_name="C", division_id=1)

    with pytest.raises(Forbidden):
        heads_page(asked(other))


def test_page_sends_whoever_is_not_signed_in_to_sign_in_and_back() -> None:
    response = heads_page(asked(None))

    assert (response.status_code, response["Location"]) == (302, "/organizations/sign-in/?next=/heads/%3Fq%3D1")


def test_page_refuses_a_request_that_nobody_looked_at() -> None:
    assert heads_page(RequestFactory().get("/heads/")).status_code == 302


def test_page_says_its_rule_and_keeps_its_name() -> None:
    assert (heads_page.access, heads_page.__name__, heads_page.__doc__) == (is_head, "heads_page", "A page for heads.")


def test_public_page_says_so() -> None:
    def greet(request: HttpRequest) -> HttpResponse:
        return HttpResponse("good day")

    assert public(greet).access == "public"  # type: ignore[attr-defined]
