"""What I stand by: a card each, with one tap to log a visit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel.batches import batch
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.liaison import queries
from sushui.liaison.permissions import may_open_liaison, sees_all_liaisons

COLUMNS = Columns(
    Column("title", _("Subject"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("role", _("Stands by as")),
    Column("due_on", _("Next visit by"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)


@page(may_open_liaison)
def mine(request: ViewerRequest) -> HttpResponse:
    """The longest without a visit first."""
    with batch():
        rows = queries.liaison_rows(queries.own_liaisons(request.viewer))
    context = {"columns": COLUMNS, "rows": rows, "sees_all": sees_all_liaisons(request.viewer)}
    return render(request, "liaison/mine.html", context)
