"""Who may open a page: every view carries its rule, and a view without one does not start.

``@page(predicate)`` asks only about the viewer; what a viewer may know of a single record is decided by the query that
fetches it (`NotFound` reads the same as "there is none"), what may be done to it by the service that does it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from sushui.kernel.errors import Forbidden
from sushui.kernel.viewer import Viewer

View = Callable[..., HttpResponse]
Access = Callable[[Viewer], bool]


class ViewerRequest(HttpRequest):
    """A request whose viewer is known; what views behind `page` receive."""

    viewer: Viewer


def page(allowed: Access) -> Callable[[View], View]:
    """Let a view be opened by those viewers for whom ``allowed(viewer)`` holds; others sign in or are refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer = getattr(request, "viewer", None)
            if viewer is None:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            if not allowed(viewer):
                raise Forbidden
            return view(request, *args, **kwargs)

        guarded.access = allowed  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def public(view: View) -> View:
    """Mark a view as open to everybody, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view
