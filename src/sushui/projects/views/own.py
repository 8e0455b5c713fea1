"""What the viewer's agency answers for, and which months it owes: one tap to report."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.projects import queries
from sushui.projects.panels.rows import own_rows, report_due_on
from sushui.projects.permissions import may_open_own_projects

LONGEST_LIT = Sort(("light_since_on", "pk"), has_empty=True)
COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("stage", _("Stage")),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("percent", _("Share done"), Kind.NUMBER, "%"),
    Column("owed", _("Months to report")),
    Column("step", _("Next milestone"), folds=True),
    Column("act", "", Kind.ACTION),
)


@page(may_open_own_projects)
def own(request: ViewerRequest) -> HttpResponse:
    """Projects of the viewer's agency and of those under it; with ``owed=1`` those whose figure is missing."""
    viewer, today = request.viewer, clock.today()
    month, waiting = queries.month_to_report(today), queries.awaiting_figures(viewer, queries.month_to_report(today))
    rows = queries.ledger(viewer).filter(agency_id__in=viewer.agency_ids)
    is_owed = request.GET.get("owed") == "1"
    left = rows.filter(pk__in=waiting.values("pk")) if is_owed else rows
    shown = asked_stretch(left.prefetch_related("lights"), LONGEST_LIT, request.GET)
    context = {"columns": COLUMNS, "rows": own_rows(shown.rows, today.year), "page": shown.pager()}
    context |= {"waiting": waiting.count(), "month": month, "is_owed": is_owed, "total": rows.count()}
    context["due_on"] = report_due_on(today, queries.light_limits(viewer.division_id, today))
    return render(request, "projects/own.html", context)
