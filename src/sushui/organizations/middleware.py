"""Every request knows its viewer: `request.viewer`, None when nobody is signed in or the person holds no post.

A page is signed in by its session. A program under ``/api/`` may send a personal token instead, and then the session
counts for nothing: the token says in which post it acts, and is worth nothing once the person has left that post.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel import tokens
from sushui.kernel.errors import Forbidden
from sushui.kernel.middleware import as_json
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import POST_IN_SESSION, viewer_for

API = "/api/"
BEARER = "bearer "
STILL_OPEN = ("organizations:password", "organizations:sign-out", "set_language")


class ViewerMiddleware:
    """Put the viewer on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = viewer = _viewer_of(request)  # type: ignore[attr-defined]
        if viewer is not None and _must_change_password(request, viewer):
            return _send_to_password(request)
        return self.get_response(request)


def _viewer_of(request: HttpRequest) -> Viewer | None:
    if request.path.startswith(API) and "Authorization" in request.headers:
        return _viewer_by_token(request.headers["Authorization"])
    if not isinstance(request.user, User):
        return None
    return viewer_for(request.user, request.session.get(POST_IN_SESSION))


def _viewer_by_token(header: str) -> Viewer | None:
    if not header.lower().startswith(BEARER):
        return None
    token = tokens.token_by_secret(header[len(BEARER) :].strip())
    viewer = viewer_for(token.user, token.post_id) if token else None
    return viewer if token and viewer and viewer.post_id == token.post_id else None


def _must_change_password(request: HttpRequest, viewer: Viewer) -> bool:
    """Whoever still uses a password that somebody else knows can only change it, or leave."""
    user = request.user
    if not isinstance(user, User) or user.pk != viewer.user_id or not user.must_change_password:
        return False
    return request.path not in map(reverse, STILL_OPEN)


def _send_to_password(request: HttpRequest) -> HttpResponse:
    refusal = Forbidden(_("Your password was set by somebody else."), _("Change it first: sign in on the page."))
    if request.path.startswith(API):
        return JsonResponse(as_json(refusal), status=refusal.status)
    return redirect(STILL_OPEN[0])
