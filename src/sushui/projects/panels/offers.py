"""What can be done to a project now, by this viewer; and what cannot be done yet, with the reason.

What a viewer may never do is not offered at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects import queries
from sushui.projects.enums import ProjectStage
from sushui.projects.models import Bottleneck, FundsReceived, Milestone, Project
from sushui.projects.permissions import may_edit_project, may_enroll_project, may_report_on_project
from sushui.projects.rules.ratios import is_producing
from sushui.projects.rules.stages import AT_REST, BEFORE_START, LIFE, is_built_in
from sushui.supervision.enums import TaskState
from sushui.supervision.permissions import may_raise_tasks

# What an act is called on a button; the key is its place in the address.
LABELS = {
    "report": msg("Report a month"),
    "plan": msg("Plan the year"),
    "postpone": msg("Postpone the start"),
    "move": msg("Move to another stage"),
    "correct-days": msg("Correct start and completion"),
    "add-milestone": msg("Add a milestone"),
    "receive": msg("Record funds received"),
    "enroll": msg("Record the enrollment"),
    "record-output": msg("Record the yearly output"),
    "raise-bottleneck": msg("Record a bottleneck"),
    "raise-task": msg("Raise a task"),
    "edit": msg("Edit"),
    "locate": msg("Place on the map"),
    "reach": msg("Reached"),
    "drop": msg("Take away"),
    "pay": msg("Record a payment"),
    "resolve": msg("Resolved"),
}
Reason = str | None  # None: not offered; empty: it can be done; else why it cannot be done yet


@dataclass(frozen=True)
class Offer:
    """An act that is offered; ``blocked`` says why it cannot be done yet."""

    verb: str
    url: str
    blocked: str = ""

    @property
    def label(self) -> str:
        return _(LABELS[self.verb])


def project_offers(viewer: Viewer, project: Project) -> list[Offer]:
    """Acts on a project, in the order of their use."""
    found = [(verb, reason(viewer, project)) for verb, reason in _ACTS.items()]
    return [Offer(verb, project_url(project, verb), reason) for verb, reason in found if reason is not None]


def project_url(project: Project, verb: str) -> str:
    return reverse(f"projects:{verb}", args=[project.pk])


def _report(viewer: Viewer, project: Project) -> Reason:
    if not may_report_on_project(viewer, project):
        return None
    if project.stage in AT_REST and not is_built_in(queries.month_to_report(clock.today()), project):
        return _("The project is at rest: nothing is reported.")
    return "" if project.started_on is not None else _("Figures are reported once construction has begun.")


def _edits(viewer: Viewer, project: Project) -> Reason:
    return "" if may_edit_project(viewer, project) else None


def _plan(viewer: Viewer, project: Project) -> Reason:
    if not may_edit_project(viewer, project) or project.stage is ProjectStage.TERMINATED:
        return None
    return ""


def _postpone(viewer: Viewer, project: Project) -> Reason:
    if not may_edit_project(viewer, project) or project.stage not in BEFORE_START:
        return None
    return "" if project.planned_start_month else _("No start is planned: give it first, by editing the project.")


def _move(viewer: Viewer, project: Project) -> Reason:
    return "" if may_edit_project(viewer, project) and project.stage is not ProjectStage.TERMINATED else None


def _days(viewer: Viewer, project: Project) -> Reason:
    """Where a day is missing that the stage has; a day that stands is corrected from the page of the gates."""
    has_begun = project.stage in LIFE and project.stage not in BEFORE_START
    is_missing = has_begun and project.started_on is None
    return "" if is_missing and may_edit_project(viewer, project) else None


def _enroll(viewer: Viewer, project: Project) -> Reason:
    if not may_enroll_project(viewer, project) or project.enrolled_on is not None:
        return None
    return "" if project.started_on is not None else _("A project is enrolled once construction has begun.")


def _output(viewer: Viewer, project: Project) -> Reason:
    """Offered once a project produces: before that there is nothing to be told."""
    return "" if is_producing(project.stage) and may_report_on_project(viewer, project) else None


def _bottleneck(viewer: Viewer, project: Project) -> Reason:
    if not may_report_on_project(viewer, project) or project.stage is ProjectStage.TERMINATED:
        return None
    return ""


def _raise_task(viewer: Viewer, project: Project) -> Reason:
    return "" if project.subject is not None and may_raise_tasks(viewer, project.subject) else None


_ACTS: dict[str, Callable[[Viewer, Project], Reason]] = {
    "report": _report,
    "plan": _plan,
    "postpone": _postpone,
    "move": _move,
    "correct-days": _days,
    "add-milestone": _edits,
    "receive": _edits,
    "enroll": _enroll,
    "record-output": _output,
    "raise-bottleneck": _bottleneck,
    "raise-task": _raise_task,
    "edit": _edits,
    "locate": _edits,
}


# --- on the facts of a project ---------------------------------------------------------------------------------------
def milestone_offers(viewer: Viewer, milestone: Milestone, project: Project) -> list[Offer]:
    """Acts on a milestone that is not reached."""
    if milestone.reached_on is not None:
        return []
    allowed = {"reach": may_report_on_project(viewer, project), "drop": may_edit_project(viewer, project)}
    return _offers("milestone", milestone, [verb for verb, may in allowed.items() if may])


def funds_offers(viewer: Viewer, received: FundsReceived, project: Project, *, is_left: bool) -> list[Offer]:
    """A payment while something is left of the money."""
    return _offers("funds", received, ["pay"] if is_left and may_report_on_project(viewer, project) else [])


def bottleneck_offers(viewer: Viewer, bottleneck: Bottleneck, project: Project) -> list[Offer]:
    is_open = bottleneck.resolved_on is None
    if not is_open or not may_report_on_project(viewer, project):
        return []
    has_task = bottleneck.task is not None and bottleneck.task.state is not TaskState.WITHDRAWN
    may_raise = project.subject is not None and may_raise_tasks(viewer, project.subject)
    verbs = ["resolve", "raise-task"] if may_raise and not has_task else ["resolve"]
    return _offers("bottleneck", bottleneck, verbs)


def _offers(kind: str, record: Milestone | FundsReceived | Bottleneck, verbs: Sequence[str]) -> list[Offer]:
    return [Offer(verb, reverse(f"projects:{kind}-{verb}", args=[record.pk])) for verb in verbs]
