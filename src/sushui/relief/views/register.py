"""The issue register: open issues of enterprises and projects, summed, printed and exported as they are narrowed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.labels import label_of
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.viewer import Viewer
from sushui.kernel.workbooks import workbook_answer
from sushui.relief import queries, services
from sushui.relief.enums import SupportKind
from sushui.relief.forms import IssueFilterForm
from sushui.relief.panels.places import places
from sushui.relief.permissions import may_open_requests
from sushui.relief.queries import IssueLine

MOST_SHOWN = 300
COLUMNS = Columns(
    Column("about", _("Enterprise or project"), Kind.TITLE),
    Column("text", _("Problem")),
    Column("kind", _("Kind")),
    Column("source", _("Source")),
    Column("agency", _("Responsible agency")),
    Column("since", _("Open since"), Kind.DATE),
    Column("days", _("Days open"), Kind.NUMBER),
    Column("due", _("To be solved by"), Kind.DATE),
)
SUM_COLUMNS = Columns(
    Column("label", "", Kind.TITLE),
    Column("count", pgettext_lazy("column", "Issues"), Kind.NUMBER),
    Column("days", _("Days of the oldest"), Kind.NUMBER),
)
MONTHS = range(1, 13)


@page(may_open_requests)
def register(request: ViewerRequest) -> HttpResponse:
    """The oldest first; under them by kind and agency, and the kinds of the year by month."""
    every = queries.issue_lines(request.viewer)
    chips = IssueFilterForm(request.GET, viewer=request.viewer, lines=every)
    lines = list(filter(chips.narrowed().takes, every))
    context = {
        "columns": COLUMNS,
        "chips": chips,
        "lines": lines[:MOST_SHOWN],
        "total": len(lines),
        "places": places(request.viewer, "register"),
        "today": clock.today(),
    }
    return render(request, "relief/register.html", context | _summed(request.viewer, lines))


def _summed(viewer: Viewer, lines: list[IssueLine]) -> dict[str, Any]:
    """What stands under the lines: their sums, and the year's kinds by month."""
    year = clock.today().year
    sums = ((_("By kind"), _sums(lines, "kind")), (_("By responsible agency"), _sums(lines, "agency")))
    kinds = _table(queries.kinds_by_month(viewer, year))
    return {"sum_columns": SUM_COLUMNS, "sums": sums, "year": year, "months": MONTHS, "kinds": kinds}


def _sums(lines: list[IssueLine], name: str) -> list[tuple[str, int, int]]:
    """How many lines there are of each value, and for how many days the oldest is open; most first."""
    counts = Counter(getattr(line, name) for line in lines)
    oldest = {value: max(line.days for line in lines if getattr(line, name) == value) for value in counts}
    named = [(_name(name, value), count, oldest[value]) for value, count in counts.items()]
    return sorted(named, key=lambda each: (-each[1], -each[2], each[0]))


def _name(name: str, value: str) -> str:
    if name == "kind":
        return label_of(value)  # type: ignore[arg-type]
    return value or gettext("No agency is named")


def _table(kinds: dict[SupportKind, dict[int, int]]) -> list[tuple[str, list[int], int]]:
    """Each kind with its twelve months and their sum."""
    rows = [(label_of(kind), [found.get(month, 0) for month in MONTHS]) for kind, found in kinds.items()]
    return [(label, months, sum(months)) for label, months in rows]


@require_safe
@page(may_open_requests)
def export(request: ViewerRequest) -> HttpResponse:
    """The register as it is narrowed, as a workbook."""
    every = queries.issue_lines(request.viewer)
    narrowed = IssueFilterForm(request.GET, viewer=request.viewer, lines=every).narrowed()
    return workbook_answer(
        gettext("Issue register"), lambda file: services.export_issues(request.viewer, narrowed, file)
    )
