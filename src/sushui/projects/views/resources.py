"""Resources of one project and of all, the workbook of them, and acts on needs, commitments and deliveries."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.workbooks import workbook_answer
from sushui.projects import queries
from sushui.projects.forms import COMMITMENT_FORMS, DELIVERY_FORMS, NEED_FORMS
from sushui.projects.forms.resources import NeedFilterForm
from sushui.projects.panels.resources import factor_lines, may_add, need_line, need_lines
from sushui.projects.permissions import may_open_projects
from sushui.projects.queries import NeedFilter
from sushui.projects.services.resource_books import export_needs
from sushui.projects.views.acting import carry_out, filled

SORT = Sort(("factor", "pk"))
COLUMNS = Columns(
    Column("need", _("What is needed"), Kind.TITLE),
    Column("project", _("Project")),
    Column("agency", _("Whose it is to provide"), folds=True),
    Column("amount", _("Need"), Kind.NUMBER),
    Column("committed", pgettext_lazy("resources", "Committed"), Kind.NUMBER),
    Column("delivered", pgettext_lazy("resources", "Delivered"), Kind.NUMBER),
    Column("uncommitted", pgettext_lazy("resources", "Not committed"), Kind.NUMBER),
    Column("by", _("Needed by"), Kind.DATE),
    Column("state", _("Gap")),
)
FACTOR_COLUMNS = Columns(
    Column("factor", _("Factor"), Kind.TITLE),
    Column("count", _("Needs"), Kind.NUMBER),
    Column("need", _("Need"), Kind.NUMBER),
    Column("committed", pgettext_lazy("resources", "Committed"), Kind.NUMBER),
    Column("delivered", pgettext_lazy("resources", "Delivered"), Kind.NUMBER),
    Column("uncommitted", pgettext_lazy("resources", "Not committed"), Kind.NUMBER),
    Column("undelivered", pgettext_lazy("resources", "Not delivered"), Kind.NUMBER),
    Column("unknown", pgettext_lazy("resources", "Not known"), Kind.NUMBER),
    Column("overdue", pgettext_lazy("resources", "Overdue"), Kind.NUMBER),
)


@page(may_open_projects)
def resource_list(request: ViewerRequest) -> HttpResponse:
    """Needs that the viewer may know of: each factor with its gaps, each figure opens its rows."""
    viewer = request.viewer
    chips = NeedFilterForm(request.GET, viewer=viewer)
    narrowed = chips.narrowed()
    shown = asked_stretch(queries.needs(viewer, narrowed), SORT, request.GET)
    everywhere = queries.needs(viewer, NeedFilter(agency_id=narrowed.agency_id, project_id=narrowed.project_id))
    context = {"chips": chips, "rows": need_lines(viewer, shown.rows), "page": shown.pager(), "columns": COLUMNS}
    context |= {"factors": factor_lines(everywhere, narrowed), "factor_columns": FACTOR_COLUMNS}
    return render(request, "projects/resources/list.html", context)


@page(may_open_projects)
def resources(request: ViewerRequest, project_id: int) -> HttpResponse:
    """What one project needs, who committed to it until when, and what is there."""
    viewer, found = request.viewer, queries.project_for(request.viewer, project_id)
    whose = NeedFilter(project_id=found.pk)
    context = {"project": found, "may_add": may_add(viewer, found), "factor_columns": FACTOR_COLUMNS}
    context["factors"] = factor_lines(queries.needs(viewer, whose), whose)
    context["lines"] = need_lines(viewer, queries.needs_of(viewer, found), is_whole=True)
    return render(request, "projects/resources/project.html", context)


@page(may_open_projects)
def need(request: ViewerRequest, need_id: int) -> HttpResponse:
    """One need: what an agency that is asked for it may know, without the project's own page."""
    found = queries.need_for(request.viewer, need_id)
    context = {"line": need_line(request.viewer, found, is_whole=True), "project": found.project}
    context["is_open"] = queries.visible_projects(request.viewer).filter(pk=found.project_id).exists()
    return render(request, "projects/resources/need.html", context)


@page(may_open_projects)
def need_act(request: ViewerRequest, need_id: int, verb: str) -> HttpResponse:
    """A need committed to, changed or taken away."""
    found = queries.need_for(request.viewer, need_id)
    back = reverse("projects:resource-list") if verb == "drop" else reverse("projects:need", args=[found.pk])
    return carry_out(request, filled(request, NEED_FORMS[verb], found), back=back)


@page(may_open_projects)
def commitment_act(request: ViewerRequest, commitment_id: int, verb: str) -> HttpResponse:
    """A commitment delivered, chased or withdrawn."""
    found = queries.commitment_for(request.viewer, commitment_id)
    back = reverse("projects:need", args=[found.need_id])
    return carry_out(request, filled(request, COMMITMENT_FORMS[verb], found), back=back)


@page(may_open_projects)
def delivery_act(request: ViewerRequest, delivery_id: int, verb: str) -> HttpResponse:
    """A delivery corrected."""
    found = queries.delivery_for(request.viewer, delivery_id)
    back = reverse("projects:need", args=[found.commitment.need_id])
    return carry_out(request, filled(request, DELIVERY_FORMS[verb], found), back=back)


@require_safe
@page(may_open_projects)
def export_resources(request: ViewerRequest) -> HttpResponse:
    """The list as it is narrowed, as a workbook."""
    narrowed = NeedFilterForm(request.GET, viewer=request.viewer).narrowed()
    name = gettext("Resources of projects")
    return workbook_answer(name, lambda file: export_needs(request.viewer, narrowed, file))
