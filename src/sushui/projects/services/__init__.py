"""Every write of projects: one verb, one transaction, one audit line."""

from sushui.projects.services.drafts import DRAFT_FIELDS, ProjectDraft, odd_codes
from sushui.projects.services.facts import (
    PaymentDemand,
    add_milestone,
    drop_milestone,
    enroll_project,
    pay_funds,
    raise_bottleneck,
    reach_milestone,
    receive_funds,
    resolve_bottleneck,
)
from sushui.projects.services.figures import Figure, Recorded, plan_months, plan_year, plan_years, record_figures
from sushui.projects.services.ledger import (
    Registration,
    edit_project,
    keep_clusters,
    move_project,
    postpone_start,
    register_project,
    register_projects,
)
from sushui.projects.services.lighting import light_all, light_due, light_projects

__all__ = [
    "DRAFT_FIELDS",
    "Figure",
    "PaymentDemand",
    "ProjectDraft",
    "Recorded",
    "Registration",
    "add_milestone",
    "drop_milestone",
    "edit_project",
    "enroll_project",
    "keep_clusters",
    "light_all",
    "light_due",
    "light_projects",
    "move_project",
    "odd_codes",
    "pay_funds",
    "plan_months",
    "plan_year",
    "plan_years",
    "postpone_start",
    "raise_bottleneck",
    "reach_milestone",
    "receive_funds",
    "record_figures",
    "register_project",
    "register_projects",
    "resolve_bottleneck",
]
