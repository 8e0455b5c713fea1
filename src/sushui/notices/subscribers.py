"""What notices register with the kernel, connected when the house starts."""

from __future__ import annotations

from sushui.kernel import jobs, outbox
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import SettingDefinition, register_setting
from sushui.kernel.words import msg
from sushui.notices import nav, services
from sushui.notices.enums import FIELDS, RECORDS, VALUES, Channel, Verb
from sushui.notices.queries import topic_of

SETTINGS = (
    SettingDefinition("notices.quiet_from", "20:00", msg("Quiet from")),
    SettingDefinition("notices.quiet_to", "08:00", msg("Quiet until")),
    SettingDefinition("notices.site_address", "", msg("Address of this site for links in messages that leave it")),
)


def connect() -> None:
    """Name the settings and the inbox, and send the outbox's notices every minute."""
    for definition in SETTINGS:
        register_setting(definition)
    outbox.register_sender(services.TOPIC, services.deliver_notice, services.deliver_notices)
    for channel in Channel:
        outbox.register_sender(topic_of(channel), services.sender_of(channel))
    jobs.register_job("notices.deliver", outbox.deliver, cron=jobs.EVERY_MINUTE)
    register_verbs(Verb, FIELDS, VALUES)
    register_records(RECORDS)
    nav.register()
