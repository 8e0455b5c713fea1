"""Refusals become pages or JSON here, so that no view catches them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from sushui.kernel.errors import DomainError, WrongMethod


class DomainErrorMiddleware:
    """Answer a `DomainError` with its status and words: JSON under ``/api/``, a fragment to htmx, else a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != WrongMethod.status or request.path.startswith("/api/"):
            return response
        page = _answer(request, WrongMethod())
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(as_json(error), status=error.status)
        return _answer(request, error)


def _answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    is_fragment = request.headers.get("HX-Request") == "true"
    template = "kernel/errors/fragment.html" if is_fragment else "kernel/errors/refusal.html"
    return render(request, template, {"error": error}, status=error.status)


def as_json(error: DomainError) -> dict[str, object]:
    """A refusal as the API says it."""
    said: dict[str, object] = {"code": error.code, "sentence": error.sentence, "mend": error.mend}
    return said | ({"asked": list(error.asked)} if error.asked else {})
