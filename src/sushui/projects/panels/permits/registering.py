"""What permits register with the house: their job, setting, words, day and bars, the files that hang on a step."""

from __future__ import annotations

from operator import attrgetter

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.kernel import jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.kernel.words import msg
from sushui.projects.enums.permits import PERMIT_FIELDS, PERMIT_RECORDS, PERMIT_VALUES, PermitVerb
from sushui.projects.models import PermitStep
from sushui.projects.panels.looks.gantt import register_bars
from sushui.projects.panels.permits import today
from sushui.projects.panels.permits.bars import permit_bars
from sushui.projects.panels.permits.wording import called
from sushui.projects.permissions import may_hand_in_papers, may_record_permit
from sushui.projects.queries.permits import visible_permit_steps
from sushui.projects.services.permits import read_permits_due

DUE_SOON = "permits.due_soon_days"
FILES = "projects.permit_step"  # under which kind of target documents knows what was decided on a step
HANDED_IN = "projects.permit_application"  # and what was handed in for it


def register() -> None:
    """Register the words, the setting and the job of permits, and the papers of a step: what is handed in with whoever
    applies, what is decided with whoever records it."""
    sentence = msg("Days before the end of a permit's limit from which it is yellow")
    register_setting(SettingDefinition(DUE_SOON, 3, sentence, least=0, most=60))
    jobs.register_job("projects.permits", read_permits_due, cron="*/10 * * * *")
    register_verbs(PermitVerb, PERMIT_FIELDS, PERMIT_VALUES)
    register_records(PERMIT_RECORDS)
    register_bars("permits", permit_bars)
    today.register()
    for key, label, may_attach in (
        (FILES, msg("Permit step"), may_record_permit),
        (HANDED_IN, msg("Permit application"), may_hand_in_papers),
    ):
        story = attrgetter("project")
        kind = TargetKind(key, label, visible_permit_steps, may_attach, page=_page, story=story, name=called)
        register_target(kind)


def _page(step: PermitStep) -> str:
    return reverse("projects:permit-step", args=[step.pk])
