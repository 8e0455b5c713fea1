"""Permits: of one project, of the whole county, and the paths they follow."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sushui.documents.queries import files_by_target
from sushui.kernel import clock
from sushui.kernel.act_pages import act_page
from sushui.kernel.components import Column, Columns, Kind
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.keyset import Sort, asked_stretch
from sushui.kernel.pages import ViewerRequest, page
from sushui.kernel.workbooks import workbook_answer
from sushui.projects.adapter.permits import template_of
from sushui.projects.enums.permits import PermitPath, PermitState, PermitVariant
from sushui.projects.forms.permits import (
    STEP_FORMS,
    ChoosePathForm,
    EditTemplateForm,
    HoldersForm,
    LengthForm,
    PermitFilterForm,
)
from sushui.projects.models import PermitTemplateVersion, Project
from sushui.projects.panels.permits.registering import FILES, HANDED_IN
from sushui.projects.panels.permits.rows import permit_rows
from sushui.projects.panels.permits.sheet import PermitSheet, permit_sheet, slip_lines
from sushui.projects.panels.permits.versions import difference, path_lines, text_of
from sushui.projects.panels.permits.wording import version_in_words
from sushui.projects.permissions import may_keep_ledger, may_open_projects, may_plan_permits
from sushui.projects.queries.ledger import visible_projects
from sushui.projects.queries.permits import (
    permit_project_for,
    permit_step_for,
    permit_steps,
    permit_sums,
    permit_sums_by_agency,
    permit_versions,
)
from sushui.projects.queries.permits import permit_version as version_of
from sushui.projects.services import permits as services
from sushui.projects.views.acting import carry_out, filled

STEP_COLUMNS = Columns(
    Column("step", _("Permit step"), Kind.TITLE),
    Column("light", pgettext_lazy("column", "State"), Kind.LIGHT),
    Column("agency", _("Agency that holds it")),
    Column("filed_on", _("Filed on"), Kind.DATE),
    Column("granted_on", _("Granted on"), Kind.DATE),
    Column("limit", _("Limit")),
    Column("forecast", _("Forecast"), Kind.DATE),
    Column("act", "", Kind.ACTION),
)
ALL_COLUMNS = Columns(
    Column("project", _("Project"), Kind.TITLE),
    Column("step", _("Permit step")),
    Column("light", pgettext_lazy("column", "State"), Kind.LIGHT),
    Column("agency", _("Agency that holds it")),
    Column("due_on", _("Limit ends"), Kind.DATE, sortable=True),
    Column("forecast", _("Forecast"), Kind.DATE, sortable=True),
    Column("task", _("Task")),
)
AGENCY_COLUMNS = Columns(
    Column("agency", _("Agency that holds it"), Kind.TITLE),
    Column("fileable", _("Can be filed today"), Kind.NUMBER),
    Column("open", _("In hand"), Kind.NUMBER),
    Column("over", _("Over the limit"), Kind.NUMBER),
)
PATH_COLUMNS = Columns(
    Column("step", _("Permit step"), Kind.TITLE),
    Column("agency", _("Agency that holds it")),
    Column("how", _("How it is done")),
    Column("limit", _("Limit")),
    Column("before", _("Before it")),
    Column("documents", _("Documents"), folds=True),
)
MOVE_COLUMNS = Columns(
    Column("step", _("Permit step"), Kind.TITLE),
    Column("before", _("Until now"), Kind.DATE),
    Column("after", _("Then"), Kind.DATE),
    Column("days", _("Later"), Kind.NUMBER, _("working days")),
)
SORTS = {
    "due_on": Sort(("due_on", "pk"), has_empty=True),
    "-due_on": Sort(("due_on", "pk"), is_descending=True, has_empty=True),
    "forecast": Sort(("forecast_on", "pk"), has_empty=True),
    "-forecast": Sort(("forecast_on", "pk"), is_descending=True, has_empty=True),
}
MOST_DAYS = 999


# --- one project -----------------------------------------------------------------------------------------------------
@page(may_open_projects)
def permits(request: ViewerRequest, project_id: int) -> HttpResponse:
    """The answer first: when construction can begin, what decides it, what can be filed today, what is late."""
    found = permit_project_for(request.viewer, project_id)
    sheet = permit_sheet(request.viewer, found)
    is_whole = request.GET.get("whole") == "1"
    context: dict[str, Any] = {"project": found, "sheet": sheet, "columns": STEP_COLUMNS, "is_whole": is_whole}
    if sheet is not None:
        graph = sheet.graph(whole=is_whole)
        context |= {"graph": graph, "boxes": [(box, sheet.by_key[box.key]) for box in graph.boxes]}
    context |= {"may_plan": may_plan_permits(request.viewer, found), "knows": _knows(request, found)}
    return render(request, "projects/permits/permits.html", context)


def _knows(request: ViewerRequest, project: Project) -> bool:
    """Whether the project's other pages are the viewer's too: an agency that only holds a step sees the permits."""
    return visible_projects(request.viewer).filter(pk=project.pk).exists()


@page(may_open_projects)
def permit_slip(request: ViewerRequest, project_id: int) -> HttpResponse:
    """What moves if a step ends later."""
    found = permit_project_for(request.viewer, project_id)
    sheet = permit_sheet(request.viewer, found)
    if sheet is None:
        raise NotFound
    key, days = request.GET.get("step", ""), _days(request.GET.get("days", ""))
    context = {"project": found, "sheet": sheet, "columns": MOVE_COLUMNS, "key": key, "days": days}
    return render(request, "projects/permits/slip.html", context | _slipped(sheet, key, days))


def _slipped(sheet: PermitSheet, key: str, days: int) -> dict[str, Any]:
    if not key:
        return {}
    try:
        moves, goal = slip_lines(sheet, key, days, clock.today())
    except DomainError as refusal:
        return {"refusal": refusal}
    return {"moves": moves, "goal": goal, "is_asked": True}


def _days(asked: str) -> int:
    """How many days were asked for; what is no number is 5, what is less than one is refused by the act."""
    if not asked:
        return 5
    digits = asked.removeprefix("-")
    is_number = digits.isdecimal() and digits.isascii() and len(digits) <= len(str(MOST_DAYS))
    return min(int(asked), MOST_DAYS) if is_number else 5


@page(may_open_projects)
def permit_step(request: ViewerRequest, permit_step_id: int) -> HttpResponse:
    """One step: what its path says of it, what is recorded, what can be done."""
    step = permit_step_for(request.viewer, permit_step_id)
    sheet = permit_sheet(request.viewer, step.project)
    if sheet is None or step.key not in sheet.by_key:
        raise NotFound
    context = {"project": step.project, "sheet": sheet, "line": sheet.by_key[step.key]}
    for name, kind in (("handed_in", HANDED_IN), ("decided", FILES)):
        context[name] = files_by_target(request.viewer, kind, [step])[step.pk]
    return render(request, "projects/permits/step.html", context)


@page(may_open_projects)
def permit_act(request: ViewerRequest, permit_step_id: int, verb: str) -> HttpResponse:
    """An act on one step."""
    step = permit_step_for(request.viewer, permit_step_id)
    return carry_out(request, filled(request, STEP_FORMS[verb], step), back=_permits_url(step.project_id))


@page(may_keep_ledger)
def permit_path(request: ViewerRequest, project_id: int) -> HttpResponse:
    """Choose the path of a project and say what is so about it."""
    found = permit_project_for(request.viewer, project_id)
    return carry_out(request, filled(request, ChoosePathForm, found), back=_permits_url(project_id))


def _permits_url(project_id: int) -> str:
    return reverse("projects:permits", args=[project_id])


# --- the whole county ------------------------------------------------------------------------------------------------
@page(may_open_projects)
def all_permits(request: ViewerRequest) -> HttpResponse:
    """Which steps of which projects can be filed today, are in hand or over their limit, and whose they are."""
    chips = PermitFilterForm(request.GET, viewer=request.viewer)
    rows, sort = permit_steps(request.viewer, chips.narrowed()), request.GET.get("sort", "")
    sort = sort if sort in SORTS else "due_on"
    shown = asked_stretch(rows, SORTS[sort], request.GET)
    sums = permit_sums(permit_steps(request.viewer))
    context = {"columns": ALL_COLUMNS, "chips": chips, "sort": sort, "page": shown.pager(), "sums": sums}
    context |= {"rows": permit_rows(shown.rows), "agency_columns": AGENCY_COLUMNS}
    context |= {"agencies": permit_sums_by_agency(rows), "states": PermitState}
    context["may_keep"] = may_keep_ledger(request.viewer)
    return render(request, "projects/permits/all.html", context)


@require_safe
@page(may_open_projects)
def export_permits(request: ViewerRequest) -> HttpResponse:
    """The list as it is narrowed, as a workbook."""
    narrowed = PermitFilterForm(request.GET, viewer=request.viewer).narrowed()
    return workbook_answer(
        gettext("Permit steps"), lambda file: services.export_permits(request.viewer, narrowed, file)
    )


@page(may_keep_ledger)
def permit_holders(request: ViewerRequest) -> HttpResponse:
    """Say which agency here holds which permits."""
    return carry_out(request, filled(request, HoldersForm), back=reverse("projects:permit-paths"))


# --- paths -----------------------------------------------------------------------------------------------------------
@page(may_open_projects)
def permit_paths(request: ViewerRequest) -> HttpResponse:
    """Every path with its versions."""
    versions: dict[tuple[str, str], list[PermitTemplateVersion]] = {}
    for version in permit_versions(request.viewer.division_id):
        versions.setdefault((version.path, version.variant), []).append(version)
    paths = [(path, variant, versions.get((path, variant), [])) for path in PermitPath for variant in PermitVariant]
    context = {"paths": paths, "may_keep": may_keep_ledger(request.viewer)}
    return render(request, "projects/permits/paths.html", context)


@page(may_open_projects)
def permit_template(request: ViewerRequest, permit_path: str, permit_variant: str, permit_version: int) -> HttpResponse:
    """One version of a path: its text, and what it changed in the one before."""
    (known, kind), number = _path(permit_path, permit_variant), permit_version
    division_id = request.viewer.division_id
    version = version_of(division_id, known, kind, number)
    text = text_of(known, kind, version)
    context: dict[str, Any] = {"path": known, "variant": kind, "version": version, "text": text, "number": number}
    context |= {"version_words": version_in_words(number), "columns": PATH_COLUMNS}
    context["lines"] = path_lines(template_of(known, kind, version))
    if version is not None:
        before = version_of(division_id, known, kind, number - 1)
        context["changes"] = difference(text_of(known, kind, before), text)
    context["may_keep"] = may_keep_ledger(request.viewer)
    return render(request, "projects/permits/template.html", context)


@page(may_keep_ledger)
def edit_template(request: ViewerRequest, permit_path: str, permit_variant: str) -> HttpResponse:
    """Write a new version: the whole text."""
    return _write(request, EditTemplateForm, permit_path, permit_variant)


@page(may_keep_ledger)
def state_length(request: ViewerRequest, permit_path: str, permit_variant: str) -> HttpResponse:
    """Write a new version in which one step takes so long."""
    return _write(request, LengthForm, permit_path, permit_variant)


def _write(request: ViewerRequest, kind: Any, path: str, variant: str) -> HttpResponse:
    known, which = _path(path, variant)
    newest = version_of(request.viewer.division_id, known, which)
    data = request.POST if request.method == "POST" else None
    form = kind(data, viewer=request.viewer, path=known, variant=which, newest=newest)

    def go(made: PermitTemplateVersion) -> str:
        return reverse("projects:permit-template", args=[path, variant, made.number])

    return act_page(request, form, back=reverse("projects:permit-paths"), go=go)


def _path(path: str, variant: str) -> tuple[PermitPath, PermitVariant]:
    try:
        return PermitPath(path), PermitVariant(variant)
    except ValueError as error:
        raise NotFound from error
