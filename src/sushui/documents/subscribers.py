"""What documents registers with the kernel, connected when the house starts."""

from __future__ import annotations

from sushui.documents import services
from sushui.documents.enums import FIELDS, FileVerb
from sushui.kernel import jobs
from sushui.kernel.labels import register_verbs
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.kernel.words import msg

SWEEP = "documents.sweep"
SETTINGS = (
    SettingDefinition("documents.largest_mb", 20, msg("Largest file that may be attached, in MB"), least=1, most=200),
    SettingDefinition(
        "documents.picture_side", 1920, msg("Longer side of stored pictures, in pixels"), least=640, most=8000
    ),
    SettingDefinition("documents.takes_pdf", True, msg("PDF may be attached")),
    SettingDefinition(
        "documents.takes_office", True, msg("Word documents, workbooks and presentations may be attached")
    ),
    SettingDefinition(
        "documents.takes_old_office", True, msg("The same of the old kinds (.doc .xls .ppt .wps .et .dps)")
    ),
    SettingDefinition("documents.takes_pictures", True, msg("Pictures (JPEG, PNG, WebP) may be attached")),
)


def connect() -> None:
    """Register settings, words and the sweep."""
    for definition in SETTINGS:
        register_setting(definition)
    jobs.register_job(SWEEP, services.sweep_files, cron="30 18 * * *")  # half past two at night in China
    register_verbs(FileVerb, FIELDS)
