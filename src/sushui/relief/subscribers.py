"""What relief registers with the kernel and the rooms below, and hears from them, connected when the house starts."""

from __future__ import annotations

from dataclasses import fields

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.kernel import events, jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import NOT_STATED, SettingDefinition, register_setting
from sushui.kernel.subjects import SubjectKind, register_kind
from sushui.kernel.words import msg
from sushui.relief import nav, queries, services
from sushui.relief.enums import FIELDS, RECORDS, VALUES, ReliefVerb
from sushui.relief.models import SupportRequest
from sushui.relief.panels import origin, today
from sushui.relief.permissions import may_attach_to_request
from sushui.relief.queries import ReliefLimits
from sushui.relief.services.receiving import FILES
from sushui.supervision.enums import OrderSource
from sushui.supervision.events import TaskClosed, TaskReturned
from sushui.supervision.services import register_limits

SENTENCES = {
    "arrangement_days": msg("Days in which an agency reports its arrangement for a request; 0: it reports none"),
    "contact_days": msg("Days in which the lead agency calls the enterprise"),
    "answer_days": msg("Days in which the enterprise is answered"),
    "objection_days": msg("Working days in which an agency may say that a request is not its own"),
    "most_reopenings": msg("Reopenings after which the office checks a request itself"),
    "rating_days": msg("Working days in which a rating is waited for; then the request is closed without one"),
    "most_a_day": msg("Requests that an enterprise can send in on one day"),
    "found_a_month": msg("Requests that an agency must find itself in a month"),
    "security_agency": msg("Agency that is told of obstruction at once, by its name or short name"),
}
BOUNDS = {"contact_days": (1, 60), "answer_days": (1, 365), "most_a_day": (1, 1000)}
TWO_A_MONTH = msg("A county's rule: every agency finds two a month")
CLOCKS = {
    "arrangement_days": "relief.arrangement_days",
    "feedback_days": "relief.contact_days",
    "general_days": "relief.answer_days",
    "ownership_days": "relief.objection_days",
}


def connect() -> None:
    """Register the room."""
    register_kind(SubjectKind(queries.REQUEST_SUBJECT, msg("Support request"), queries.visible_request_subjects))
    register_kind(SubjectKind(queries.ISSUE_SUBJECT, msg("Common issue"), queries.visible_issue_subjects))
    for each in fields(ReliefLimits):
        least, most = BOUNDS.get(each.name, (0, 60))
        source = TWO_A_MONTH if each.name == "found_a_month" else NOT_STATED
        definition = SettingDefinition(f"relief.{each.name}", each.default, SENTENCES[each.name], source, least, most)
        register_setting(definition)
    register_limits(OrderSource.SUPPORT_REQUEST, CLOCKS)
    jobs.register_job("relief.lapse", services.lapse_ratings, cron="20 16 * * *")  # twenty past midnight in China
    register_verbs(ReliefVerb, FIELDS, VALUES)
    register_records(RECORDS)
    target = TargetKind(
        FILES, msg("Support request"), queries.visible_requests, may_attach_to_request, page=_page, name=_name
    )
    register_target(target)
    events.subscribe(TaskClosed, services.note_closed_task)
    events.subscribe(TaskReturned, services.note_returned_task)
    nav.register()
    origin.register()
    today.register()


def _page(request: SupportRequest) -> str:
    return reverse("relief:request", args=[request.pk])


def _name(request: SupportRequest) -> str:
    return request.code
