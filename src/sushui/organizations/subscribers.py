"""What organizations tell the kernel, connected when the house starts."""

from __future__ import annotations

from sushui.kernel import jobs, settings_registry
from sushui.kernel.audit import seal_pending
from sushui.kernel.indexing import refresh
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.receipts import forget_receipts
from sushui.organizations import nav
from sushui.organizations.enums import FIELDS, RECORDS, VALUES, Verb
from sushui.organizations.queries import lineages


def connect() -> None:
    """Settings resolve along the tree of divisions; the audit chain is sealed every minute and read in words.

    The kernel's own periodic work is registered here too: it has no moment of its own at which the house starts.
    """
    settings_registry.register_lineages(lineages)
    jobs.register_job("audit.seal", seal_pending, cron="* * * * *")
    jobs.register_job("receipts.forget", forget_receipts, cron="25 16 * * *")  # 25 past midnight in China
    jobs.register_job("search.refresh", refresh)
    register_verbs(Verb, FIELDS, VALUES)
    register_records(RECORDS)
    nav.register()
