"""Pages of projects: fetch by queries, act by services."""

from sushui.projects.views.acting import bottleneck_act, funds_act, milestone_act, project_act, register
from sushui.projects.views.ledger import drop_view, keep_view, ledger, ticked
from sushui.projects.views.own import own
from sushui.projects.views.project import figures, industries, project

__all__ = [
    "bottleneck_act",
    "drop_view",
    "figures",
    "funds_act",
    "industries",
    "keep_view",
    "ledger",
    "milestone_act",
    "own",
    "project",
    "project_act",
    "register",
    "ticked",
]
