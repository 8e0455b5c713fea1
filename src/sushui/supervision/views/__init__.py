"""Pages of supervision: fetch by queries, act by services."""

from sushui.supervision.views.agency import agency, appoint
from sushui.supervision.views.inspections import conclude, conclusion, conclusions, object_to, review
from sushui.supervision.views.orders import edit_task, new_order, new_task, order, orders
from sushui.supervision.views.overview import decisions, red
from sushui.supervision.views.own import mine
from sushui.supervision.views.register import assign_ticked, drop_view, keep_view, register
from sushui.supervision.views.task import part_act, request_act, task, task_act

__all__ = [
    "agency",
    "appoint",
    "assign_ticked",
    "conclude",
    "conclusion",
    "conclusions",
    "decisions",
    "drop_view",
    "edit_task",
    "keep_view",
    "mine",
    "new_order",
    "new_task",
    "object_to",
    "order",
    "orders",
    "part_act",
    "red",
    "register",
    "request_act",
    "review",
    "task",
    "task_act",
]
