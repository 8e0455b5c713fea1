"""What permits register with the kernel: their job, their setting, their words."""

from __future__ import annotations

from sushui.kernel import jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.kernel.words import msg
from sushui.projects.enums.permits import PERMIT_FIELDS, PERMIT_RECORDS, PERMIT_VALUES, PermitVerb
from sushui.projects.services.permits import read_permits_due

DUE_SOON = "permits.due_soon_days"


def register() -> None:
    """Register the words, the setting and the job of permits."""
    sentence = msg("Days before the end of a permit's limit from which it is yellow")
    register_setting(SettingDefinition(DUE_SOON, 3, sentence, least=0, most=60))
    jobs.register_job("projects.permits", read_permits_due, cron="*/10 * * * *")
    register_verbs(PermitVerb, PERMIT_FIELDS, PERMIT_VALUES)
    register_records(PERMIT_RECORDS)
