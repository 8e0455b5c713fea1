"""Every read of supervision, viewer first. ``visible_tasks`` is the one wall: everything else stands on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Value, When

from sushui.kernel import clock, search
from sushui.kernel.audit import target_of
from sushui.kernel.errors import NotFound
from sushui.kernel.models import AuditLine
from sushui.kernel.settings_registry import settings_of
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.queries import agencies, posts, posts_with_role
from sushui.supervision.enums import DayBasis, OrderKind, PartState, RequestState, StatusLight, TaskState
from sushui.supervision.models import (
    ColumnMemory,
    Conclusion,
    ImportDraft,
    Objection,
    ProgressReport,
    SupervisedTask,
    SupervisionOrder,
    TaskClock,
    TaskPart,
    TaskRequest,
)
from sushui.supervision.permissions import OVERSEEING_ROLES, may_draft_orders, may_open_supervision
from sushui.supervision.rules import Limits

Lit = TypeVar("Lit", SupervisedTask, TaskPart)


# --- settings --------------------------------------------------------------------------------------------------------
def limits_in_force(division_id: int, on: date) -> Limits:
    """The limits of a division on a day."""
    values = settings_of("supervision", division_id, on)
    known = {field.name: values[field.name] for field in fields(Limits) if field.name in values}
    return Limits(**{**known, "basis": DayBasis(known["basis"])})


# --- tasks -----------------------------------------------------------------------------------------------------------
def visible_tasks(viewer: Viewer) -> QuerySet[SupervisedTask]:
    """Tasks the viewer may know of.

    The supervision office and the leaders see all of their divisions and those below, the project office what it
    issued, and every agency the assigned tasks in which it has or had a part, and a post those in which it is named
    to handle one. What was never assigned is its issuer's and the supervision office's of that division.
    """
    rows = SupervisedTask.objects.filter(division_id__in=viewer.division_ids)
    if not may_open_supervision(viewer):
        return rows.none()
    if viewer.has(Role.SUPERVISION_OFFICE):
        return rows.filter(Q(division_id=viewer.division_id) | Q(assigned_on__isnull=False))
    is_own = Q(agency_id__in=viewer.agency_ids) | Q(handler_post_id=viewer.post_id)
    own_part = TaskPart.objects.filter(is_own, task=OuterRef("pk"))
    oversees = viewer.has(Role.COUNTY_LEADER)
    allowed = Q(assigned_on__isnull=False) if oversees else Q(Exists(own_part.exclude(state=PartState.DRAFTED)))
    if may_draft_orders(viewer):
        allowed |= Q(order__issuer_agency_id=viewer.agency_id)
    return rows.filter(allowed)


def task_for(viewer: Viewer, task_id: int) -> SupervisedTask:
    """One task with its order, lead and subject.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_tasks(viewer).select_related(
        "order__issuer_agency",
        "order__issuer_post",
        "lead_agency",
        "awaited_agency",
        "leader_post",
        "subject",
        "division",
    )
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def drafts(viewer: Viewer, numbers: Iterable[int]) -> list[SupervisedTask]:
    """The drafts among these tasks, with their order and parts, by order and number."""
    rows = visible_tasks(viewer).filter(pk__in=list(numbers), state=TaskState.DRAFTED)
    return list(rows.select_related("order").prefetch_related("parts").order_by("order_id", "number"))


@dataclass(frozen=True)
class TaskFilter:
    """What a register is narrowed to; every field may be left out."""

    state: str = ""
    light: str = ""
    kind: str = ""
    agency_id: int | None = None
    lead_agency_id: int | None = None
    awaited_agency_id: int | None = None
    order_id: int | None = None
    leader_post_id: int | None = None
    text: str = ""
    is_open: bool | None = None
    due_before: date | None = None


def register(viewer: Viewer, narrowed: TaskFilter = TaskFilter()) -> QuerySet[SupervisedTask]:
    """The register, each row with its ``light`` of today, narrowed; not yet ordered or paged."""
    today = clock.today()
    rows = with_light(visible_tasks(viewer), today)
    rows = rows.select_related("lead_agency", "awaited_agency", "order", "leader_post__agency")
    rows = rows.filter(_conditions(narrowed, today))
    if narrowed.text:
        wanted = search.query(narrowed.text)
        rows = rows.filter(search=wanted) if wanted is not None else rows.none()
    return rows


def _conditions(narrowed: TaskFilter, today: date) -> Q:
    conditions = Q()
    for field, value in (
        ("state", narrowed.state),
        ("kind", narrowed.kind),
        ("order_id", narrowed.order_id),
        ("lead_agency_id", narrowed.lead_agency_id),
        ("awaited_agency_id", narrowed.awaited_agency_id),
        ("leader_post_id", narrowed.leader_post_id),
        ("due_on__lte", narrowed.due_before),
    ):
        if value:
            conditions &= Q(**{field: value})
    if narrowed.is_open is not None:
        conditions &= Q(is_open=narrowed.is_open)
    if narrowed.light:
        conditions &= light_condition(StatusLight(narrowed.light), today)
    if narrowed.agency_id:
        own = TaskPart.objects.filter(task=OuterRef("pk"), agency_id=narrowed.agency_id).exclude(state=PartState.MOVED)
        conditions &= Q(Exists(own))
    return conditions


def light_condition(light: StatusLight, today: date) -> Q:
    """Rows with this light today (`rules.light`, said in SQL; a test holds the two together)."""
    is_red = Q(red_on__lte=today)
    is_warm = Q(yellow_on__lte=today)
    return {
        StatusLight.NONE: Q(is_open=False),
        StatusLight.RED: Q(is_open=True) & is_red,
        StatusLight.YELLOW: Q(is_open=True) & is_warm & (Q(red_on=None) | Q(red_on__gt=today)),
        StatusLight.GREEN: Q(is_open=True)
        & (Q(red_on=None) | Q(red_on__gt=today))
        & (Q(yellow_on=None) | Q(yellow_on__gt=today)),
    }[light]


def with_light(rows: QuerySet[Lit], today: date) -> QuerySet[Lit]:
    """Rows of tasks or parts, each with its light of the day as ``light_today``."""
    whens = [
        When(light_condition(light, today), then=Value(light.value))
        for light in (StatusLight.NONE, StatusLight.RED, StatusLight.YELLOW)
    ]
    lit: QuerySet[Lit] = rows.annotate(light_today=Case(*whens, default=Value(StatusLight.GREEN.value)))
    return lit


def light_counts(rows: QuerySet[SupervisedTask], today: date) -> dict[StatusLight, int]:
    """How many of the rows show each light; one query."""
    counts = rows.aggregate(**{light.value: Count("pk", filter=light_condition(light, today)) for light in StatusLight})
    return {light: counts[light.value] for light in StatusLight}


# --- parts -----------------------------------------------------------------------------------------------------------
def visible_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Parts of the tasks that the viewer may know of."""
    return TaskPart.objects.filter(task__in=visible_tasks(viewer)).exclude(state=PartState.DRAFTED)


def part_for(viewer: Viewer, part_id: int) -> TaskPart:
    """One part with its task and agency.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = visible_parts(viewer).select_related("task__order", "task__division", "agency", "handler_post")
    part = rows.filter(pk=part_id).first()
    if part is None:
        raise NotFound
    return part


def own_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Open parts that are the viewer's post's to work on: named handler, or nobody named in the own agency."""
    mine = Q(handler_post_id=viewer.post_id) | Q(handler_post=None, agency_id=viewer.agency_id)
    rows = TaskPart.objects.filter(mine, is_open=True, division_id__in=viewer.division_ids)
    return _listed(rows)


def agency_parts(viewer: Viewer) -> QuerySet[TaskPart]:
    """Open parts of the viewer's agency and of those under it."""
    rows = TaskPart.objects.filter(agency_id__in=viewer.agency_ids, is_open=True, division_id__in=viewer.division_ids)
    return _listed(rows)


def _listed(rows: QuerySet[TaskPart]) -> QuerySet[TaskPart]:
    """Parts by deadline, each with its light of today and all that a list shows."""
    named = rows.select_related("task__order", "task__lead_agency", "agency", "handler_post")
    return with_light(named, clock.today()).order_by(F("due_on").asc(nulls_last=True), "pk")


def part_counts(rows: QuerySet[TaskPart]) -> dict[str, int]:
    """How many of the parts show each light, and how many nobody has signed for; one query."""
    today = clock.today()
    lights = {light.value: Count("pk", filter=light_condition(light, today)) for light in StatusLight}
    counts: dict[str, int] = rows.order_by().aggregate(
        total=Count("pk"), unsigned=Count("pk", filter=Q(state=PartState.ASSIGNED)), **lights
    )
    return counts


def late_by_handler(rows: QuerySet[TaskPart]) -> list[dict[str, object]]:
    """Each handler's post (None: nobody is named) with how many of the parts are overdue and the oldest deadline."""
    late = rows.order_by().filter(due_on__lt=clock.today()).values("handler_post_id", "handler_post__name")
    counted = late.annotate(late=Count("pk"), since=Min("due_on"))
    return [{**row} for row in counted.order_by("since", "handler_post_id")]


def parts_of(task: SupervisedTask) -> list[TaskPart]:
    """The parts of a task that the viewer was given, lead first."""
    rows = task.parts.select_related("agency", "handler_post__agency").order_by("role", "pk")
    return list(with_light(rows, clock.today()))


def clocks_of(task: SupervisedTask) -> list[TaskClock]:
    """The clocks of a task in the order of their deadlines."""
    return list(task.clocks.select_related("part__agency").order_by("due_on", "pk"))


def running_clocks(part: TaskPart) -> list[TaskClock]:
    """Clocks of a part that still run, earliest deadline first."""
    rows = part.clocks.filter(met_on=None, stopped_on=None, canceled_on=None)
    return list(rows.order_by("due_on", "pk"))


def running_clocks_of(*, tasks: Iterable[int] = (), parts: Iterable[int] = ()) -> list[TaskClock]:
    """Running clocks of the tasks or parts with these numbers, earliest deadline first; one query."""
    rows = TaskClock.objects.filter(met_on=None, stopped_on=None, canceled_on=None)
    wanted = rows.filter(Q(task_id__in=list(tasks)) | Q(part_id__in=list(parts)))
    return list(wanted.select_related("part__agency").order_by("due_on", "pk"))


# --- one task's story ------------------------------------------------------------------------------------------------
def story(task: SupervisedTask) -> list[AuditLine]:
    """What happened to a task, oldest first, read from the audit chain."""
    return list(AuditLine.objects.filter(target=target_of(task)).order_by("pk"))


def reports_of(task: SupervisedTask) -> list[ProgressReport]:
    """What was reported on a task, newest first."""
    rows = ProgressReport.objects.filter(part__task=task).select_related("part__agency", "post__agency")
    return list(rows.order_by("-at", "-pk"))


def requests_of(task: SupervisedTask) -> list[TaskRequest]:
    """What was asked of the office about a task, newest first."""
    rows = TaskRequest.objects.filter(part__task=task).select_related(
        "part__agency", "part__task__order", "post__agency", "decided_by__agency", "named_agency", "clock"
    )
    return list(rows.order_by("-at", "-pk"))


# --- what waits for a decision ---------------------------------------------------------------------------------------
def open_requests(viewer: Viewer) -> QuerySet[TaskRequest]:
    """Requests that the viewer's office must decide, oldest first; never those of its own agency."""
    rows = TaskRequest.objects.filter(division_id=viewer.division_id, state=RequestState.OPEN)
    if not may_draft_orders(viewer):
        return rows.none()
    if not viewer.has(Role.SUPERVISION_OFFICE):
        rows = rows.filter(part__task__order__issuer_agency_id=viewer.agency_id)
    rows = rows.exclude(part__agency_id=viewer.agency_id)
    return rows.select_related("part__task__order", "part__agency", "named_agency", "post").order_by("at", "pk")


def request_for(viewer: Viewer, request_id: int) -> TaskRequest:
    """One request on a task that the viewer may see.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = TaskRequest.objects.filter(part__task__in=visible_tasks(viewer))
    found = rows.select_related("part__task__order", "part__agency", "clock", "named_agency").filter(pk=request_id)
    if not found:
        raise NotFound
    return found[0]


# --- orders ----------------------------------------------------------------------------------------------------------
def orders(viewer: Viewer) -> QuerySet[SupervisionOrder]:
    """Orders of which the viewer may see at least one task, and those it may draft in; newest first."""
    rows = SupervisionOrder.objects.filter(division_id__in=viewer.division_ids)
    allowed = Q(Exists(visible_tasks(viewer).filter(order=OuterRef("pk"))))
    if may_draft_orders(viewer):
        allowed |= Q(issuer_agency_id=viewer.agency_id)
    if viewer.has(Role.SUPERVISION_OFFICE):
        allowed |= Q(division_id=viewer.division_id)
    rows = rows.filter(allowed)
    return rows.select_related("issuer_agency", "leader_post", "subject").order_by("-issued_on", "-pk")


def order_for(viewer: Viewer, order_id: int) -> SupervisionOrder:
    """One order.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    order = orders(viewer).filter(pk=order_id).first()
    if order is None:
        raise NotFound
    return order


def order_counts(viewer: Viewer, order_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """For each order how many tasks the viewer may see in it, how many are open, red and closed; one query."""
    counted = (
        visible_tasks(viewer)
        .filter(order_id__in=list(order_ids))
        .values("order_id")
        .annotate(
            total=Count("pk"),
            open=Count("pk", filter=Q(is_open=True)),
            red=Count("pk", filter=light_condition(StatusLight.RED, clock.today())),
            closed=Count("pk", filter=Q(state=TaskState.CLOSED)),
        )
    )
    return {row["order_id"]: {**row} for row in counted}


def tasks_of(viewer: Viewer, order: SupervisionOrder) -> QuerySet[SupervisedTask]:
    """The order's tasks that the viewer may see, by number, with their lights."""
    rows = with_light(visible_tasks(viewer).filter(order=order), clock.today())
    named = Prefetch("parts", queryset=TaskPart.objects.select_related("agency").order_by("role", "pk"))
    return rows.select_related("lead_agency", "awaited_agency").prefetch_related(named).order_by("number")


def earlier_demands(
    viewer: Viewer, agency_ids: Iterable[int], *, subject_id: int | None, since: date | None = None
) -> QuerySet[TaskPart]:
    """What was already asked of these agencies by inspections and demands for reports, about that subject.

    The Regulations on Government Inspection (article 15) forbid repeated inspection; without a subject, everything of
    the last year is shown; what was taken back does not count. For those who issue orders.
    """
    if not may_draft_orders(viewer):
        return TaskPart.objects.none()
    rows = TaskPart.objects.filter(
        agency_id__in=list(agency_ids),
        division_id__in=viewer.division_ids,
        task__order__kind__in=[OrderKind.INSPECTION, OrderKind.REPORT_DEMAND],
        task__order__issued_on__gte=since or clock.today() - timedelta(days=365),
    )
    if subject_id is not None:
        rows = rows.filter(Q(task__subject_id=subject_id) | Q(task__order__subject_id=subject_id))
    asked = rows.exclude(state__in=[PartState.MOVED, PartState.DRAFTED]).exclude(task__state=TaskState.WITHDRAWN)
    return asked.select_related("task__order", "agency").order_by("-task__order__issued_on", "pk")


def repeated_demands(viewer: Viewer, drafts: Iterable[SupervisedTask]) -> list[TaskPart]:
    """What other inspections and demands for reports asked of the agencies of these drafts, should they be such too.

    Drafts come with their order and parts; one query for each order and subject among them.
    """
    asked: dict[tuple[int, int | None], set[int]] = {}
    for task in drafts:
        if task.order.kind is not OrderKind.ASSIGNMENT:
            agency_ids = asked.setdefault((task.order_id, task.subject_id), set())
            agency_ids |= {part.agency_id for part in task.parts.all()}
    found: dict[int, TaskPart] = {}
    for (order_id, subject_id), wanted in asked.items():
        rows = earlier_demands(viewer, wanted, subject_id=subject_id).exclude(task__order_id=order_id)
        found |= {part.pk: part for part in rows}
    return list(found.values())


# --- conclusions -----------------------------------------------------------------------------------------------------
def conclusions(viewer: Viewer) -> QuerySet[Conclusion]:
    """Conclusions: the office and the leaders see all, an issuer those of its orders, an agency its own."""
    rows = Conclusion.objects.filter(division_id__in=viewer.division_ids)
    if not viewer.has(*OVERSEEING_ROLES):
        issued = Q(order__issuer_agency_id=viewer.agency_id) if may_draft_orders(viewer) else Q()
        rows = rows.filter(Q(agency_id__in=viewer.agency_ids) | issued)
    return rows.select_related("order", "agency", "objection").order_by("-delivered_on", "-pk")


def conclusion_for(viewer: Viewer, conclusion_id: int) -> Conclusion:
    """One conclusion.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = conclusions(viewer).filter(pk=conclusion_id).first()
    if found is None:
        raise NotFound
    return found


def objection_for(viewer: Viewer, objection_id: int) -> Objection:
    """One objection to a conclusion that the viewer may see.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    rows = Objection.objects.filter(conclusion__in=conclusions(viewer)).select_related("conclusion")
    found = rows.filter(pk=objection_id).first()
    if found is None:
        raise NotFound
    return found


# --- what is red -----------------------------------------------------------------------------------------------------
def red_by_agency(viewer: Viewer, agency_ids: Iterable[int] | None = None) -> list[dict[str, object]]:
    """Each agency with how many of the open tasks that wait for it are red and yellow, and since when; longest first.

    ``agency_ids`` narrows it to these agencies.
    """
    today = clock.today()
    tasks = visible_tasks(viewer).filter(is_open=True)
    tasks = tasks if agency_ids is None else tasks.filter(awaited_agency_id__in=list(agency_ids))
    rows = tasks.values("awaited_agency_id", "awaited_agency__name")
    is_red = light_condition(StatusLight.RED, today)
    counted = rows.annotate(
        red=Count("pk", filter=is_red),
        yellow=Count("pk", filter=light_condition(StatusLight.YELLOW, today)),
        total=Count("pk"),
        since=Min("red_on", filter=is_red),
    )
    worst_first = (F("since").asc(nulls_last=True), "-red", "-yellow", "awaited_agency__name")
    return [{**row} for row in counted.filter(Q(red__gt=0) | Q(yellow__gt=0)).order_by(*worst_first)]


# --- imports ---------------------------------------------------------------------------------------------------------
def import_drafts(viewer: Viewer) -> QuerySet[ImportDraft]:
    """Lists that the viewer's post is reading in and has not finished, newest file first, by sheet; cells deferred."""
    rows = ImportDraft.objects.filter(post_id=viewer.post_id, order=None)
    return rows.defer("sheet").order_by("-created_at", "sheet_index")


def import_draft_for(viewer: Viewer, draft_id: int) -> ImportDraft:
    """One list that is being read in.

    Raises:
        NotFound: none such, finished, or another post's.
    """
    draft = import_drafts(viewer).filter(pk=draft_id).first()
    if draft is None:
        raise NotFound
    return draft


def finished_imports(viewer: Viewer) -> QuerySet[ImportDraft]:
    """Lists that became orders which the viewer may see, newest first."""
    rows = ImportDraft.objects.filter(order__in=orders(viewer)).defer("sheet")
    return rows.select_related("order", "post__agency").order_by("-updated_at", "-pk")


def earlier_imports(viewer: Viewer, draft: ImportDraft) -> list[ImportDraft]:
    """What the very same sheet of the very same file has become in the division already."""
    same = {"division_id": draft.division_id, "digest": draft.digest, "sheet_index": draft.sheet_index}
    return list(finished_imports(viewer).filter(**same))


def remembered_columns(viewer: Viewer, shape: str) -> list[str] | None:
    """What the columns of a sheet of this shape meant the last time in the viewer's division, from left to right."""
    rows = ColumnMemory.objects.filter(division_id=viewer.division_id, shape=shape)
    return rows.values_list("columns", flat=True).first()


def nameable_agencies(viewer: Viewer) -> list[tuple[int, tuple[str, ...], frozenset[str]]]:
    """Agencies of the viewer's division as a list may name them: number, all names, groups it answers to."""
    rows = agencies(viewer).filter(division_id=viewer.division_id)
    return [
        (row.pk, tuple(name for name in (row.name, row.short_name, *row.other_names) if name), frozenset(row.groups))
        for row in rows
    ]


def nameable_leaders(viewer: Viewer) -> dict[str, int]:
    """The division's leaders by the name of their post; a name that two posts have means none."""
    numbers = posts_with_role(viewer.division_id, "county_leader", clock.today())
    found: dict[str, list[int]] = {}
    for number, name in posts(viewer).filter(pk__in=numbers).values_list("pk", "name"):
        found.setdefault(name, []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}
