"""Pages of the planner: fetch by queries, act by services."""

from sushui.planner.views.pools import add_money, add_pool, money_act, pool_act, pools
from sushui.planner.views.scenarios import (
    compare,
    draft_scenario,
    run,
    run_act,
    run_paper,
    run_progress,
    run_stakes,
    scenario,
    scenario_act,
    scenarios,
    undo_change,
)

__all__ = [
    "add_money",
    "add_pool",
    "compare",
    "draft_scenario",
    "money_act",
    "pool_act",
    "pools",
    "run",
    "run_act",
    "run_paper",
    "run_progress",
    "run_stakes",
    "scenario",
    "scenario_act",
    "scenarios",
    "undo_change",
]
