"""How the API says that nothing was done: always a `Refusal`, whatever went wrong on the way to the operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.middleware import as_json


def say_refusals(api: NinjaAPI) -> None:
    """Let ``api`` answer every refusal of the house and of its library in one shape."""
    words: dict[type[Exception], Callable[[Any], DomainError]] = {
        DomainError: lambda error: error,
        Http404: lambda error: NotFound(),
        HttpError: lambda error: _at_the_door(error.status_code),
        ValidationError: lambda error: _misread(error.errors),
    }
    for kind, said in words.items():
        api.add_exception_handler(kind, partial(_answer, api, said))


def _answer(api: NinjaAPI, said: Callable[[Any], DomainError], request: HttpRequest, error: Any) -> HttpResponse:
    flaws = [{"where": _place(flaw), "flaw": flaw["type"]} for flaw in getattr(error, "errors", [])]
    refusal = said(error)
    return api.create_response(request, {**as_json(refusal), "flaws": flaws}, status=refusal.status)


def _place(flaw: Mapping[str, Any]) -> str:
    return ".".join(map(str, flaw["loc"]))


def _misread(flaws: Sequence[Mapping[str, Any]]) -> DomainError:
    """What was sent has not the shape that the operation asks for."""
    return DomainError(
        "misread",
        _("What was sent cannot be read: %(places)s."),
        _("Compare it with the description of the operation under /api/docs."),
        places=", ".join(map(_place, flaws)),
    )


def _at_the_door(status: int) -> DomainError:
    """Nobody is signed in, the CSRF token is missing, or the body is no JSON."""
    refusal = {
        401: DomainError("signed_out", _("Nobody is signed in."), _("Sign in, or send a token that is in force.")),
        403: DomainError(
            "csrf", _("The request does not carry the page's CSRF token."), _("Send it as the header X-CSRFToken.")
        ),
    }.get(status) or DomainError("misread", _("The body cannot be read."), _("Send JSON in UTF-8."))
    refusal.status = status
    return refusal
