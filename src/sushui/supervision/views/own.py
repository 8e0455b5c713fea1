"""What is mine, by deadline, each with the one act that is due now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.supervision import queries
from sushui.supervision.forms import OwnFilterForm
from sushui.supervision.panels.rows import part_rows
from sushui.supervision.permissions import may_open_own_list

BY_DEADLINE = Sort(("due_on", "pk"), has_empty=True)
COLUMNS = Columns(
    Column("title", _("Task"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("due", _("Due now")),
    Column("role", _("Part"), folds=True),
    Column("order", _("Order"), folds=True),
    Column("act", "", Kind.ACTION),
)


@page(may_open_own_list)
def mine(request: ViewerRequest) -> HttpResponse:
    """The viewer's open parts."""
    asked, today = request.GET, clock.today()
    chips = OwnFilterForm(asked)
    left = [arm.filter(chips.conditions(today)) for arm in queries.own_parts_in_arms(request.viewer)]
    shown = asked_stretch(left, BY_DEADLINE, asked)
    context = {
        "chips": chips,
        "columns": COLUMNS,
        "rows": part_rows(request.viewer, shown.rows),
        "counts": queries.part_counts(queries.own_parts(request.viewer)),
        "page": shown.pager(),
    }
    return render(request, "supervision/mine.html", context)
