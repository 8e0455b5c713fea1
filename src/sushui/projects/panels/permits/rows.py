"""Rows of the county's list of permit steps, as they were read last: what can be filed, what is over, whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.projects.enums.permits import PermitState
from sushui.projects.models import PermitOverrun, PermitStep
from sushui.projects.panels.permits.wording import called, state_in_words
from sushui.projects.queries.permits import permit_tasks_of
from sushui.projects.rules.permits import PROJECT_UNIT, light_of_state
from sushui.supervision.enums import StatusLight


@dataclass(frozen=True)
class PermitRow:
    """A step in a list, and the task that a passed limit became."""

    step: PermitStep
    overrun: PermitOverrun | None

    @property
    def title(self) -> str:
        return called(self.step)

    @property
    def state(self) -> str:
        return state_in_words(PermitState(self.step.state), is_own_work=self.step.agency_kind == PROJECT_UNIT)

    @property
    def light(self) -> StatusLight:
        return light_of_state(self.step.state, is_over=self.step.is_over)

    @property
    def why(self) -> str:
        """How far the end of the limit is, in calendar days: lists are read by the hundred."""
        if self.step.due_on is None:
            return ""
        days = (self.step.due_on - clock.today()).days
        if days < 0:
            return ngettext("%(days)d day over", "%(days)d days over", -days) % {"days": -days}
        if days == 0:
            return _("ends today")
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def permit_rows(steps: Sequence[PermitStep]) -> list[PermitRow]:
    """Rows of steps; one query for their tasks."""
    tasks = permit_tasks_of(step.pk for step in steps)
    return [PermitRow(step, tasks.get(step.pk)) for step in steps]
