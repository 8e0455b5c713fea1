"""The views over a list: the standing ones, those that a post keeps, and the two acts on these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sushui.kernel.components import ViewLink
from sushui.kernel.pages import ViewerRequest
from sushui.kernel.saved_views import drop_view, keep_view, views_of
from sushui.kernel.templatetags.look import CURSORS


def view_links(
    request: ViewerRequest, page: str, standing: Iterable[tuple[Any, str]], *, drop: str, current: str | None = None
) -> list[ViewLink]:
    """The standing views (label and query) and the viewer's own of ``page``, the one in use marked.

    ``drop`` names the address that drops one of them. ``current`` is what narrows the list now; by itself all of the
    address but the place in the list.
    """
    current = _narrowing(request) if current is None else current
    links = [ViewLink(label, f"?{query}", is_current=query == current) for label, query in standing]
    for view in views_of(request.viewer, page):
        remove = reverse(drop, args=[view.pk])
        links.append(ViewLink(view.name, f"?{view.query}", is_current=view.query == current, remove_url=remove))
    return links


def _narrowing(request: ViewerRequest) -> str:
    query = request.GET.copy()
    for cursor in CURSORS:
        query.pop(cursor, None)
    return query.urlencode()


def keep_sent_view(request: ViewerRequest, page: str, *, home: str) -> HttpResponse:
    """Keep the filters that were sent under the name that was sent, and go back to them."""
    query = request.POST.get("query", "")
    keep_view(request.viewer, page, name=request.POST.get("name", ""), query=query)
    return redirect(f"{reverse(home)}?{query}")


def drop_own_view(request: ViewerRequest, view_id: int, *, home: str) -> HttpResponse:
    """Drop one of the viewer's own views, and go back to the list.

    Raises:
        NotFound: none such, or another post's.
    """
    drop_view(request.viewer, view_id)
    return redirect(home)
