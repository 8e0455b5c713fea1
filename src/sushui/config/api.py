"""The one API of the house under ``/api/``: the rooms' routers, and how refusals are said.

``/api/openapi.json`` describes it, ``/api/docs`` shows it; both for whoever is signed in. See
docs/decisions/0005-api.md and docs/recipes/use-the-api.md.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError

from sushui import __version__
from sushui.kernel.api import BySession, ByToken
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.middleware import as_json
from sushui.kernel.pages import page
from sushui.kernel.viewer import Viewer
from sushui.notices.api import router as notices
from sushui.organizations.api import router as organizations
from sushui.organizations.permissions import is_signed_in
from sushui.supervision.api import router as supervision

DESCRIPTION = (
    "What the pages show and do, for programs: the same reads, the same acts, the same permissions. Every refusal has "
    "a `code` that stays the same, a `sentence` and a `mend` in the language of `Accept-Language`."
)


def nobody(viewer: Viewer) -> bool:
    """The rule of an operation that names none: closed."""
    return False


api = NinjaAPI(
    title="Sushui",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Swagger(settings={"persistAuthorization": False, "validatorUrl": None}),
    docs_decorator=page(is_signed_in),
    auth=[ByToken(nobody), BySession(nobody)],
)
api.add_router("/notices", notices)
api.add_router("/organizations", organizations)
api.add_router("/supervision", supervision)


def _answer(request: HttpRequest, error: DomainError, **more: Any) -> HttpResponse:
    return api.create_response(request, {**as_json(error), "flaws": [], **more}, status=error.status)


@api.exception_handler(DomainError)
def refuse(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A refusal of the house."""
    return _answer(request, error)


@api.exception_handler(Http404)
def miss(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, NotFound())


@api.exception_handler(ValidationError)
def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent has not the shape that the operation asks for; each flaw is named."""
    flaws = [{"where": ".".join(map(str, flaw["loc"])), "flaw": flaw["type"]} for flaw in error.errors]
    refusal = DomainError(
        "misread",
        _("What was sent cannot be read: %(places)s."),
        _("Compare it with the description of the operation under /api/docs."),
        places=", ".join(flaw["where"] for flaw in flaws),
    )
    return _answer(request, refusal, flaws=flaws)


@api.exception_handler(HttpError)
def refuse_at_the_door(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Nobody is signed in, the CSRF token is missing, or the body is no JSON."""
    refusals = {
        401: ("signed_out", _("Nobody is signed in."), _("Sign in, or send a token that is in force.")),
        403: ("csrf", _("The request does not carry the page's CSRF token."), _("Send it as the header X-CSRFToken.")),
    }
    unreadable = ("misread", _("The body cannot be read."), _("Send JSON in UTF-8."))
    refusal = DomainError(*refusals.get(error.status_code, unreadable))
    refusal.status = error.status_code
    return _answer(request, refusal)
