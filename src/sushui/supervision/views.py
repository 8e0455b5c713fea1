"""Pages of supervision: fetch by queries, act by services."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.kernel.pages import ViewerRequest, page
from sushui.supervision import queries
from sushui.supervision.permissions import may_open_supervision


@page(may_open_supervision)
def task(request: ViewerRequest, task_id: int) -> HttpResponse:
    """One task's story."""
    found = queries.task_for(request.viewer, task_id)
    return render(request, "supervision/task.html", {"task": found, "story": queries.story(found)})
