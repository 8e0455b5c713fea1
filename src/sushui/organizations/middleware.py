"""Every request knows its viewer: `request.viewer`, None when nobody is signed in or the person holds no post.

A page is signed in by its session. A program under ``/api/`` may send a personal token instead, and then the session
counts for nothing: the token says in which post it acts, and is worth nothing once the person has left that post.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sushui.kernel import tokens
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_for

POST_IN_SESSION = "post_id"
API = "/api/"
BEARER = "bearer "


class ViewerMiddleware:
    """Put the viewer on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer_of(request)  # type: ignore[attr-defined]
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
