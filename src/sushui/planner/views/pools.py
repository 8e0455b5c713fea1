"""What there is to be shared out: a year's pools and money, entered, changed and taken away."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.pages import ViewerRequest, page
from sushui.planner import queries
from sushui.planner.forms import MONEY_FORMS, POOL_FORMS, AddMoneyForm, AddPoolForm
from sushui.planner.panels.tabs import planner_tabs
from sushui.planner.panels.wording import pool_words
from sushui.planner.permissions import may_open_planner, may_plan
from sushui.planner.views.acting import carry_out, filled

POOL_COLUMNS = Columns(
    Column("what", _("Resource"), Kind.TITLE),
    Column("kind", _("Kind")),
    Column("amount", _("How much there is"), Kind.NUMBER),
    Column("unit", _("Counted in")),
    Column("from_on", _("From"), Kind.DATE),
    Column("until_on", _("Until"), Kind.DATE),
    Column("document", _("Document")),
    Column("act", "", Kind.ACTION),
)
MONEY_COLUMNS = Columns(
    Column("what", _("Source of money"), Kind.TITLE),
    Column("amount", _("Amount"), Kind.NUMBER, _("10k yuan")),
    Column("arrives_on", _("Arrives on"), Kind.DATE),
    Column("uses", _("May pay for")),
    Column("document", _("Document")),
    Column("act", "", Kind.ACTION),
)
YEARS_AHEAD = 3


@page(may_open_planner)
def pools(request: ViewerRequest) -> HttpResponse:
    """The pools and the money of a year."""
    year = _year(request)
    rows, money = list(queries.pools_of(request.viewer, year)), list(queries.money_of(request.viewer, year))
    may_keep = may_plan(request.viewer)
    drops = () if may_keep else ("act",)
    context = {
        "tabs": planner_tabs("pools"),
        "year": year,
        "years": _years(request),
        "rows": [(row, pool_words(row)) for row in rows],
        "money": [(row, pool_words(row)) for row in money],
        "columns": POOL_COLUMNS.without(*drops),
        "money_columns": MONEY_COLUMNS.without(*drops),
        "may_keep": may_keep,
    }
    return render(request, "planner/pools.html", context)


def _year(request: ViewerRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else clock.today().year


def _years(request: ViewerRequest) -> list[int]:
    """This year and the next ones, and those of which anything was entered; the newest first."""
    now = clock.today().year
    return sorted({*queries.years_with_pools(request.viewer), *range(now, now + YEARS_AHEAD)}, reverse=True)


@page(may_plan)
def add_pool(request: ViewerRequest) -> HttpResponse:
    """Enter a resource pool."""
    return carry_out(request, filled(request, AddPoolForm), back=_back(_year(request)))


@page(may_open_planner)
def pool_act(request: ViewerRequest, pool_id: int, verb: str) -> HttpResponse:
    """Change a pool, or take it away."""
    found = queries.pool_for(request.viewer, pool_id)
    return carry_out(request, filled(request, POOL_FORMS[verb], found), back=_back(found.year), about=pool_words(found))


@page(may_plan)
def add_money(request: ViewerRequest) -> HttpResponse:
    """Enter money that arrives."""
    return carry_out(request, filled(request, AddMoneyForm), back=_back(_year(request)))


@page(may_open_planner)
def money_act(request: ViewerRequest, money_id: int, verb: str) -> HttpResponse:
    """Change money that arrives, or take it away."""
    found = queries.money_for(request.viewer, money_id)
    back = _back(found.arrives_on.year)
    return carry_out(request, filled(request, MONEY_FORMS[verb], found), back=back, about=pool_words(found))


def _back(year: int) -> str:
    return f"{reverse('planner:pools')}?year={year}"
