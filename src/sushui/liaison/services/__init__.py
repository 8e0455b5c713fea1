"""Every write of liaison: one verb, one transaction, one audit line."""

from sushui.liaison.services.exports import export_liaisons
from sushui.liaison.services.handover import count_liaisons, note_handover
from sushui.liaison.services.liaisons import (
    LiaisonDraft,
    appoint_liaison,
    appoint_liaisons,
    end_liaison,
    install_liaisons,
    replace_liaison,
)
from sushui.liaison.services.list_reading import LEAVE_OUT, ListQuestion, ListReading, RowReading, read_list
from sushui.liaison.services.lists import answer_list, discard_list, import_list, stage_list
from sushui.liaison.services.previews import changed_since_shown, hold_shown
from sushui.liaison.services.reminders import remind_overdue
from sushui.liaison.services.visits import (
    MOST_FINDINGS,
    FindingDraft,
    VisitDraft,
    edit_visit,
    log_visit,
    log_visit_once,
    withdraw_visit,
)

__all__ = [
    "LEAVE_OUT",
    "MOST_FINDINGS",
    "FindingDraft",
    "LiaisonDraft",
    "ListQuestion",
    "ListReading",
    "RowReading",
    "VisitDraft",
    "answer_list",
    "appoint_liaison",
    "appoint_liaisons",
    "changed_since_shown",
    "count_liaisons",
    "discard_list",
    "edit_visit",
    "end_liaison",
    "export_liaisons",
    "hold_shown",
    "import_list",
    "install_liaisons",
    "log_visit",
    "log_visit_once",
    "note_handover",
    "read_list",
    "remind_overdue",
    "replace_liaison",
    "stage_list",
    "withdraw_visit",
]
