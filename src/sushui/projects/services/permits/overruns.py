"""A step over its limit becomes a supervised task of the agency that holds it: once for each limit that passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError
from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import Role
from sushui.organizations.queries import posts_with_role, users_at, viewer_for
from sushui.projects.enums.permits import PermitVerb
from sushui.projects.models import PermitOverrun, PermitPlan, PermitStep
from sushui.projects.queries.permits import late_steps_of, permit_tasks_of, projects_to_raise
from sushui.supervision.enums import OrderSource
from sushui.supervision.services import TaskDraft, raise_tasks

log = structlog.get_logger(__name__)
CLOCKWORK = "clockwork"


def raise_what_is_late() -> int:
    """Make tasks of every limit that passed and was not yet made one; gives how many. Several workers may run it.

    What is refused for one project (the agency that holds the step has closed) waits for the next turn; the others
    go on.
    """
    return sum(_tried_for(project_id) for project_id in projects_to_raise())


def _tried_for(project_id: int) -> int:
    try:
        return _raise_for(project_id)
    except DomainError as refused:
        log.warning("permit_overrun_refused", project=project_id, code=refused.code, said=str(refused))
        return 0


@transaction.atomic
def _raise_for(project_id: int) -> int:
    """The late steps of one project, its plan held meanwhile.

    Where an older task about the same step is still open, the new limit is noted at that one: an agency is not asked
    twice for the same paper.
    """
    held = PermitPlan.objects.select_for_update(of=("self",)).filter(project_id=project_id)
    late = late_steps_of([plan.pk for plan in held])
    tasks = permit_tasks_of(step.pk for step in late)
    to_ask = []
    for step in late:
        older = tasks.get(step.pk)
        if older is not None and older.task.is_open:
            _note(step, older.task_id)
        else:
            to_ask.append(step)
    if to_ask:
        _ask(to_ask)
    return len(late)


def _ask(steps: Sequence[PermitStep]) -> None:
    """One order of the project office for a project, a task for each step; nothing while nobody sits there."""
    project = steps[0].project
    issuer = _issuer(project.division_id)
    if issuer is None or project.subject is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = _("Permits over their limit: %(project)s") % {"project": project.name}
        drafts = [_draft(step) for step in steps]
    made = raise_tasks(issuer, project.subject, drafts, title=title[:255], source=OrderSource.DOCUMENT)
    for step, task in zip(steps, made, strict=True):
        _note(step, task.pk)
        after = {"step": step.name, "due_on": step.due_on}
        record_act(issuer, PermitVerb.OVERRUN, project, after=after)


def _draft(step: PermitStep) -> TaskDraft:
    said = {"project": step.project.name, "step": step.name, "day": f"{step.due_on}"}
    text = _("%(project)s: decide on “%(step)s”, whose limit ended on %(day)s") % said
    return TaskDraft(text, lead_agency_id=step.agency_id)


def _note(step: PermitStep, task_id: int) -> None:
    assert step.due_on is not None, "what is late was due"
    PermitOverrun.objects.create(step=step, due_on=step.due_on, task_id=task_id, at=clock.now())


def _issuer(division_id: int) -> Viewer | None:
    """The project office's seat, else the supervision office's, in which the clockwork acts; None while both are empty.

    The audit chain names the clockwork and the seat, not the person who sits there: nobody did it.
    """
    for role in (Role.PROJECT_OFFICE, Role.SUPERVISION_OFFICE):
        seated = users_at(posts_with_role(division_id, role, clock.today()), clock.today())
        for post_id, people in sorted(seated.items()):
            user = User.objects.filter(pk__in=people).order_by("pk").first()
            viewer = viewer_for(user, post_id) if user is not None else None
            if viewer is not None:
                return replace(viewer, user_id=None, user_name=CLOCKWORK)  # type: ignore[arg-type]
    return None
