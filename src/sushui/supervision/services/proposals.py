"""Problems that somebody found become tasks: assigned at once by whoever may, else proposed to the office.

A proposal is an order whose issuer may not issue: its tasks stay drafts, which the supervision office of the division
sees, completes and assigns like its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.batches import batch
from sushui.kernel.errors import Forbidden
from sushui.kernel.models import Subject
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices.enums import NoticeTone
from sushui.notices.services import open_moment, post_notice
from sushui.organizations.enums import Role
from sushui.organizations.queries import posts_with_role
from sushui.supervision.enums import OrderSource, OrderVerb
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from sushui.supervision.permissions import may_assign_raised, may_raise_tasks
from sushui.supervision.services.notify import url_of
from sushui.supervision.services.orders import TaskDraft, give_out, number_order, write_drafts

PROPOSED = msg("%(agency)s proposes: %(title)s")


@transaction.atomic
def raise_tasks(
    viewer: Viewer,
    subject: Subject,
    drafts: Sequence[TaskDraft],
    *,
    title: str,
    source: OrderSource = OrderSource.VISIT,
    note: str = "",
) -> list[SupervisedTask]:
    """Make tasks about a subject of what was found there, under one order of the subject's division, all or none.

    Whoever may assign there gives those out at once that name a lead agency; the rest stay drafts, of which the
    supervision office is told. The room that calls has looked whether the viewer may know of the subject.

    Raises:
        Forbidden: the viewer may raise nothing in that division.
        DomainError: ``elsewhere``, ``day_too_far``, ``text_missing``, ``deadline_past``.
    """
    if not may_raise_tasks(viewer, subject):
        raise Forbidden
    may_assign = bool(may_assign_raised(viewer, subject))
    order = number_order(
        viewer, subject.division_id, title=title, source=source, issued_on=clock.today(), subject=subject, note=note
    )
    # The order carries the subject; it was looked at by whoever calls, in that room's own way.
    tasks = write_drafts(viewer, order, [replace(draft, subject_id=None) for draft in drafts])
    ready = [task for task in tasks if may_assign and task.lead_agency_id is not None]
    with batch():
        given = {task.pk: task for task in give_out(viewer, ready, allowed=True)}
    made = [given.get(task.pk, task) for task in tasks]
    _tell_office(viewer, order, [task for task in made if not task.is_open])
    return made


def _tell_office(viewer: Viewer, order: SupervisionOrder, proposed: Sequence[SupervisedTask]) -> None:
    """One line in the order's story and one notice for all that wait to be assigned."""
    if not proposed:
        return
    record_act(viewer, OrderVerb.PROPOSE, order, after={"title": order.title, "tasks": len(proposed)})
    office = posts_with_role(order.division_id, Role.SUPERVISION_OFFICE, clock.today())
    post_notice(
        key=f"supervision.proposal:{order.pk}",
        division_id=order.division_id,
        post_ids=[post for post in office if post != viewer.post_id],
        msgid=PROPOSED,
        params={"agency": viewer.agency_name, "title": proposed[0].title[:80]},
        url=url_of(proposed[0]),
        tone=NoticeTone.PLAIN,
        due_at=open_moment(order.division_id, clock.now()),
    )
