"""Monthly reports: the form of one month, the reports of one project, and who has reported a month."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.act_pages import bound
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import Forbidden
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.months import month_of, months_after
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.record_numbers import record_numbers
from sushui.kernel.viewer import Viewer
from sushui.projects import queries
from sushui.projects.enums import Punctuality
from sushui.projects.forms import ReportForm
from sushui.projects.models import Project
from sushui.projects.panels.reports import punctuality_tabs, report_lines
from sushui.projects.permissions import (
    is_of_project_unit,
    may_give_report,
    may_open_reports,
    may_report_on_project,
    may_see_all_projects,
)
from sushui.projects.queries import ReportFilter
from sushui.projects.rules.reports import cut_off_on
from sushui.projects.views.acting import carry_out, url_of
from sushui.projects.views.project import year_asked

OWED_FIRST = Sort(("turn", "pk"))
COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("agency", _("Responsible agency")),
    Column("standing", pgettext_lazy("column", "Report")),
    Column("done", _("Investment done"), Kind.NUMBER, _("10k yuan")),
    Column("progress", _("Physical progress"), Kind.NUMBER),
    Column("act", "", Kind.ACTION),
)
AGENCY_COLUMNS = Columns(
    Column("name", _("Responsible agency"), Kind.TITLE),
    Column("expected", _("Expected"), Kind.NUMBER),
    Column("in_time", _("In time"), Kind.NUMBER),
    Column("late", pgettext_lazy("column", "Late"), Kind.NUMBER),
    Column("unreported", _("Not reported"), Kind.NUMBER),
)


@page(may_open_reports)
def report(request: ViewerRequest, project_id: int) -> HttpResponse:
    """Give a month: the form, another month of it, a draft of it, or the report itself."""
    found = queries.report_project_for(request.viewer, project_id)
    if request.method == "POST" and "refresh" in request.POST:
        form = ReportForm.turned(request.POST, viewer=request.viewer, record=found)
    else:
        asked = {name: request.GET[name] for name in ("month",) if name in request.GET}
        form = bound(request, ReportForm, found, initial=asked)  # type: ignore[assignment]
    if "draft" in request.POST:
        return _kept(request, form, found)
    if "refresh" in request.POST:
        return render(request, form.template, {"form": form, "back": _back(form, found), "conflict": None})
    # Who changed the project last is said to those alone who may know of it.
    return carry_out(request, form, back=_back(form, found), **({"conflict": None} if form.is_units else {}))


def _back(form: ReportForm, project: Project) -> str:
    return reverse("projects:unit-projects") if form.is_units else url_of(project)


def _kept(request: ViewerRequest, form: ReportForm, project: Project) -> HttpResponse:
    """Keep the draft and go on with it; a photo that is refused is said beside it, a draft kept meanwhile above."""
    if not form.may():
        raise Forbidden
    if not form.is_kept():
        context = {"form": form, "back": _back(form, project), "conflict": None}
        return render(request, form.template, context, status=form.status)
    messages.success(request, str(_("The draft is kept: it is not given yet.")))
    return redirect(f"{reverse('projects:report', args=[project.pk])}?month={form.made.month:%Y-%m}")


@page(may_open_reports)
def reports(request: ViewerRequest, project_id: int) -> HttpResponse:
    """The reports of a year, each with every version, its photos and the bottlenecks found with it."""
    viewer, year = request.viewer, year_asked(request)
    found = queries.report_project_for(viewer, project_id)
    context = {"project": found, "year": year, "lines": report_lines(viewer, found, year)}
    context |= {"may_report": bool(may_give_report(viewer, found)), "is_units": _is_units(viewer, found)}
    return render(request, "projects/reports/project.html", context)


def _is_units(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer knows of the project only as its own unit: the reports stand alone."""
    return bool(is_of_project_unit(viewer, project)) and not may_report_on_project(viewer, project)


@page(may_see_all_projects)
def report_list(request: ViewerRequest) -> HttpResponse:
    """Who has reported a month, who came after the cut-off, and who has not reported; by agency."""
    viewer, today = request.viewer, clock.today()
    limits = queries.report_limits(viewer.division_id, today)
    month = _month(request, queries.month_to_report(today))
    narrowed = _narrowed(request)
    agencies = queries.punctuality_by_agency(queries.expected_reports(viewer, month))
    told = queries.with_figures(queries.expected_reports(viewer, month, narrowed), month)
    shown = asked_stretch(told, OWED_FIRST, request.GET)
    context = {"columns": COLUMNS, "rows": shown.rows, "page": shown.pager(), "month": month, "narrowed": narrowed}
    context |= {"agency_columns": AGENCY_COLUMNS, "agencies": _with_urls(agencies, month)}
    context |= {"tabs": punctuality_tabs(month, narrowed, agencies), "cut_off": cut_off_on(month, limits)}
    context |= {"before": months_after(month, -1), "after": months_after(month, 1), "today": today}
    return render(request, "projects/reports/month.html", context)


def _month(request: ViewerRequest, otherwise: date) -> date:
    try:
        asked = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return otherwise
    return min(asked, month_of(clock.today()))


def _narrowed(request: ViewerRequest) -> ReportFilter:
    state = request.GET.get("state", "")
    agency = next(iter(record_numbers([request.GET.get("agency", "")])), None)
    without = "agency" if request.GET.get("without") == "agency" else ""
    return ReportFilter(state if state in set(Punctuality) else "", agency, without)


def _with_urls(agencies: list[queries.AgencyPunctuality], month: date) -> list[tuple[queries.AgencyPunctuality, str]]:
    return [(each, f"?{_of(each).query(month)}") for each in agencies]


def _of(found: queries.AgencyPunctuality) -> ReportFilter:
    return ReportFilter(agency_id=found.agency_id, without="" if found.agency_id else "agency")
