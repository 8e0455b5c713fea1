"""What supervision registers with the kernel and hears from the rooms below, connected when the house starts."""

from __future__ import annotations

from sushui.kernel import events, jobs
from sushui.kernel.days import CalendarLoaded, register_consequence
from sushui.kernel.indexing import Indexed, register_index
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import LARGEST, NOT_STATED, SettingDefinition, register_setting
from sushui.kernel.words import msg
from sushui.organizations.events import PostHandedOver
from sushui.organizations.services import register_open_items
from sushui.supervision import nav, queries, services
from sushui.supervision.enums import FIELDS, RECORDS, VALUES, ListVerb, OrderVerb, Verb
from sushui.supervision.panels import papers, today
from sushui.supervision.rules import Limits

RECOMPUTE = "supervision.recompute"
RULE_13710 = msg("13710 rule, Shanxi 2016")
INSPECTION_LAW = msg("Regulations on Government Inspection, article 17")

SENTENCES = {
    "basis": (msg("Whether limits count working or calendar days"), NOT_STATED),
    "first_day_counts": (
        msg("Whether the day on which a clock starts, such as that of assignment, is day 1"),
        NOT_STATED,
    ),
    "month_length": (msg("What one month of a limit is"), NOT_STATED),
    "rest_day": (msg("Where a deadline moves that falls on a rest day"), NOT_STATED),
    "stops_in_dispute": (msg("Whether clocks stand still while it is not decided whose a task is"), NOT_STATED),
    "stops_when_returned": (
        msg("Whether the lead's clocks stand still from a return to its next report or application"),
        NOT_STATED,
    ),
    "arrangement_days": (msg("Days for the arrangement"), RULE_13710),
    "feedback_days": (msg("Days for the first feedback"), RULE_13710),
    "general_days": (msg("Days for the result of a general task"), RULE_13710),
    "major_months": (msg("Months for the result of a major task"), RULE_13710),
    "support_days": (msg("Days in which supporting agencies answer the lead"), NOT_STATED),
    "ownership_days": (msg("Working days in which “not mine” may be said"), NOT_STATED),
    "decision_days": (msg("Days in which the office decides whose a task is"), NOT_STATED),
    "due_soon_days": (msg("Working days before a deadline when the handler is reminded"), NOT_STATED),
    "due_soon_days_major": (msg("The same for results of major tasks and continuing work"), NOT_STATED),
    "red_after_days": (msg("Working days overdue after which a task turns red"), NOT_STATED),
    "listed_after_days": (msg("Working days overdue after which a task is listed"), NOT_STATED),
    "red_after_returns": (msg("Returns after which a task turns red"), NOT_STATED),
    "objection_days": (msg("Days in which a conclusion may be objected to"), INSPECTION_LAW),
    "review_days": (msg("Days in which an objection is reviewed"), INSPECTION_LAW),
}
# What a clock is made of runs for a day at least, and for twenty years of months at most: no calendar counts further.
BOUNDS = {
    "arrangement_days": (1, LARGEST),
    "feedback_days": (1, LARGEST),
    "general_days": (1, LARGEST),
    "major_months": (1, 240),
    "support_days": (1, LARGEST),
    "decision_days": (1, LARGEST),
}


def connect() -> None:
    """Register settings and jobs, subscribe to events."""
    nav.register()
    today.register()
    papers.register()
    register_index(Indexed("supervision.task", queries.tasks_to_index, queries.search_texts))
    defaults = Limits()
    for name, (sentence, source) in SENTENCES.items():
        least, most = BOUNDS.get(name, (0, LARGEST))
        default = getattr(defaults, name)
        register_setting(SettingDefinition(f"supervision.{name}", default, sentence, source, least, most))
    jobs.register_job("supervision.tick", services.run_clocks, cron="* * * * *")
    jobs.register_job(RECOMPUTE, services.recompute_deadlines, cron="5 16 * * *")  # five past midnight in China
    for verbs in (Verb, OrderVerb, ListVerb):
        register_verbs(verbs, FIELDS, VALUES)
    register_records(RECORDS)
    register_open_items(msg("Open tasks"), services.count_open_tasks)
    register_open_items(msg("Orders with open tasks"), services.count_open_orders)
    register_consequence(msg("Open tasks with a provisional deadline"), services.count_provisional)
    events.subscribe(PostHandedOver, services.note_handover)
    events.subscribe(CalendarLoaded, _recompute_later)


def _recompute_later(_event: CalendarLoaded) -> None:
    """Leave it to the worker: whoever loads a notice does not wait for every deadline of the county."""
    jobs.enqueue(RECOMPUTE)
