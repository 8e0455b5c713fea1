"""Every write of relief: one verb, one transaction, one audit line."""

from sushui.relief.services.answering import answer_issue, answer_request, note_contact
from sushui.relief.services.assigning import AssignDraft, assign_request, gather_requests, raise_request
from sushui.relief.services.checking import check_request, draw_checks
from sushui.relief.services.exports import export_issues
from sushui.relief.services.hearing import note_closed_task, note_returned_task
from sushui.relief.services.rating import lapse_ratings, rate_request
from sushui.relief.services.receiving import RequestDraft, UnpaidBill, edit_request, receive_request, withdraw_request

__all__ = [
    "AssignDraft",
    "RequestDraft",
    "UnpaidBill",
    "answer_issue",
    "answer_request",
    "assign_request",
    "check_request",
    "draw_checks",
    "edit_request",
    "export_issues",
    "gather_requests",
    "lapse_ratings",
    "note_closed_task",
    "note_contact",
    "note_returned_task",
    "raise_request",
    "rate_request",
    "receive_request",
    "withdraw_request",
]
