"""A call for an answer, out of turn."""

from __future__ import annotations

from sushui.kernel.viewer import Viewer
from sushui.notices.enums import NoticeTone
from sushui.supervision.enums import Verb
from sushui.supervision.models import SupervisedTask
from sushui.supervision.permissions import may_remind
from sushui.supervision.services.notify import tell_agencies
from sushui.supervision.services.steps import act_on, require_open


def remind(viewer: Viewer, task: SupervisedTask, *, note: str = "") -> None:
    """Call for an answer from everybody whose part is open.

    Raises:
        DomainError: ``not_open`` for a draft and for what has ended.
    """
    with act_on(viewer, Verb.REMIND, task.pk, allowed=may_remind(viewer, task)) as act:
        require_open(act.task)
        act.note = note.strip()
        tell_agencies(act, act.task.parts.filter(is_open=True).select_related("agency"), NoticeTone.YELLOW)
