"""What liaison registers with the kernel and the rooms below, and hears from them, connected when the house starts."""

from __future__ import annotations

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.kernel import events, jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import NOT_STATED, SettingDefinition, register_setting
from sushui.kernel.words import msg
from sushui.liaison import nav, services
from sushui.liaison.enums import FIELDS, RECORDS, VALUES, Verb
from sushui.liaison.models import Visit
from sushui.liaison.panels import origin, today
from sushui.liaison.permissions import may_edit_visit
from sushui.liaison.queries import visible_visits
from sushui.liaison.queries.visiting import PHOTOS
from sushui.liaison.rules import Intervals
from sushui.organizations.events import PostHandedOver
from sushui.organizations.services import register_open_items

SENTENCES = {
    "leader_days": (msg("Days in which a liaison leader visits once; 0: no visits are expected"), 0, 366),
    "service_days": (msg("The same for the liaison agency and the service officer"), 0, 366),
    "red_after": (msg("How many of these times pass without a visit before a light turns red"), 1, 12),
}


def connect() -> None:
    """Register settings, jobs, words, places and the visits' photos, subscribe to events."""
    nav.register()
    today.register()
    origin.register()
    defaults = Intervals()
    for name, (sentence, least, most) in SENTENCES.items():
        definition = SettingDefinition(f"liaison.{name}", getattr(defaults, name), sentence, NOT_STATED, least, most)
        register_setting(definition)
    jobs.register_job("liaison.remind", services.remind_overdue, cron="*/15 * * * *")
    register_verbs(Verb, FIELDS, VALUES)
    register_records(RECORDS)
    register_open_items(msg("Subjects stood by"), services.count_liaisons)
    register_target(TargetKind(PHOTOS, msg("Visit record"), visible_visits, may_edit_visit, page=_page))
    events.subscribe(PostHandedOver, services.note_handover)


def _page(visit: Visit) -> str:
    return reverse("liaison:visit", args=[visit.pk])
