"""Who has not visited for how long, and how the leaders keep their visits."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.batches import batch
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.forms import LapseFilterForm
from sushui.liaison.permissions import may_open_liaison

LONGEST = Sort(("waits_since_on", "pk"))
COLUMNS = Columns(
    Column("title", _("Subject"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("role", _("Stands by as")),
    Column("who", _("Who stands by")),
    Column("last_on", _("Last visit"), Kind.DATE),
    Column("days", _("Days since"), Kind.NUMBER),
    Column("due_on", _("Next visit by"), Kind.DATE, folds=True),
)
LEADER_COLUMNS = Columns(
    Column("leader", _("Liaison leader"), Kind.TITLE),
    Column("stands_by", _("Stands by"), Kind.NUMBER),
    Column("visited", _("Visited this month"), Kind.NUMBER),
    Column("never", _("Never visited"), Kind.NUMBER),
    Column("red", _("Red light"), Kind.NUMBER),
    Column("yellow", _("Yellow light"), Kind.NUMBER),
    Column("since", _("Longest without a visit since"), Kind.DATE),
)


@page(may_open_liaison)
def lapses(request: ViewerRequest) -> HttpResponse:
    """Liaisons of today, the longest without a visit first; the leaders' count above the whole list."""
    viewer, asked = request.viewer, request.GET
    with batch():
        chips = LapseFilterForm(asked, viewer=viewer)
        rows = queries.lapses(viewer, chips.narrowed())
        shown = stretch(rows, LONGEST, after=asked.get("after", ""), before=asked.get("before", ""))
        context = {
            "columns": COLUMNS,
            "chips": chips,
            "rows": queries.liaison_rows(shown.rows),
            "page": shown.pager(),
            "counts": {light.value: count for light, count in queries.light_counts(viewer, rows).items()},
            "leader_columns": LEADER_COLUMNS,
            "leaders": [] if asked else queries.leader_counts(viewer),
        }
    return render(request, "liaison/lapses.html", context)
