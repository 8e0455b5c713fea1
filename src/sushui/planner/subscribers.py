"""What the planner registers with the kernel: its jobs, words and room."""

from __future__ import annotations

from sushui.kernel import jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.planner import nav, services
from sushui.planner.enums import FIELDS, RECORDS, ChangeKind, InquiryKind, PlannerVerb, PoolKind, RunState, ValuePart
from sushui.planner.services.inquiries import JOB as INQUIRE
from sushui.planner.services.runs import JOB
from sushui.projects.enums import FundingSource, ResourceFactor

VALUES = {
    "factor": (ResourceFactor,),
    "source": (FundingSource,),
    "kind": (PoolKind, ChangeKind, InquiryKind),
    "state": (RunState,),
    "weights": (ValuePart,),
}


def connect() -> None:
    """Register the room."""
    jobs.register_job(JOB, services.carry_out)
    jobs.register_job(INQUIRE, services.carry_inquiry)
    jobs.register_job("planner.take_up", services.take_up_runs, cron=jobs.EVERY_MINUTE)
    register_verbs(PlannerVerb, FIELDS, VALUES)
    register_records(RECORDS)
    nav.register()
