"""Every write of permits: one verb, one transaction, one audit line."""

from sushui.projects.services.permits.acts import (
    accept_permit,
    extend_permit,
    file_permit,
    grant_permit,
    plan_permit_step,
    prolong_permit_limit,
    resume_permit,
    send_back_permit,
    stop_permit,
    take_back_permit,
)
from sushui.projects.services.permits.paths import (
    choose_permit_path,
    edit_permit_template,
    lay_out_steps,
    name_permit_holders,
)
from sushui.projects.services.permits.reading import read_permits_due, read_plan, read_plans

__all__ = [
    "accept_permit",
    "choose_permit_path",
    "edit_permit_template",
    "extend_permit",
    "file_permit",
    "grant_permit",
    "lay_out_steps",
    "name_permit_holders",
    "plan_permit_step",
    "prolong_permit_limit",
    "read_permits_due",
    "read_plan",
    "read_plans",
    "resume_permit",
    "send_back_permit",
    "stop_permit",
    "take_back_permit",
]
