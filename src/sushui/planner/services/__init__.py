"""Every write of the planner: one verb, one transaction, one audit line."""

from sushui.planner.services.adopting import Adopted, adopt_plan
from sushui.planner.services.inquiries import carry_inquiry, inquire, left_out, take_up_inquiries
from sushui.planner.services.pools import (
    MoneyDraft,
    PoolDraft,
    add_money,
    add_pool,
    drop_money,
    drop_pool,
    edit_money,
    edit_pool,
)
from sushui.planner.services.problems import problem_of
from sushui.planner.services.replanning import replan
from sushui.planner.services.runs import ask_for_run, carry_out, plan_by_rank, stop_run, take_up_runs
from sushui.planner.services.scenarios import (
    ChangeDraft,
    ScenarioDraft,
    change_scenario,
    copy_scenario,
    draft_scenario,
    edit_scenario,
    undo_change,
)

__all__ = [
    "Adopted",
    "ChangeDraft",
    "MoneyDraft",
    "PoolDraft",
    "ScenarioDraft",
    "add_money",
    "add_pool",
    "adopt_plan",
    "ask_for_run",
    "carry_inquiry",
    "carry_out",
    "change_scenario",
    "copy_scenario",
    "draft_scenario",
    "drop_money",
    "drop_pool",
    "edit_money",
    "edit_pool",
    "edit_scenario",
    "inquire",
    "left_out",
    "plan_by_rank",
    "problem_of",
    "replan",
    "stop_run",
    "take_up_inquiries",
    "take_up_runs",
    "undo_change",
]
