"""What the viewer's enterprise builds, and where its monthly reports stand: one tap to report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sushui.kernel import clock
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.panels.units import COLUMNS, own_project, unit_rows
from sushui.projects.permissions import may_open_unit_projects

BY_NAME = Sort(("name", "pk"))


@page(may_open_unit_projects)
def unit_projects(request: ViewerRequest) -> HttpResponse:
    """Projects whose owner is the viewer's enterprise, each with its last month and what was given before."""
    viewer, month = request.viewer, queries.month_to_report(clock.today())
    shown = asked_stretch(queries.own_projects_of_unit(viewer), BY_NAME, request.GET)
    context = {"columns": COLUMNS, "rows": unit_rows(viewer, shown.rows, month), "page": shown.pager(), "month": month}
    return render(request, "projects/units/list.html", context)


@page(may_open_unit_projects)
def unit_project(request: ViewerRequest, project_id: int) -> HttpResponse:
    """A project of the viewer's enterprise: what can be filed today, what its stages ask, what was promised to it."""
    found = queries.own_project_of_unit(request.viewer, project_id)
    return render(request, "projects/units/project.html", {"own": own_project(request.viewer, found)})
