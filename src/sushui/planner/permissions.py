"""Who may do what with pools, scenarios and plans. Which ones a viewer may know of is said in `queries`."""

from __future__ import annotations

import rules

from sushui.kernel.models import Record
from sushui.kernel.viewer import Viewer
from sushui.projects.permissions import may_keep_ledger, may_see_all_projects


@rules.predicate
def may_open_planner(viewer: Viewer, record: object = None) -> bool:
    """Whose work is the whole ledger."""
    return bool(may_see_all_projects(viewer))


@rules.predicate
def may_plan(viewer: Viewer, record: object = None) -> bool:
    """Enter pools, draw up scenarios, ask for plans: the project office."""
    return bool(may_keep_ledger(viewer))


@rules.predicate
def may_keep_planned(viewer: Viewer, record: Record) -> bool:
    """Change a pool or scenario and run it: the project office of its division."""
    return bool(may_plan(viewer)) and record.division_id == viewer.division_id


@rules.predicate
def may_adopt_plan(viewer: Viewer, record: Record) -> bool:
    """Make a plan the next draft of the portfolio: who drafts that list. The leaders approve it there."""
    return bool(may_keep_planned(viewer, record))
