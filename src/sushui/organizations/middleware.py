"""Every request knows its viewer: `request.viewer`, None when nobody is signed in or the person holds no post."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import viewer_for

POST_IN_SESSION = "post_id"


class ViewerMiddleware:
    """Put the viewer on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _viewer_of(request: HttpRequest) -> Viewer | None:
    if not isinstance(request.user, User):
        return None
    return viewer_for(request.user, request.session.get(POST_IN_SESSION))
