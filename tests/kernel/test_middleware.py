"""Refusals become pages, fragments or JSON, in one place."""

from __future__ import annotations

import json

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory

from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.middleware import DomainErrorMiddleware, as_json

FULL = DomainError("full", "“%(name)s” is full.", "Empty it.", name="<b>box</b>")


def answer(error: Exception, path: str = "/boxes/", **headers: str) -> HttpResponse | None:
    request: HttpRequest = RequestFactory().get(path, headers=headers)
    return DomainErrorMiddleware(lambda request: HttpResponse("fine")).process_exception(request, error)


def test_what_goes_well_passes() -> None:
    middleware = DomainErrorMiddleware(lambda request: HttpResponse("fine"))

    assert middleware(RequestFactory().get("/")).content == b"fine"


def closed(path: str) -> HttpResponse:
    """What a page that only takes POST answers when it is opened."""
    middleware = DomainErrorMiddleware(lambda request: HttpResponseNotAllowed(["POST"]))
    return middleware(RequestFactory().get(path))


def test_address_that_only_takes_a_form_says_so_when_it_is_opened() -> None:
    response = closed("/boxes/send/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "此地址不能直接打开。" in response.content.decode()


def test_program_that_uses_the_wrong_method_gets_no_page() -> None:
    assert closed("/api/boxes").content == b""


@pytest.mark.parametrize("error", [FULL, NotFound(), Forbidden(), StaleRecord()])
def test_refusal_is_answered_with_its_status(error: DomainError) -> None:
    response = answer(error)

    assert response is not None
    assert response.status_code == error.status


def test_refusal_is_a_page_that_says_it_escaped() -> None:
    response = answer(FULL)

    assert response is not None
    html = response.content.decode()
    assert html.count("“&lt;b&gt;box&lt;/b&gt;” is full.") == 2
    assert html.count("<html") == 1


def test_refusal_to_a_part_of_a_page_is_a_fragment() -> None:
    response = answer(FULL, **{"HX-Request": "true"})

    assert response is not None
    assert (response.content.decode().count("<html"), response.content.decode().count("data-refusal")) == (0, 1)


def test_refusal_to_a_program_is_json() -> None:
    response = answer(FULL, path="/api/boxes")

    assert response is not None
    assert json.loads(response.content) == {"code": "full", "sentence": "“<b>box</b>” is full.", "mend": "Empty it."}


def test_other_exceptions_are_left_to_django() -> None:
    assert answer(LookupError("x")) is None


def test_json_says_code_sentence_and_mend() -> None:
    assert as_json(FULL) == {"code": "full", "sentence": "“<b>box</b>” is full.", "mend": "Empty it."}
