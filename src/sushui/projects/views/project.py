"""One project, its raw figures, and the industries that a form suggests."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison.queries import subject_liaison
from sushui.projects import queries
from sushui.projects.forms import industries_like
from sushui.projects.panels.sheet import project_sheet
from sushui.projects.permissions import may_keep_ledger, may_open_projects

WAN = _("10k yuan")
RULE_COLUMNS = Columns(
    Column("rule", _("Rule"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("why", _("Why")),
    Column("since", pgettext_lazy("column", "Since"), Kind.DATE),
)
MONTH_COLUMNS = Columns(
    Column("month", _("Month"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("planned", pgettext_lazy("column", "Planned"), Kind.NUMBER, WAN),
    Column("actual", pgettext_lazy("column", "Done"), Kind.NUMBER, WAN),
    Column("planned_sum", _("Planned since January"), Kind.NUMBER, WAN),
    Column("actual_sum", _("Done since January"), Kind.NUMBER, WAN),
)
STEP_COLUMNS = Columns(
    Column("name", _("Milestone"), Kind.TITLE),
    Column("planned_on", _("Planned for"), Kind.DATE),
    Column("reached_on", _("Reached on"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
SOURCE_COLUMNS = Columns(
    Column("source", _("Source"), Kind.TITLE),
    Column("whole", _("Whole project"), Kind.NUMBER, WAN),
    Column("year", _("This year"), Kind.NUMBER, WAN),
)
TASK_COLUMNS = Columns(
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("agency", _("Lead agency")),
    Column("due_on", _("Deadline"), Kind.DATE),
)
FIGURE_COLUMNS = Columns(
    Column("month", _("Month"), Kind.TITLE),
    Column("kind", _("Figure")),
    Column("number", _("Version"), Kind.NUMBER),
    Column("amount", _("Amount"), Kind.NUMBER, WAN),
    Column("at", _("When"), Kind.DATE),
    Column("who", _("Who")),
    Column("reason", _("Reason of the correction")),
    Column("origin", _("Origin")),
)
COLUMNS = {
    "rules": RULE_COLUMNS,
    "months": MONTH_COLUMNS,
    "steps": STEP_COLUMNS,
    "sources": SOURCE_COLUMNS,
    "tasks": TASK_COLUMNS,
}


@page(may_open_projects)
def project(request: ViewerRequest, project_id: int) -> HttpResponse:
    """The answer first, then what can be done, then the rules, the months, the money and the story."""
    found = queries.project_for(request.viewer, project_id)
    sheet = project_sheet(request.viewer, found, year_asked(request))
    liaison = subject_liaison(request.viewer, found.subject) if found.subject else None
    context = {"sheet": sheet, "project": found, "columns": COLUMNS, "liaison": liaison}
    return render(request, "projects/project.html", context)


@page(may_open_projects)
def figures(request: ViewerRequest, project_id: int) -> HttpResponse:
    """Every version of the figures of a year: nothing is overwritten."""
    found, year = queries.project_for(request.viewer, project_id), year_asked(request)
    rows = list(queries.figures_of(found, year))
    newest = {(row.month, row.kind): row.pk for row in reversed(rows)}
    context = {"project": found, "year": year, "rows": rows, "columns": FIGURE_COLUMNS, "newest": set(newest.values())}
    context["plans"] = queries.plan_versions(found, year)
    return render(request, "projects/figures.html", context)


@page(may_keep_ledger)
def industries(request: ViewerRequest) -> HttpResponse:
    """Options of the industries that begin with or hold what is typed."""
    found = industries_like(request.GET.get("industry_code", ""))
    return render(request, "projects/industries.html", {"industries": found})


def year_asked(request: ViewerRequest) -> int:
    """The year asked for; this one when none is, or none that can be."""
    asked, this_year = request.GET.get("year", ""), clock.today().year
    return int(asked) if asked.isdecimal() and len(asked) == len(str(this_year)) and int(asked) > 1900 else this_year
