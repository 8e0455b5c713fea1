"""The official's front: today's work, and the search across rooms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.desk import panels, queries
from sushui.kernel import clock
from sushui.kernel.front import Block, front
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.search import Sought
from sushui.organizations.permissions import is_signed_in, may_administer

OF_EACH_KIND, ALL_OF_A_KIND, SUGGESTED = 8, 100, 3
LEAST = 2  # characters before anything is suggested


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
    """What the words name and the viewer may see: the first of each kind, or with ``kind`` all of one kind."""
    sought = Sought.of(request.GET.get("q", ""))
    kind = request.GET.get("kind", "")
    results = list(front.found_for(request.viewer, sought, first=ALL_OF_A_KIND if kind else OF_EACH_KIND, key=kind))
    return render(request, "desk/search.html", {"sought": sought, "kind": kind, "results": results})


@page(is_signed_in)
def suggest(request: ViewerRequest) -> HttpResponse:
    """The first few of each kind for the sheet under the search box, from two characters on; a fragment."""
    sought = Sought.of(request.GET.get("q", ""))
    is_enough = len(sought.text) >= LEAST
    results = list(front.found_for(request.viewer, sought, first=SUGGESTED)) if is_enough else []
    return render(request, "desk/suggestions.html", {"sought": sought, "is_enough": is_enough, "results": results})
