"""What organizations tell the kernel, connected when the house starts."""

from __future__ import annotations

from sushui.kernel import jobs, settings_registry
from sushui.kernel.audit import seal_pending
from sushui.organizations.queries import lineage


def connect() -> None:
    """Settings resolve along the tree of divisions; the audit chain is sealed every minute."""
    settings_registry.register_lineage(lineage)
    jobs.register_job("audit.seal", seal_pending, cron="* * * * *")
