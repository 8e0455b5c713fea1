"""Every write of liaison: one verb, one transaction, one audit line."""

from sushui.liaison.services.handover import count_liaisons, note_handover
from sushui.liaison.services.liaisons import (
    LiaisonDraft,
    appoint_liaison,
    appoint_liaisons,
    end_liaison,
    replace_liaison,
)
from sushui.liaison.services.reminders import remind_overdue
from sushui.liaison.services.visits import (
    FindingDraft,
    VisitDraft,
    edit_visit,
    log_visit,
    log_visit_once,
    withdraw_visit,
)

__all__ = [
    "FindingDraft",
    "LiaisonDraft",
    "VisitDraft",
    "appoint_liaison",
    "appoint_liaisons",
    "count_liaisons",
    "edit_visit",
    "end_liaison",
    "log_visit",
    "log_visit_once",
    "note_handover",
    "remind_overdue",
    "replace_liaison",
    "withdraw_visit",
]
