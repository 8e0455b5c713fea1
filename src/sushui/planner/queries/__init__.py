"""Every read of the planner, viewer first (what is said of given rows takes the rows)."""

from sushui.planner.queries.candidates import candidates
from sushui.planner.queries.pools import (
    money_for,
    money_in,
    money_of,
    pool_for,
    pools_in,
    pools_of,
    visible_money,
    visible_pools,
    years_with_pools,
)
from sushui.planner.queries.scenarios import (
    change_for,
    changes_of,
    newest_run,
    others_planned,
    planned_run,
    run_for,
    runs_left,
    runs_of,
    scenario_for,
    scenario_story,
    scenarios,
    visible_scenarios,
)

__all__ = [
    "candidates",
    "change_for",
    "changes_of",
    "money_for",
    "money_in",
    "money_of",
    "newest_run",
    "others_planned",
    "planned_run",
    "pool_for",
    "pools_in",
    "pools_of",
    "run_for",
    "runs_left",
    "runs_of",
    "scenario_for",
    "scenario_story",
    "scenarios",
    "visible_money",
    "visible_pools",
    "visible_scenarios",
    "years_with_pools",
]
