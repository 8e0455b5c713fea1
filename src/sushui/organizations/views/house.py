"""What administrators keep for the whole house: divisions, settings, the calendar, the audit chain."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from sushui.kernel import days, settings_registry
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.organizations import queries, services
from sushui.organizations.forms import (
    AuditFilterForm,
    DayForm,
    LoadDivisionsForm,
    NoticeForm,
    SettingForm,
    ZoneForm,
)
from sushui.organizations.panels import audit_entries, finding_in_words
from sushui.organizations.permissions import may_administer, may_keep_house, may_see_directory
from sushui.organizations.views.acting import act_page

NEWEST = Sort(("id",), is_descending=True)
DIVISIONS = Columns(
    Column("name", gettext_lazy("Division"), Kind.TITLE),
    Column("code", gettext_lazy("Code")),
    Column("level", gettext_lazy("Level")),
)
SETTINGS = Columns(
    Column("sentence", gettext_lazy("Setting"), Kind.TITLE),
    Column("value", gettext_lazy("In force")),
    Column("coming", gettext_lazy("To come"), folds=True),
    Column("source", gettext_lazy("Where it is stated"), folds=True),
)
HISTORY = Columns(
    Column("value", gettext_lazy("Value"), Kind.TITLE),
    Column("from_on", gettext_lazy("From"), Kind.DATE),
    Column("division", gettext_lazy("Division")),
    Column("source", gettext_lazy("Where it is stated")),
)
YEARS = Columns(
    Column("year", gettext_lazy("Year"), Kind.TITLE),
    Column("holidays", gettext_lazy("Days off by the notice")),
    Column("make_up", gettext_lazy("Make-up days")),
    Column("source", gettext_lazy("Source")),
)


@page(may_see_directory)
def divisions(request: ViewerRequest) -> HttpResponse:
    """The tree of divisions that the viewer sees."""
    context = {
        "rows": queries.division_tree(request.viewer),
        "columns": DIVISIONS,
        "may_add": may_administer(request.viewer),
    }
    return render(request, "organizations/divisions.html", context)


@page(may_administer)
def load_divisions(request: ViewerRequest) -> HttpResponse:
    return act_page(request, LoadDivisionsForm, back=reverse("organizations:divisions"))


@page(may_administer)
def new_zone(request: ViewerRequest) -> HttpResponse:
    return act_page(request, ZoneForm, back=reverse("organizations:divisions"))


@page(may_keep_house)
def settings(request: ViewerRequest) -> HttpResponse:
    """Every dated setting: what it means, the value in force, what is to come, and who says so."""
    rows = settings_registry.states(request.viewer.division_id)
    return render(request, "organizations/settings.html", {"rows": rows, "columns": SETTINGS})


@page(may_keep_house)
def setting(request: ViewerRequest, key: str) -> HttpResponse:
    """One setting: its history, and a new value from a day on."""
    definition = settings_registry.definition_of(key)
    states = settings_registry.states(request.viewer.division_id)
    return act_page(
        request,
        SettingForm,
        record=definition,
        back=reverse("organizations:setting", args=[key]),
        template="organizations/setting.html",
        title=_(definition.sentence),
        state=next(state for state in states if state.definition.key == key),
        columns=HISTORY,
    )


@page(may_keep_house)
def calendar(request: ViewerRequest) -> HttpResponse:
    """The announced years, and what is provisional until the next notice."""
    context = {
        "years": days.announced_years(),
        "consequences": [(_(label), count) for label, count in days.consequences(request.viewer)],
        "columns": YEARS,
    }
    return render(request, "organizations/calendar.html", context)


@page(may_keep_house)
def load_notice(request: ViewerRequest) -> HttpResponse:
    return act_page(request, NoticeForm, back=reverse("organizations:calendar"))


@page(may_keep_house)
def change_day(request: ViewerRequest) -> HttpResponse:
    return act_page(request, DayForm, back=reverse("organizations:calendar"))


@page(may_keep_house)
def audit(request: ViewerRequest) -> HttpResponse:
    """The latest lines of the chain."""
    form = AuditFilterForm(request.GET)
    form.is_valid()
    rows = queries.audit_lines(request.viewer, **form.cleaned_data)
    found = asked_stretch(rows, NEWEST, request.GET)
    context = {"form": form, "entries": audit_entries(found.rows), "page": found.pager()}
    return render(request, "organizations/audit.html", context)


@page(may_keep_house)
@require_POST
def prove_chain(request: ViewerRequest) -> HttpResponse:
    """Walk the whole chain and say in words whether it holds."""
    proof = services.prove_chain(request.viewer)
    context = {"proof": proof, "findings": [finding_in_words(finding) for finding in proof.findings]}
    return render(request, "organizations/proof.html", context)
