"""Scenarios: their list, one with its plan, two side by side, and every act."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import NotFound
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.planner import queries
from sushui.planner.enums import InquiryKind
from sushui.planner.forms import RUN_FORMS, SCENARIO_FORMS, DraftScenarioForm, UndoForm
from sushui.planner.models import Inquiry, Run, Scenario
from sushui.planner.panels.charts import progress_chart
from sushui.planner.panels.comparing import comparison_sheet
from sushui.planner.panels.paper import PaperSheet
from sushui.planner.panels.sheet import PlanSheet, ScenarioSheet
from sushui.planner.panels.stakes import StakesSheet
from sushui.planner.panels.tabs import planner_tabs
from sushui.planner.panels.wording import change_words, gap_words
from sushui.planner.permissions import may_keep_planned, may_open_planner, may_plan
from sushui.planner.services import Adopted
from sushui.planner.views.acting import carry_out, filled

NEWEST = Sort(("pk",), is_descending=True)
SCENARIO_COLUMNS = Columns(
    Column("name", _("Scenario"), Kind.TITLE),
    Column("year", _("Year"), Kind.NUMBER),
    Column("division", _("Division")),
    Column("state", _("State")),
    Column("base", _("Base")),
    Column("changed", _("Changes"), Kind.NUMBER),
    Column("worth", _("Worth"), Kind.NUMBER, _("points")),
    Column("gap", _("From the best")),
    Column("who", _("Drawn up by")),
)
IN_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("agency", _("Responsible agency")),
    Column("begins", _("Papers from"), Kind.DATE),
    Column("works_from", _("Construction from"), Kind.DATE),
    Column("works_until", _("Construction until"), Kind.DATE),
    Column("invested", _("Invested in the year"), Kind.NUMBER, _("10k yuan")),
)
OUT_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("agency", _("Responsible agency")),
    Column("why", _("Why it is left out")),
)
LACK_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("reasons", _("What is missing")),
)
AFFECTED_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("agency", _("Responsible agency")),
    Column("what", _("What changes")),
    Column("was", _("Construction as it was planned")),
    Column("now", _("Construction now")),
    Column("by", _("By how much")),
)
SLIP_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("words", _("What has slipped")),
)
WORTH_OF_FACTORS = Columns(
    Column("name", _("Factor"), Kind.TITLE),
    Column("step", _("Step"), Kind.NUMBER),
    Column("more", _("A step more"), Kind.NUMBER),
    Column("less", _("A step less"), Kind.NUMBER),
)
WORTH_OF_BOTTLENECKS = Columns(
    Column("text", _("Bottleneck"), Kind.TITLE),
    Column("project", _("Project")),
    Column("agency", _("Who is to clear it")),
    Column("what", _("What it holds up")),
    Column("until", _("Counts until"), Kind.DATE),
    Column("worth", _("Clearing it now is worth"), Kind.NUMBER),
)
RISK_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("what", _("What was promised")),
    Column("due", _("Not later than"), Kind.DATE),
    Column("missed", _("Missed in"), Kind.NUMBER),
    Column("median", _("In half of them by"), Kind.DATE),
    Column("late", _("In nine of ten by"), Kind.DATE),
)
MOVE_COLUMNS = Columns(
    Column("name", _("Project"), Kind.TITLE),
    Column("before", _("Construction from"), Kind.DATE),
    Column("after", _("Now from"), Kind.DATE),
    Column("begins", _("Begins")),
    Column("ends", _("Ends")),
)
PART_COLUMNS = Columns(
    Column("label", _("Part of the value"), Kind.TITLE),
    Column("amount", _("How much there is"), Kind.NUMBER),
    Column("points", _("Points"), Kind.NUMBER),
)
WORTH_COLUMNS = Columns(
    Column("label", _("Part of the value"), Kind.TITLE),
    Column("before", _("First"), Kind.NUMBER),
    Column("after", _("Second"), Kind.NUMBER),
    Column("by", _("By how much"), Kind.NUMBER),
)
RUN_COLUMNS = Columns(
    Column("number", _("Run"), Kind.TITLE),
    Column("state", _("State")),
    Column("worth", _("Worth"), Kind.NUMBER, _("points")),
    Column("gap", _("From the best")),
    Column("who", _("Asked for by")),
    Column("at", _("At"), Kind.DATE),
)
SEVERAL = {
    "in_columns": IN_COLUMNS,
    "out_columns": OUT_COLUMNS,
    "lack_columns": LACK_COLUMNS,
    "part_columns": PART_COLUMNS,
    "run_columns": RUN_COLUMNS,
    "affected_columns": AFFECTED_COLUMNS,
    "slip_columns": SLIP_COLUMNS,
}


# --- what is shown ---------------------------------------------------------------------------------------------------
@page(may_open_planner)
def scenarios(request: ViewerRequest) -> HttpResponse:
    """Every scenario, the newest first, with what its plan is worth."""
    shown = asked_stretch(queries.scenarios(request.viewer), NEWEST, request.GET)
    rows = [(row, _planned(row)) for row in shown.rows]
    columns = SCENARIO_COLUMNS if len(request.viewer.division_ids) > 1 else SCENARIO_COLUMNS.without("division")
    context = {"tabs": planner_tabs("scenarios"), "rows": rows, "columns": columns, "page": shown.pager()}
    context["may_keep"] = may_plan(request.viewer)
    return render(request, "planner/scenarios.html", context)


def _planned(scenario: Scenario) -> Run | None:
    """The newest run with a plan, of those that were read with the scenario."""
    return next((run for run in scenario.runs.all() if run.objective is not None), None)


@page(may_open_planner)
def scenario(request: ViewerRequest, scenario_id: int) -> HttpResponse:
    """A scenario: what its plan holds under the budget lines, what it leaves out, and what cannot be planned."""
    found = queries.scenario_for(request.viewer, scenario_id)
    sheet = ScenarioSheet(request.viewer, found)
    context = {"sheet": sheet, "scenario": found, **SEVERAL}
    if sheet.current is not None:
        context |= _progress(request, queries.run_for(request.viewer, sheet.current.pk))
    return render(request, "planner/scenario.html", context)


@page(may_open_planner)
def run(request: ViewerRequest, run_id: int) -> HttpResponse:
    """One run of a scenario: how it went, and the plan that it found."""
    found = queries.run_for(request.viewer, run_id)
    plan = PlanSheet(request.viewer, found)
    context = {"scenario": found.scenario, "plan": plan, "reasons": plan.reasons}
    return render(request, "planner/run.html", context | SEVERAL | _progress(request, found))


@page(may_open_planner)
def run_stakes(request: ViewerRequest, run_id: int) -> HttpResponse:
    """What a plan hangs on: the worth of its factors, its bottlenecks, its promises at risk."""
    found = queries.run_for(request.viewer, run_id)
    columns = {"factors": WORTH_OF_FACTORS, "bottlenecks": WORTH_OF_BOTTLENECKS, "risks": RISK_COLUMNS}
    sheet = StakesSheet(request.viewer, found)
    return render(request, "planner/stakes.html", {"sheet": sheet, "run": found, "columns": columns})


@page(may_open_planner)
def run_paper(request: ViewerRequest, run_id: int) -> HttpResponse:
    """The plan of a run on one sheet, as it is laid before those who decide.

    Raises:
        NotFound: it has none.
    """
    found = queries.run_for(request.viewer, run_id)
    if found.plan is None:
        raise NotFound
    return render(request, "planner/paper.html", {"sheet": PaperSheet(request.viewer, found), "run": found})


@require_safe
@page(may_open_planner)
def run_progress(request: ViewerRequest, run_id: int) -> HttpResponse:
    """How far a run is: what its page asks for again and again; once it has ended the page is loaded anew."""
    found = queries.run_for(request.viewer, run_id)
    if request.GET.get("live") == "inquiries":
        return _inquiries_now(request, found)
    answer = render(request, "planner/_progress.html", _progress(request, found))
    if found.is_final and request.GET.get("live"):
        answer["HX-Refresh"] = "true"
    return answer


def _inquiries_now(request: ViewerRequest, found: Run) -> HttpResponse:
    """How far the worker is with what was asked of a run; once it has answered all the page is loaded anew."""
    waiting = [each for each in queries.inquiries_of(found) if not each.is_final]
    answer = render(request, "planner/_inquiries.html", {"run": found, "inquiries": waiting})
    if not waiting:
        answer["HX-Refresh"] = "true"
    return answer


def _progress(request: ViewerRequest, found: Run) -> dict[str, object]:
    may_stop = not found.is_final and not found.is_to_stop and may_keep_planned(request.viewer, found)
    second = round(float(found.progress[-1][0])) if found.progress else 0
    shown = {"run": found, "progress_chart": progress_chart(found), "gap": gap_words(found), "second": second}
    return shown | {"may_stop": may_stop}


@page(may_open_planner)
def compare(request: ViewerRequest, scenario_id: int, other_scenario_id: int) -> HttpResponse:
    """What the plan of a second scenario does otherwise than that of a first."""
    before, after = (_plan(request, number) for number in (scenario_id, other_scenario_id))
    context = {"sheet": comparison_sheet(before, after), "columns": MOVE_COLUMNS, "worth_columns": WORTH_COLUMNS}
    return render(request, "planner/compare.html", context)


def _plan(request: ViewerRequest, scenario_id: int) -> PlanSheet:
    """The plan of a scenario.

    Raises:
        NotFound: it has none.
    """
    found = ScenarioSheet(request.viewer, queries.scenario_for(request.viewer, scenario_id)).plan
    if found is None:
        raise NotFound
    return found


# --- acts ------------------------------------------------------------------------------------------------------------
@page(may_plan)
def draft_scenario(request: ViewerRequest) -> HttpResponse:
    """Draw up a scenario."""
    return carry_out(request, filled(request, DraftScenarioForm), back=reverse("planner:scenarios"), go=url_of)


@page(may_open_planner)
def scenario_act(request: ViewerRequest, scenario_id: int, verb: str) -> HttpResponse:
    """An act on a scenario: changed, copied, asked for its plan."""
    found = queries.scenario_for(request.viewer, scenario_id)
    go = url_of if verb == "copy" else None
    form = filled(request, SCENARIO_FORMS[verb], found)
    return carry_out(request, form, back=url_of(found), go=go, about=str(found))


@page(may_open_planner)
def undo_change(request: ViewerRequest, change_id: int) -> HttpResponse:
    """Take back what a scenario says otherwise."""
    found = queries.change_for(request.viewer, change_id)
    form = filled(request, UndoForm, found)
    return carry_out(request, form, back=url_of(found.scenario), about=change_words(found))


@page(may_open_planner)
def run_act(request: ViewerRequest, run_id: int, verb: str) -> HttpResponse:
    """An act on a run: stopped, or its plan adopted."""
    found = queries.run_for(request.viewer, run_id)
    form = filled(request, RUN_FORMS[verb], found)
    go = {"adopt": _draft_url, "replan": _scenario_url, "inquire": _asked_url}.get(verb)
    return carry_out(request, form, back=url_of(found.scenario), go=go, about=str(found.scenario))


def url_of(found: Scenario) -> str:
    return reverse("planner:scenario", args=[found.pk])


def _draft_url(adopted: Adopted) -> str:
    return reverse("projects:portfolio-version", args=[adopted.version.pk])


def _scenario_url(made: Run) -> str:
    return reverse("planner:scenario", args=[made.scenario_id])


def _asked_url(asked: Inquiry) -> str:
    """Where the answer will stand."""
    if asked.kind in {InquiryKind.LEFT_OUT, InquiryKind.CONFLICT}:
        return f"{reverse('planner:run', args=[asked.run_id])}#outside"
    return reverse("planner:run-stakes", args=[asked.run_id])
