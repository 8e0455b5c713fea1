"""The official's front: today's work, and the search across rooms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.desk import panels, queries
from sushui.kernel import clock
from sushui.kernel.front import Block, front
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations.permissions import is_signed_in, may_administer

LONGEST = 100


@page(is_signed_in)
def today(request: ViewerRequest) -> HttpResponse:
    """What the viewer's day holds: one row of figures, then what is to be done."""
    return render(request, "desk/today.html", {"day": front.day_for(request.viewer), "today": clock.today()})


@page(may_administer)
def vacant(request: ViewerRequest) -> HttpResponse:
    """Every post that nobody holds today."""
    block = Block("", "desk/posts.html", {"rows": queries.vacant_posts(request.viewer), "columns": panels.POST_COLUMNS})
    return render(request, "desk/vacant.html", {"vacant": block})


@page(is_signed_in)
def search(request: ViewerRequest) -> HttpResponse:
    """Tasks, agencies and posts that the words name and that the viewer may see."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    blocks = list(front.found_for(request.viewer, text)) if text else []
    return render(request, "desk/search.html", {"text": text, "blocks": blocks})
