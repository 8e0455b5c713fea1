"""What notices register with the kernel, connected when the house starts."""

from __future__ import annotations

from sushui.kernel import jobs, outbox
from sushui.notices import services


def connect() -> None:
    """Send the outbox's notices, every minute."""
    outbox.register_sender(services.TOPIC, services.deliver_notice)
    jobs.register_job("notices.deliver", outbox.deliver, cron="* * * * *")
