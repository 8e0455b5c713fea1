"""The gates of one project, the gates that were waived or whose evidence is owed, and acts on evidence."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.components import Column, Columns, Kind, Tab
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.labels import label_of
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.enums import GateState
from sushui.projects.forms import EVIDENCE_FORMS
from sushui.projects.panels.gates import gate_lines, passage_lines
from sushui.projects.permissions import may_edit_project, may_open_projects
from sushui.projects.views.acting import carry_out, filled

LISTED = (GateState.OWED, GateState.WAIVED)
LONGEST = Sort(("at", "pk"))
COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("agency", _("Responsible agency"), folds=True),
    Column("stage", _("Stage")),
    Column("missing", _("Still missing")),
    Column("at", pgettext_lazy("column", "Since"), Kind.DATE),
    Column("who", _("Who")),
    Column("reason", _("Reason")),
    Column("act", "", Kind.ACTION),
)


@page(may_open_projects)
def gates(request: ViewerRequest, project_id: int) -> HttpResponse:
    """What each stage asks of a project, what is there, what was waived and what is owed."""
    found = queries.project_for(request.viewer, project_id)
    context = {"project": found, "lines": gate_lines(request.viewer, found)}
    context["may_edit"] = bool(may_edit_project(request.viewer, found))
    return render(request, "projects/gates/project.html", context)


@page(may_open_projects)
def gate_list(request: ViewerRequest) -> HttpResponse:
    """Evidence that is owed, or with ``state=waived`` what was waived, the longest first."""
    viewer = request.viewer
    state = GateState.WAIVED if request.GET.get("state") == GateState.WAIVED else GateState.OWED
    shown = asked_stretch(queries.gate_passages(viewer, state), LONGEST, request.GET)
    tabs = [
        Tab(
            label_of(each),
            f"?state={each}",
            is_current=each is state,
            count=queries.gate_passages(viewer, each).count(),
        )
        for each in LISTED
    ]
    context = {"rows": passage_lines(shown.rows), "page": shown.pager(), "tabs": tabs, "state": state}
    context["columns"] = COLUMNS.without("missing" if state is GateState.WAIVED else "reason")
    return render(request, "projects/gates/list.html", context)


@page(may_open_projects)
def evidence_act(request: ViewerRequest, evidence_id: int, verb: str) -> HttpResponse:
    """Evidence that was recorded wrongly, withdrawn."""
    found = queries.evidence_for(request.viewer, evidence_id)
    form = filled(request, EVIDENCE_FORMS[verb], found)
    return carry_out(request, form, back=reverse("projects:gates", args=[found.project_id]))
