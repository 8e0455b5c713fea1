"""The map of projects, and the shapes that an administrator keeps for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from sushui.kernel.act_pages import act_page
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations.queries import division_tree
from sushui.projects import queries
from sushui.projects.enums.looks import Look
from sushui.projects.forms.ground import RemoveShapesForm, ShapesForm
from sushui.projects.panels.looks.map import ORDER, CountyMap, MapMaker, areas_below
from sushui.projects.permissions import may_keep_map, may_open_projects
from sushui.projects.views.looks import Looking, looking


@page(may_open_projects)
def county_map(request: ViewerRequest) -> HttpResponse:
    """Projects by place and light."""
    seen = looking(request, Look.MAP)
    context = seen.context | {"map": _drawn(request, seen), "order": ORDER}
    return render(request, "projects/looks/map.html", context)


def _drawn(request: ViewerRequest, seen: Looking) -> CountyMap:
    """The counties of a city; the townships of a county, on their shapes where there are any."""
    everything = [row.division for row in division_tree(request.viewer)]
    shown = seen.narrowed.division_id or request.viewer.division_id
    code = next(each.code for each in everything if each.pk == shown)
    below = areas_below(everything, shown)
    if any(each.parent_id in {number for number, _code, _name in below} for each in everything):
        return MapMaker(queries.division_lights(seen.rows), below, request.GET, "division").schematic(code)
    maker = MapMaker(queries.place_lights(seen.rows), below, request.GET, "place")
    kept = queries.township_shapes(request.viewer, shown)
    if kept is None:
        return maker.schematic(code)
    return maker.shaped(kept, queries.project_points(seen.rows), seen.narrowed.place_id)


@page(may_keep_map)
def shapes(request: ViewerRequest) -> HttpResponse:
    """What shapes are kept, and the way to other ones."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ShapesForm(data, files, viewer=request.viewer)
    if request.method == "POST" and form.is_done():
        messages.success(request, form.done)
        return redirect("projects:map-shapes")
    kept = queries.township_shapes(request.viewer, request.viewer.division_id)
    below = areas_below([row.division for row in division_tree(request.viewer)], request.viewer.division_id)
    drawn = MapMaker({}, below, request.GET, "place").shaped(kept, ()) if kept else None
    context = {"form": form, "kept": kept, "map": drawn}
    return render(request, "projects/looks/shapes.html", context, status=form.status)


@require_POST
@page(may_keep_map)
def remove_shapes(request: ViewerRequest) -> HttpResponse:
    """Let the map be schematic again."""
    form = RemoveShapesForm(request.POST, viewer=request.viewer)
    return act_page(request, form, back=reverse("projects:map-shapes"))
