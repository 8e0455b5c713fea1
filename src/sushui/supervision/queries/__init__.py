"""Every read of supervision, viewer first. ``visible_tasks`` is the one wall: everything else stands on it."""

from sushui.supervision.queries.conclusions import conclusion_for, conclusions, objection_for
from sushui.supervision.queries.imports import (
    earlier_imports,
    finished_imports,
    import_draft_for,
    import_drafts,
    nameable_agencies,
    nameable_leaders,
    remembered_columns,
)
from sushui.supervision.queries.lights import light_condition, light_counts, with_light
from sushui.supervision.queries.limits import limits_in_force
from sushui.supervision.queries.orders import (
    earlier_demands,
    last_meeting,
    order_counts,
    order_for,
    orders,
    repeated_demands,
    tasks_of,
)
from sushui.supervision.queries.parts import (
    agency_parts,
    clocks_of,
    late_by_handler,
    own_parts,
    own_parts_in_arms,
    part_counts,
    part_for,
    parts_of,
    parts_of_many,
    running_clocks,
    running_clocks_of,
    visible_parts,
)
from sushui.supervision.queries.register import (
    RedTasks,
    TaskFilter,
    red_by_agency,
    red_by_division,
    red_tasks_by_agency,
    register,
    task_counts,
)
from sushui.supervision.queries.requests import open_requests, request_for
from sushui.supervision.queries.searching import search_texts, tasks_to_index
from sushui.supervision.queries.standings import TaskStanding, task_standings
from sushui.supervision.queries.stories import reports_of, requests_of, story
from sushui.supervision.queries.tasks import drafts, task_for, visible_tasks
from sushui.supervision.queries.timeliness import Punctuality, punctuality_by_agency, punctuality_by_division

__all__ = [
    "Punctuality",
    "RedTasks",
    "TaskFilter",
    "TaskStanding",
    "agency_parts",
    "clocks_of",
    "conclusion_for",
    "conclusions",
    "drafts",
    "earlier_demands",
    "earlier_imports",
    "finished_imports",
    "import_draft_for",
    "import_drafts",
    "last_meeting",
    "late_by_handler",
    "light_condition",
    "light_counts",
    "limits_in_force",
    "nameable_agencies",
    "nameable_leaders",
    "objection_for",
    "open_requests",
    "order_counts",
    "order_for",
    "orders",
    "own_parts",
    "own_parts_in_arms",
    "part_counts",
    "part_for",
    "parts_of",
    "parts_of_many",
    "punctuality_by_agency",
    "punctuality_by_division",
    "red_by_agency",
    "red_by_division",
    "red_tasks_by_agency",
    "register",
    "remembered_columns",
    "repeated_demands",
    "reports_of",
    "request_for",
    "requests_of",
    "running_clocks",
    "running_clocks_of",
    "search_texts",
    "story",
    "task_counts",
    "task_for",
    "task_standings",
    "tasks_of",
    "tasks_to_index",
    "visible_parts",
    "visible_tasks",
    "with_light",
]
