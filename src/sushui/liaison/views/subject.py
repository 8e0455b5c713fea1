"""One subject as liaison sees it: who stands by it, who did, the visits, what is unsettled."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.panels.story import story_of
from sushui.liaison.permissions import may_keep_liaisons, may_open_liaison


@page(may_open_liaison)
def subject(request: ViewerRequest, subject_id: int) -> HttpResponse:
    """The three of today first, then what is unsettled, the visits and the history."""
    found = queries.subject_for(request.viewer, subject_id)
    panel = queries.subject_liaison(request.viewer, found)
    rows = [*panel.row.current, *panel.coming, *panel.past]
    is_ours = may_keep_liaisons(request.viewer) and found.division_id == request.viewer.division_id
    context = {
        "subject": found,
        "liaison": panel,
        "may_change": is_ours,
        "story": story_of(row.liaison for row in rows),
    }
    return render(request, "liaison/subject.html", context)
