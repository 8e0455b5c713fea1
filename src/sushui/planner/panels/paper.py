"""A plan on one sheet, for those who decide: what is in, what is out and why, what is used, what was said otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sushui.kernel import clock
from sushui.kernel.viewer import Viewer
from sushui.kernel.wording import money_in_words
from sushui.planner import queries
from sushui.planner.models import Run
from sushui.planner.panels.sheet import FactorLine, OutLine, PlanSheet, ProjectLine
from sushui.planner.panels.wording import change_words, gap_words

MOST_IN, MOST_OUT, MOST_FACTORS, MOST_CHANGES = 12, 8, 6, 5


@dataclass(frozen=True)
class Shown:
    """The first rows of a list, and how many more there are."""

    rows: Sequence[ProjectLine] | Sequence[OutLine] | Sequence[FactorLine] | Sequence[str]
    more: int


@dataclass
class PaperSheet:
    """The decision paper of a run; what does not fit on its sheet is counted and stands on the run's page."""

    viewer: Viewer
    run: Run

    @cached_property
    def plan(self) -> PlanSheet:
        return PlanSheet(self.viewer, self.run)

    @property
    def agency(self) -> str:
        """Whose paper it is: the agency of the post that asked for the run."""
        return str(self.run.post.agency)

    @property
    def day(self) -> date:
        return clock.today()

    @cached_property
    def summary(self) -> str:
        """The answer in one paragraph."""
        plan = self.plan
        said = {
            "year": self.run.scenario.year,
            "name": self.run.scenario.name,
            "out": len(plan.outside),
            "lacking": len(plan.lacking),
            "invested": money_in_words(plan.invested),
            "gap": gap_words(self.run),
        }
        words = ngettext(
            "By the scenario “%(name)s”, %(count)d project goes into the list of %(year)s, doing %(invested)s of "
            "investment in the year; %(out)d are left out, and %(lacking)d cannot be planned yet. The plan is %(gap)s.",
            "By the scenario “%(name)s”, %(count)d projects go into the list of %(year)s, doing %(invested)s of "
            "investment in the year; %(out)d are left out, and %(lacking)d cannot be planned yet. The plan is %(gap)s.",
            len(plan.inside),
        )
        return words % {**said, "count": len(plan.inside)}

    @cached_property
    def inside(self) -> Shown:
        """The largest first."""
        rows = sorted(self.plan.inside, key=lambda line: -line.invested)
        return Shown(rows[:MOST_IN], max(0, len(rows) - MOST_IN))

    @property
    def rest_invested(self) -> Decimal:
        """What those that are only counted do in the year."""
        shown = {line.number for line in self.inside.rows if isinstance(line, ProjectLine)}
        return sum((line.invested for line in self.plan.inside if line.number not in shown), Decimal())

    @cached_property
    def outside(self) -> Shown:
        rows = self.plan.outside
        return Shown(rows[:MOST_OUT], max(0, len(rows) - MOST_OUT))

    @cached_property
    def factors(self) -> Shown:
        """The tightest first."""
        rows = self.plan.factors
        return Shown(rows[:MOST_FACTORS], max(0, len(rows) - MOST_FACTORS))

    @cached_property
    def changes(self) -> Shown:
        """What a new plan changes of the one before; else what the scenario says otherwise than the registers."""
        affected = self.plan.affected
        if affected is not None:
            said = _("%(project)s: %(what)s")
            rows = [said % {"project": line.name, "what": line.by or line.what} for line in affected.lines]
        else:
            rows = [change_words(each) for each in queries.changes_of(self.run.scenario)]
        return Shown(rows[:MOST_CHANGES], max(0, len(rows) - MOST_CHANGES))
