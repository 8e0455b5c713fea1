"""``/look/``: every component in every state, for those who build pages. Development only.

The urls of the site include this module's only when it runs in development; elsewhere the page does not exist.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import (
    Change,
    Column,
    Columns,
    Kind,
    Pager,
    Step,
    StepState,
    StoryEntry,
    Tab,
    ViewLink,
)
from sushui.kernel.errors import StaleRecord
from sushui.kernel.pages import public
from sushui.kernel.viewer import PostChoice, Viewer

TASKS = Columns(
    Column("title", _("Task"), Kind.TITLE, sortable=True),
    Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT),
    Column("agency", _("Lead agency")),
    Column("due_on", _("Deadline"), Kind.DATE, sortable=True),
    Column("invested", _("Invested"), Kind.NUMBER, unit=_("10k yuan"), sortable=True, folds=True),
    Column("act", _("Action"), Kind.ACTION, folds=True),
)
ROWS = (
    (_("Finish the demolition on the north ring road"), "red", _("overdue 3 working days"), -5, "18340567.5"),
    (_("Connect the zone's sewage pipe"), "yellow", _("due tomorrow"), 1, "2600000"),
    (_("Pay the support funds of the second quarter to the enterprises that hired graduates"), "green", "", 12, "990"),
    (_("List the idle land and plants of all townships"), "none", _("not signed for"), 30, None),
)
SAMPLE_VIEWER = Viewer(
    user_id=1,
    user_name="A. N. Official",
    post_id=1,
    post_name="Supervision office",
    agency_id=1,
    agency_name="County government office",
    division_id=1,
    division_name="Sample county",
    posts=(
        PostChoice(1, "County government office, supervision office", is_current=True),
        PostChoice(2, "Development zone, deputy director", is_delegated=True),
    ),
)


class FilterForm(forms.Form):
    """The filters of the sample list."""

    q = forms.CharField(label=_("Words"), required=False)
    light = forms.ChoiceField(
        label=pgettext_lazy("column", "Light"),
        required=False,
        choices=[("", _("any")), ("red", _("red only")), ("yellow", _("yellow only"))],
    )
    due_before = forms.DateField(label=_("Due before"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class ReportForm(forms.Form):
    """A form with a field of each sort."""

    progress = forms.CharField(
        label=_("Progress"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, by whom, what is left."),
    )
    percent = forms.IntegerField(label=_("Done, percent"), min_value=0, max_value=100)
    expected_on = forms.DateField(label=_("Expected on"), widget=forms.DateInput(attrs={"type": "date"}))
    agency = forms.ChoiceField(label=_("Lead agency"), choices=[("1", _("Housing bureau")), ("2", _("Finance bureau"))])
    scope = forms.ChoiceField(
        label=_("Who may read it"),
        widget=forms.RadioSelect,
        choices=[("own", _("the agencies concerned")), ("all", _("every agency"))],
    )
    is_last = forms.BooleanField(label=_("Last report"), required=False)
    proof = forms.FileField(label=_("Evidence"), required=False, help_text=_("Photo, PDF or Word, at most 20 MB."))


@public
def look(request: HttpRequest) -> HttpResponse:
    """The page, for a sample viewer when nobody is signed in."""
    if not settings.DEBUG:
        raise Http404
    if getattr(request, "viewer", None) is None:
        request.viewer = SAMPLE_VIEWER  # type: ignore[attr-defined]  # the middleware's attribute
    messages.success(request, _("The report was sent to the supervision office."))
    return render(request, "kernel/look.html", sample(clock.now(), request.GET))


def sample(moment: datetime, asked: QueryDict) -> dict[str, Any]:
    """What the page shows, with days counted from ``moment``, filtered by what was ``asked``."""
    return {
        "columns": TASKS,
        "rows": [_row(moment, *row) for row in ROWS],
        "invested": Decimal("20941557.50"),
        "sort": "due_on",
        "views": [
            ViewLink(_("All"), "?", is_current=True, count=412),
            ViewLink(_("Red now"), "?light=red", count=17),
            ViewLink(_("My own"), "?q=road", count=3, remove_url="?"),
        ],
        "page": Pager(shown=4, total=412, after="4"),
        "filter_form": FilterForm(asked or {"light": "red"}),
        "crispy_form": FilterForm(prefix="laid"),
        "empty_form": ReportForm(prefix="new"),
        "ask_form": ReportForm(prefix="ask"),
        "wrong_form": ReportForm({"bad-progress": _("Half of it"), "bad-percent": "120"}, prefix="bad"),
        "tabs": [Tab(_("Task"), "?", True), Tab(_("Files"), "?files", count=2)],
        "steps": _steps(),
        "story": _story(moment),
        "changes": _changes(),
        "stale": StaleRecord(),
        "moment": moment,
        "far_day": moment.date() + timedelta(days=400),
    }


def _row(
    moment: datetime, title: object, light: str, reason: object, days: int, invested: str | None
) -> dict[str, Any]:
    return {
        "title": title,
        "light": light,
        "reason": reason,
        "agency": _("Housing bureau"),
        "due_on": moment.date() + timedelta(days=days),
        "invested": None if invested is None else Decimal(invested),
    }


def _steps() -> list[Step]:
    return [
        Step(_("Assigned"), StepState.DONE, "2026-11-02"),
        Step(_("Signed for"), StepState.DONE, "2026-11-03"),
        Step(_("In progress"), StepState.CURRENT, _("2 working days left")),
        Step(pgettext_lazy("step", "Closed")),
        Step(_("Suspended"), StepState.STOPPED),
    ]


def _changes() -> tuple[Change, ...]:
    return (
        Change(_("Deadline"), "2026-11-20", "2026-11-30"),
        Change(_("Lead agency"), "", _("Housing bureau")),
    )


def _story(moment: datetime) -> list[StoryEntry]:
    housing, office = _("Housing bureau, handler"), _("Supervision office")
    ago = [moment - timedelta(hours=hours) for hours in (2, 30, 200)]
    return [
        StoryEntry(ago[0], _("asked for more time"), "A. Handler", housing, changes=_changes()),
        StoryEntry(
            ago[1], _("reported progress"), "A. Handler", housing, quote=_("Nine of twelve households have signed.")
        ),
        StoryEntry(ago[2], _("assigned the task"), "An Officer", office),
    ]


urlpatterns = [path("look/", look, name="look")]
