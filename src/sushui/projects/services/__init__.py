"""Every write of projects: one verb, one transaction, one audit line."""

from sushui.projects.rules.gates import Piece
from sushui.projects.services.clusters import ClusterEntry, set_clusters
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
from sushui.projects.services.gates import add_evidence, waive_gate, withdraw_evidence
from sushui.projects.services.ledger import (
    Registration,
    correct_days,
    edit_project,
    move_project,
    postpone_start,
    register_project,
    register_projects,
)
from sushui.projects.services.lighting import light_all, light_due, light_projects

__all__ = [
    "DRAFT_FIELDS",
    "ClusterEntry",
    "Figure",
    "PaymentDemand",
    "Piece",
    "ProjectDraft",
    "Recorded",
    "Registration",
    "add_evidence",
    "add_milestone",
    "correct_days",
    "drop_milestone",
    "edit_project",
    "enroll_project",
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
    "set_clusters",
    "waive_gate",
    "withdraw_evidence",
]
