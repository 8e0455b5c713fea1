"""Every write of permits: one verb, one transaction, one audit line."""

from sushui.projects.services.permits.acts import (
    LONGEST_PLAN,
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
from sushui.projects.services.permits.bringing import KnownPermits, KnownStep, bring_in_permits
from sushui.projects.services.permits.exports import export_permits
from sushui.projects.services.permits.outlooks import OpenStep, PermitOutlook, permit_outlooks
from sushui.projects.services.permits.paths import (
    choose_permit_path,
    edit_permit_template,
    lay_out_steps,
    name_permit_holders,
)
from sushui.projects.services.permits.reading import read_permits_due, read_plan, read_plans

__all__ = [
    "LONGEST_PLAN",
    "KnownPermits",
    "KnownStep",
    "OpenStep",
    "PermitOutlook",
    "accept_permit",
    "bring_in_permits",
    "choose_permit_path",
    "edit_permit_template",
    "export_permits",
    "extend_permit",
    "file_permit",
    "grant_permit",
    "lay_out_steps",
    "name_permit_holders",
    "permit_outlooks",
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
