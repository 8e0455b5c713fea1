"""One visit: what was seen, what was found and how that stands, the photos."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.panels.story import story_of
from sushui.liaison.permissions import may_edit_visit, may_open_liaison, may_withdraw_visit


@page(may_open_liaison)
def visit(request: ViewerRequest, visit_id: int) -> HttpResponse:
    """A visit with its tasks under their lights."""
    viewer = request.viewer
    found = queries.visit_for(viewer, visit_id)
    context = {
        "visit": found,
        "findings": queries.finding_rows(viewer, [found]),
        "photos": queries.photos_of(viewer, [found]).get(found.pk, []),
        "may_edit": may_edit_visit(viewer, found),
        "may_withdraw": may_withdraw_visit(viewer, found),
        "story": story_of([found]),
    }
    return render(request, "liaison/visit.html", context)
