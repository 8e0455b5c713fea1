"""The register: every subject with the three that stand by it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, capped_count, counted, stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.saved_view_pages import drop_own_view, keep_sent_view, view_links
from sushui.kernel.workbooks import workbook_answer
from sushui.liaison import queries, services
from sushui.liaison.forms import RegisterFilterForm
from sushui.liaison.permissions import may_keep_liaisons, sees_all_liaisons

PAGE = "liaison.register"
BY_NAME = Sort(("label", "pk"))
COLUMNS = Columns(
    Column("title", _("Subject"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("leader", _("Liaison leader")),
    Column("agency", _("Liaison agency")),
    Column("officer", _("Service officer")),
)
STANDING_VIEWS = (
    (pgettext_lazy("view", "All"), ""),
    (pgettext_lazy("view", "Without a leader"), "missing=leader"),
    (pgettext_lazy("view", "Without an agency"), "missing=agency"),
    (pgettext_lazy("view", "Without an officer"), "missing=officer"),
)


@page(sees_all_liaisons)
def register(request: ViewerRequest) -> HttpResponse:
    """Subjects by name; those who keep the register tick them to appoint for many at once."""
    chips = RegisterFilterForm(request.GET, viewer=request.viewer)
    rows = queries.liaison_subjects(request.viewer, chips.narrowed())
    shown = stretch(rows, BY_NAME, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    listed = queries.subject_rows(request.viewer, shown.rows)
    context = {
        "columns": COLUMNS,
        "chips": chips,
        "rows": listed,
        "page": shown.pager(),
        "total": counted(capped_count(rows)),
        "views": view_links(request, PAGE, STANDING_VIEWS, drop="liaison:register-drop-view"),
        "may_keep": may_keep_liaisons(request.viewer),
        "home": request.viewer.division_id,
    }
    return render(request, "liaison/register.html", context)


@require_POST
@page(sees_all_liaisons)
def keep_view(request: ViewerRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    return keep_sent_view(request, PAGE, home="liaison:register")


@require_POST
@page(sees_all_liaisons)
def drop_view(request: ViewerRequest, view_id: int) -> HttpResponse:
    """Drop one of the viewer's own views."""
    return drop_own_view(request, view_id, home="liaison:register")


@page(may_keep_liaisons)
def export(request: ViewerRequest) -> HttpResponse:
    """The register as it is narrowed, as a workbook that imports again."""
    narrowed = RegisterFilterForm(request.GET, viewer=request.viewer).narrowed()
    name = _now("Liaison register")
    return workbook_answer(name, lambda file: services.export_liaisons(request.viewer, narrowed, file))
