"""What supervision has for a viewer's day and for a search, as the front shows it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sushui.kernel import clock
from sushui.kernel.components import Column, Columns, Kind, Text
from sushui.kernel.front import Block, DayEntry, Figure, Finder, Found, Hit, register_day, register_finder
from sushui.kernel.keyset import Sort, capped_count, stretch
from sushui.kernel.labels import label_of
from sushui.kernel.search import Sought, closest
from sushui.kernel.viewer import Viewer
from sushui.supervision import queries
from sushui.supervision.enums import PartState, StatusLight, TaskState
from sushui.supervision.models import TaskPart
from sushui.supervision.panels.rows import TaskRow, part_rows, task_rows
from sushui.supervision.permissions import (
    may_draft_orders,
    may_open_agency_list,
    may_open_decisions,
    may_open_own_list,
    may_open_register,
    may_open_supervision,
)
from sushui.supervision.queries import TaskFilter

FEW, SEVERAL = 5, 8
BY_DEADLINE = Sort(("due_on", "pk"), has_empty=True)
TASK = Column("title", _("Task"), Kind.TITLE)
LIGHT = Column("light", pgettext_lazy("column", "Light"), Kind.LIGHT)
RED, YELLOW = _("Red light"), _("Yellow light")

DUE_COLUMNS = Columns(TASK, LIGHT, Column("due", _("Due now")), Column("act", "", Kind.ACTION))
LATE_COLUMNS = Columns(
    Column("handler", _("Handler"), Kind.TITLE),
    Column("since", _("Oldest deadline"), Kind.DATE),
    Column("late", _("Overdue"), Kind.NUMBER),
)
REQUEST_COLUMNS = Columns(
    TASK, Column("kind", _("Asked for")), Column("agency", _("Agency")), Column("at", _("Since"), Kind.DATE)
)
AGENCY_COLUMNS = Columns(
    Column("agency", _("Awaited agency"), Kind.TITLE),
    Column("since", _("Red since"), Kind.DATE),
    Column("red", RED, Kind.NUMBER),
    Column("yellow", YELLOW, Kind.NUMBER),
)
TASK_COLUMNS = Columns(TASK, LIGHT, Column("agency", _("Awaited agency")), Column("due", _("Due now")))


def register() -> None:
    """Put supervision on the front: what one decides first, then what is red, one's agency, one's own."""
    register_day(DayEntry("supervision.office", 10, may_draft_orders, _office_figures, _office_blocks))
    register_day(DayEntry("supervision.decisions", 15, may_open_decisions, _leader_figures, _leader_blocks))
    register_day(DayEntry("supervision.red", 20, may_open_register, _red_figures, _red_blocks))
    register_day(DayEntry("supervision.agency", 30, may_open_agency_list, _agency_figures, _agency_blocks))
    register_day(DayEntry("supervision.own", 40, may_open_own_list, _own_figures, _own_blocks))
    register_finder(
        Finder("supervision.tasks", 10, _("Tasks"), may_open_supervision, _tasks_found, list_url=_all_tasks_url)
    )


# --- the office ------------------------------------------------------------------------------------------------------
def _office_figures(viewer: Viewer) -> list[Figure]:
    return [
        _waiting(viewer),
        _counted(viewer, TaskState.ASSIGNED, _("To be signed for")),
        _counted(viewer, TaskState.DRAFTED, _("To be assigned")),
    ]


def _waiting(viewer: Viewer) -> Figure:
    waiting = capped_count(queries.open_requests(viewer))
    return Figure(_("To decide"), waiting, reverse("supervision:decisions"), status="yellow")


def _counted(viewer: Viewer, state: TaskState, label: Text) -> Figure:
    count = capped_count(queries.register(viewer, TaskFilter(state=state)))
    return Figure(label, count, _register_url(f"state={state}"))


def _office_blocks(viewer: Viewer) -> list[Block]:
    rows = list(queries.open_requests(viewer)[:FEW])
    context = {"rows": rows, "columns": REQUEST_COLUMNS}
    title, url = _("Waits for your decision, oldest first"), reverse("supervision:decisions")
    return [Block(title, "supervision/today/requests.html", context, url)] if rows else []


# --- a leader, for what no office may decide ------------------------------------------------------------------------
def _leader_figures(viewer: Viewer) -> list[Figure]:
    """Shown when there is something: it seldom comes to that."""
    return [] if may_draft_orders(viewer) or not queries.open_requests(viewer).exists() else [_waiting(viewer)]


def _leader_blocks(viewer: Viewer) -> list[Block]:
    return [] if may_draft_orders(viewer) else _office_blocks(viewer)


# --- what is red -----------------------------------------------------------------------------------------------------
def _red_figures(viewer: Viewer) -> list[Figure]:
    lights = queries.light_counts(queries.register(viewer, TaskFilter(is_open=True)), clock.today())
    figures = [
        Figure(_("Red light"), lights[StatusLight.RED], _register_url("light=red"), status="red"),
        Figure(_("Yellow light"), lights[StatusLight.YELLOW], _register_url("light=yellow"), status="yellow"),
        Figure(pgettext_lazy("scope", "In hand"), sum(lights.values()), reverse("supervision:register")),
    ]
    return [*_charge_figures(viewer), *figures] if viewer.charge_agency_ids else figures


def _charge_figures(viewer: Viewer) -> list[Figure]:
    """For a leader, first what is red in the agencies in their charge."""
    rows = queries.register(viewer, TaskFilter(light=StatusLight.RED))
    count = capped_count(rows.filter(awaited_agency_id__in=viewer.charge_agency_ids))
    return [Figure(_("Red in my charge"), count, f"{reverse('supervision:red')}?charge=own", status="red")]


def _red_blocks(viewer: Viewer) -> list[Block]:
    """For those who oversee: whose it is and since when, then which tasks."""
    tasks = queries.register(viewer, TaskFilter(light=StatusLight.RED)).order_by("red_on", "pk")[:FEW]
    context = {"rows": task_rows(tasks), "columns": TASK_COLUMNS}
    longest = Block(_("Red for longest"), "supervision/today/tasks.html", context, reverse("supervision:red"))
    agencies = queries.red_by_agency(viewer)[:SEVERAL]
    whose = Block(
        _("Whose it is, and since when"),
        "supervision/today/agencies.html",
        {"rows": agencies, "columns": AGENCY_COLUMNS},
        reverse("supervision:red"),
    )
    blocks = [longest, whose] if may_draft_orders(viewer) else [whose, longest]
    return [block for block in blocks if block.context["rows"]]


# --- an agency's head ------------------------------------------------------------------------------------------------
def _agency_figures(viewer: Viewer) -> list[Figure]:
    counts, url = queries.part_counts(queries.agency_parts(viewer)), reverse("supervision:agency")
    return [
        Figure(_("My agency: red"), counts["red"], f"{url}?light=red", status="red"),
        Figure(_("My agency: yellow"), counts["yellow"], f"{url}?light=yellow", status="yellow"),
        Figure(_("My agency: to be signed for"), counts["unsigned"], f"{url}?state={PartState.ASSIGNED}"),
    ]


def _agency_blocks(viewer: Viewer) -> list[Block]:
    late = queries.late_by_handler(queries.agency_parts(viewer))[:SEVERAL]
    context = {"rows": late, "columns": LATE_COLUMNS}
    url = reverse("supervision:agency")
    return [Block(_("Who is late in my agency"), "supervision/today/late.html", context, url)] if late else []


# --- one's own -------------------------------------------------------------------------------------------------------
def _own_figures(viewer: Viewer) -> list[Figure]:
    counts, url = queries.part_counts(queries.own_parts(viewer)), reverse("supervision:mine")
    return [
        Figure(_("Mine: red"), counts["red"], f"{url}?light=red", status="red"),
        Figure(_("Mine: yellow"), counts["yellow"], f"{url}?light=yellow", status="yellow"),
        Figure(_("Mine: to be signed for"), counts["unsigned"], f"{url}?state={PartState.ASSIGNED}"),
        Figure(_("Mine: in hand"), counts["total"], url),
    ]


def _own_blocks(viewer: Viewer) -> list[Block]:
    """The few things that are due now, each with its one act."""
    arms = [_due(arm) for arm in queries.own_parts_in_arms(viewer)]
    rows = part_rows(viewer, stretch(arms, BY_DEADLINE, size=SEVERAL).rows)
    context = {"rows": rows, "columns": DUE_COLUMNS}
    title, url = _("Mine, nearest deadline first"), reverse("supervision:mine")
    return [Block(title, "supervision/today/due.html", context, url)] if rows else []


def _due(parts: QuerySet[TaskPart]) -> QuerySet[TaskPart]:
    """Parts that wait for their own agency, not for a decision."""
    return parts.exclude(state=PartState.DISPUTED).exclude(task__state=TaskState.COMPLETION_APPLIED)


# --- search ----------------------------------------------------------------------------------------------------------
def _tasks_found(viewer: Viewer, sought: Sought, first: int) -> Found:
    near = closest(queries.visible_tasks(viewer), sought, division_ids=viewer.division_ids, column="title", first=first)
    known = queries.register(viewer).select_related("division").in_bulk(near.keys)
    return Found([_hit(viewer, row) for row in task_rows(known[key] for key in near.keys if key in known)], near.total)


def _hit(viewer: Viewer, row: TaskRow) -> Hit:
    """A task: its light, whose it is and how far its deadline while it is open, else its state.

    Its division comes first where that is another one than the viewer's.
    """
    task, due = row.task, row.due
    elsewhere = str(task.division) if task.division_id != viewer.division_id else ""
    state = [str(task.awaited_agency or ""), due.words if due else ""] if task.is_open else [label_of(task.state)]
    said = [elsewhere, *state]
    return Hit(
        task.title,
        reverse("supervision:task", args=[task.pk]),
        note=" · ".join(filter(None, said)),
        other=queries.search_texts(task)[1],
        status=row.light.value if task.is_open else "",
    )


def _all_tasks_url(viewer: Viewer, text: str) -> str:
    return _register_url(urlencode({"text": text, "scope": "all"})) if may_open_register(viewer) else ""


def _register_url(query: str) -> str:
    return f"{reverse('supervision:register')}?{query}"
