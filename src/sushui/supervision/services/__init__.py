"""Every write of supervision: one verb, one transaction, one audit line."""

from sushui.supervision.queries.limits import register_limits
from sushui.supervision.rules import EXTENDABLE
from sushui.supervision.services.clocks import part_clocks
from sushui.supervision.services.clockwork import climb_ladder, recompute_deadlines, run_clocks
from sushui.supervision.services.closing import apply_for_closing, close_task, return_task
from sushui.supervision.services.handover import count_open_orders, count_open_tasks, count_provisional, note_handover
from sushui.supervision.services.inspections import deliver_conclusion, object_to_conclusion, review_objection
from sushui.supervision.services.orders import (
    TaskDraft,
    assign_task,
    assign_tasks,
    draft_order,
    draft_task,
    draft_tasks,
    edit_task,
    withdraw_task,
)
from sushui.supervision.services.ownership import decide_ownership, dispute_ownership, dispute_until
from sushui.supervision.services.parts import appoint_handler, appoint_handlers, report_progress, sign_for_task
from sushui.supervision.services.proposals import raise_tasks
from sushui.supervision.services.reminders import remind
from sushui.supervision.services.requests import (
    PlanStep,
    ask_extension,
    ask_suspension,
    extend_deadline,
    grant_suspension,
    refuse_extension,
    refuse_suspension,
    resume_task,
)

__all__ = [
    "EXTENDABLE",
    "PlanStep",
    "TaskDraft",
    "apply_for_closing",
    "appoint_handler",
    "appoint_handlers",
    "ask_extension",
    "ask_suspension",
    "assign_task",
    "assign_tasks",
    "climb_ladder",
    "close_task",
    "count_open_orders",
    "count_open_tasks",
    "count_provisional",
    "decide_ownership",
    "deliver_conclusion",
    "dispute_ownership",
    "dispute_until",
    "draft_order",
    "draft_task",
    "draft_tasks",
    "edit_task",
    "extend_deadline",
    "grant_suspension",
    "note_handover",
    "object_to_conclusion",
    "part_clocks",
    "raise_tasks",
    "recompute_deadlines",
    "refuse_extension",
    "refuse_suspension",
    "register_limits",
    "remind",
    "report_progress",
    "resume_task",
    "return_task",
    "review_objection",
    "run_clocks",
    "sign_for_task",
    "withdraw_task",
]
