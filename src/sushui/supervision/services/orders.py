"""Drafting orders and tasks, assigning and withdrawing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, locks
from sushui.kernel.audit import record_act, record_acts
from sushui.kernel.batches import batch
from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.models import Subject
from sushui.kernel.requirements import require_text
from sushui.kernel.search import ToVector
from sushui.kernel.subjects import visible_subjects
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import agencies, posts
from sushui.supervision.enums import (
    NodeCycle,
    OrderKind,
    OrderSource,
    OrderVerb,
    PartRole,
    PartState,
    TaskKind,
    Verb,
)
from sushui.supervision.models import SupervisedTask, SupervisionOrder, TaskPart, TaskRequest
from sushui.supervision.permissions import is_issuer, may_draft_orders, may_manage_task, may_withdraw_task
from sushui.supervision.queries import repeated_demands, search_texts
from sushui.supervision.services.clocks import cancel_clocks, start_parts_clocks
from sushui.supervision.services.notify import tell_agencies, tell_agencies_of
from sushui.supervision.services.steps import Act, act_on, acts_on, changes, lapse_requests, require_countable

AT_ONCE = 2_000  # rows in one statement, so that neither its time nor memory grow with a long list
EDITABLE = (
    "title",
    "section",
    "kind",
    "leader_post_id",
    "leader_text",
    "lead_agency_id",
    "deadline_text",
    "deadline_on",
    "node_cycle",
    "note",
    "subject_id",
)


@dataclass(frozen=True)
class TaskDraft:
    """What a task is to be. Agencies by number; ``requests`` says what each supporting one is to do."""

    title: str
    lead_agency_id: int | None = None
    supporting_agency_ids: tuple[int, ...] = ()
    kind: TaskKind = TaskKind.GENERAL
    deadline_on: date | None = None
    deadline_text: str = ""
    node_cycle: NodeCycle | None = None
    section: str = ""
    leader_post_id: int | None = None
    leader_text: str = ""
    subject_id: int | None = None
    note: str = ""
    requests: Mapping[int, str] | None = None


@transaction.atomic
def draft_order(
    viewer: Viewer,
    *,
    title: str,
    source: OrderSource,
    issued_on: date,
    kind: OrderKind = OrderKind.ASSIGNMENT,
    leader_post_id: int | None = None,
    subject: Subject | None = None,
    note: str = "",
) -> SupervisionOrder:
    """Draft an order under the next number of the year.

    Raises:
        DomainError: ``elsewhere``, ``text_missing``.
    """
    if not may_draft_orders(viewer):
        raise Forbidden
    named = TaskDraft(title, leader_post_id=leader_post_id, subject_id=subject.pk if subject else None)
    require_ours(viewer, viewer.division_id, [named])
    return number_order(
        viewer,
        viewer.division_id,
        title=title,
        source=source,
        issued_on=issued_on,
        kind=kind,
        leader_post_id=leader_post_id,
        subject=subject,
        note=note,
    )


def number_order(
    viewer: Viewer,
    division_id: int,
    *,
    title: str,
    source: OrderSource,
    issued_on: date,
    kind: OrderKind = OrderKind.ASSIGNMENT,
    leader_post_id: int | None = None,
    subject: Subject | None = None,
    note: str = "",
) -> SupervisionOrder:
    """Write an order of a division down under the next number of its year; who may was asked before."""
    locks.hold(f"supervision.order:{division_id}:{issued_on.year}")
    taken = SupervisionOrder.objects.filter(division_id=division_id, year=issued_on.year)
    order = SupervisionOrder.objects.create(
        division_id=division_id,
        year=issued_on.year,
        number=(taken.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        source=source,
        title=require_text(title, "Title"),
        issued_on=issued_on,
        issuer_post_id=viewer.post_id,
        issuer_agency_id=viewer.agency_id,
        leader_post_id=leader_post_id,
        subject=subject,
        note=note,
    )
    record_act(viewer, OrderVerb.DRAFT, order, after={"title": order.title, "number": order.number, "kind": kind})
    return order


@transaction.atomic
def draft_task(viewer: Viewer, order: SupervisionOrder, draft: TaskDraft) -> SupervisedTask:
    """Draft one task of an order."""
    return draft_tasks(viewer, order, [draft])[0]


@transaction.atomic
def draft_tasks(viewer: Viewer, order: SupervisionOrder, drafts: Sequence[TaskDraft]) -> list[SupervisedTask]:
    """Draft many tasks at once, all or none; a handful of statements however many there are.

    Raises:
        DomainError: ``elsewhere``, ``day_too_far``, ``text_missing``.
    """
    if not is_issuer(viewer, order):
        raise Forbidden
    return write_drafts(viewer, order, drafts)


def write_drafts(viewer: Viewer, order: SupervisionOrder, drafts: Sequence[TaskDraft]) -> list[SupervisedTask]:
    """Write drafts into an order, all or none; who may was asked before."""
    SupervisionOrder.objects.select_for_update().get(pk=order.pk)
    require_ours(viewer, order.division_id, drafts)
    require_countable(draft.deadline_on for draft in drafts)
    last = order.tasks.aggregate(last=Max("number"))["last"] or 0
    numbered = list(enumerate(drafts, start=last + 1))
    tasks = SupervisedTask.objects.bulk_create([_task(order, number, draft) for number, draft in numbered], AT_ONCE)
    pairs = list(zip(tasks, drafts, strict=True))
    TaskPart.objects.bulk_create([part for task, draft in pairs for part in _parts(task, draft)], AT_ONCE)
    record_acts(viewer, Verb.DRAFT, [(task, {}, {"title": task.title, "order": order.pk}, "") for task in tasks])
    return tasks


def require_ours(viewer: Viewer, division_id: int | None, drafts: Sequence[TaskDraft]) -> None:
    """Refuse agencies, leaders and subjects of another division, that the viewer may not see or that are gone.

    Raises:
        DomainError: ``elsewhere``.
    """
    agency_ids = {agency for draft in drafts for agency in (draft.lead_agency_id, *draft.supporting_agency_ids)}
    named = [
        (agencies(viewer), agency_ids),
        (posts(viewer), {draft.leader_post_id for draft in drafts}),
        (visible_subjects(viewer), {draft.subject_id for draft in drafts}),
    ]
    for rows, numbers in named:
        wanted = numbers - {None}
        if wanted and rows.filter(pk__in=wanted, division_id=division_id).count() != len(wanted):
            raise DomainError(
                "elsewhere",
                _("An agency, leader or subject named here is not of this division."),
                _("Choose it again from the list."),
            )


def _task(order: SupervisionOrder, number: int, draft: TaskDraft) -> SupervisedTask:
    task = SupervisedTask(
        division_id=order.division_id,
        order=order,
        number=number,
        title=require_text(draft.title, "Task"),
        section=draft.section,
        kind=draft.kind,
        subject_id=draft.subject_id or order.subject_id,
        leader_post_id=draft.leader_post_id or order.leader_post_id,
        leader_text=draft.leader_text,
        lead_agency_id=draft.lead_agency_id,
        deadline_text=draft.deadline_text,
        deadline_on=draft.deadline_on,
        node_cycle=draft.node_cycle or "",
        note=draft.note,
    )
    task.search = ToVector(*search_texts(task))
    return task


def _parts(task: SupervisedTask, draft: TaskDraft) -> list[TaskPart]:
    requests = draft.requests or {}
    supporting = [agency for agency in dict.fromkeys(draft.supporting_agency_ids) if agency != draft.lead_agency_id]
    roles = [(agency, PartRole.SUPPORTING) for agency in supporting]
    if draft.lead_agency_id is not None:
        roles.insert(0, (draft.lead_agency_id, PartRole.LEAD))
    return [
        TaskPart(division_id=task.division_id, task=task, agency_id=agency, role=role, request=requests.get(agency, ""))
        for agency, role in roles
    ]


@transaction.atomic
def edit_task(viewer: Viewer, task: SupervisedTask, draft: TaskDraft, *, seen_version: int) -> SupervisedTask:
    """Change a task that is still a draft.

    Raises:
        StaleRecord: somebody else changed it meanwhile.
        DomainError: ``not_a_draft``, ``elsewhere``, ``day_too_far``, ``text_missing``.
    """
    if not may_manage_task(viewer, task):
        raise Forbidden
    current = SupervisedTask.objects.select_for_update(of=("self",)).select_related("order").get(pk=task.pk)
    check_version(current, seen_version)
    if current.state != "drafted":
        raise DomainError(
            "not_a_draft",
            _("Task %(number)s was assigned and is no longer a draft."),
            _("Withdraw it, or ask for an extension, instead."),
            number=current.number,
        )
    new = _task(current.order, current.number, draft)
    # What it hangs on already may be something that only its issuer sees.
    is_same = draft.subject_id == current.subject_id
    require_ours(viewer, current.division_id, [replace(draft, subject_id=None) if is_same else draft])
    require_countable([draft.deadline_on])
    before = {name: getattr(current, name) for name in EDITABLE if getattr(current, name) != getattr(new, name)}
    after = {name: getattr(new, name) for name in before}
    for name in (*EDITABLE, "search"):
        setattr(current, name, getattr(new, name))
    save_changes(current, *EDITABLE, "search")
    before["supporting"] = _supporting(current)
    current.parts.all().delete()
    TaskPart.objects.bulk_create(_parts(current, draft))
    after["supporting"] = _supporting(current)
    record_act(viewer, Verb.EDIT, current, before=before, after=after)
    return current


def _supporting(task: SupervisedTask) -> list[str]:
    rows = task.parts.filter(role=PartRole.SUPPORTING).select_related("agency").order_by("pk")
    return [str(part.agency) for part in rows]


def assign_task(
    viewer: Viewer, task: SupervisedTask, *, note: str = "", seen_version: int | None = None
) -> SupervisedTask:
    """Give a drafted task to its agencies: their parts open and their clocks start today.

    ``note`` says why, where something like it was asked of them before.

    Raises:
        DomainError: ``wrong_state``; ``no_lead`` without a lead agency; ``deadline_past``; ``asked_before`` where an
            inspection or a demand for reports repeats an earlier one and no ``note`` says why.
    """
    allowed = bool(may_manage_task(viewer, task))
    (given,) = give_out(viewer, [task], allowed=allowed, note=note, seen_version=seen_version)
    return given


def assign_tasks(viewer: Viewer, tasks: Sequence[SupervisedTask], *, note: str = "") -> list[SupervisedTask]:
    """Assign many drafts, all or none; the refusal names the first that cannot be assigned."""
    with batch():
        return give_out(viewer, tasks, allowed=all(may_manage_task(viewer, task) for task in tasks), note=note)


def give_out(
    viewer: Viewer,
    tasks: Sequence[SupervisedTask],
    *,
    allowed: bool,
    note: str = "",
    seen_version: int | None = None,
) -> list[SupervisedTask]:
    """Assign drafts if that is ``allowed``, all or none; gives them in the order of their numbers."""
    with acts_on(viewer, Verb.ASSIGN, {task.pk for task in tasks}, allowed=allowed) as acts:
        parts: dict[int, list[TaskPart]] = {act.task.pk: [] for act in acts}
        for part in TaskPart.objects.filter(task__in=parts).select_related("agency").order_by("pk"):
            parts[part.task_id].append(part)
        for act in acts:
            check_version(act.task, seen_version)
            _assign(act, parts[act.task.pk], note)
        opened = [part.pk for act in acts for part in parts[act.task.pk]]
        TaskPart.objects.filter(pk__in=opened).update(state=PartState.ASSIGNED)
        start_parts_clocks((act.table, act.task, part) for act in acts for part in parts[act.task.pk])
        tell_agencies_of([(act, parts[act.task.pk]) for act in acts])
    return [act.task for act in acts]


def _assign(act: Act, parts: Sequence[TaskPart], note: str) -> None:
    _require_assignable(act.task, parts)
    _require_reason_to_repeat(act.viewer, act.task, note)
    act.move()
    act.set(assigned_on=clock.today())
    act.after["agencies"] = [str(part.agency) for part in parts]
    act.note = note.strip()


def _require_assignable(task: SupervisedTask, parts: Sequence[TaskPart]) -> None:
    if not any(part.role is PartRole.LEAD for part in parts):
        raise DomainError(
            "no_lead",
            _("Task %(number)s has no lead agency."),
            _("Open it and name the agency that answers for it."),
            number=task.number,
        )
    if task.deadline_on is not None and task.deadline_on < clock.today():
        raise DomainError(
            "deadline_past",
            _("The deadline of task %(number)s, %(day)s, has passed."),
            _("Give it a deadline from today on."),
            number=task.number,
            day=task.deadline_on.isoformat(),
        )


def _require_reason_to_repeat(viewer: Viewer, task: SupervisedTask, note: str) -> None:
    """Repeated inspection is forbidden (Regulations on Government Inspection, article 15): say why this is none."""
    if note.strip():
        return
    earlier = repeated_demands(viewer, [task])
    if earlier:
        raise DomainError(
            "asked_before",
            _("%(agency)s was asked about this before: “%(title)s”, %(day)s. Repeated inspection is forbidden."),
            _("Look at what was asked; if this is needed all the same, say why."),
            agency=str(earlier[0].agency),
            title=earlier[0].task.order.title,
            day=earlier[0].task.order.issued_on.isoformat(),
        )


def withdraw_task(
    viewer: Viewer, task: SupervisedTask, *, reason: str, seen_version: int | None = None
) -> SupervisedTask:
    """Take a task back: its clocks end, its story stays; of a draft nobody hears."""
    allowed = may_withdraw_task(viewer, task)
    with act_on(viewer, Verb.WITHDRAW, task.pk, allowed=allowed, seen_version=seen_version) as act:
        act.note = require_text(reason, "Reason")
        act.move()
        cancel_clocks(act.task)
        parts = list(act.task.parts.filter(is_open=True).select_related("agency"))
        act.task.parts.filter(is_open=True).update(state=PartState.ENDED, version=F("version") + 1)
        lapse_requests(act, TaskRequest.objects.filter(part__task=act.task))
        act.after |= changes(agencies=[str(part.agency) for part in parts])
        tell_agencies(act, parts)
    return act.task
