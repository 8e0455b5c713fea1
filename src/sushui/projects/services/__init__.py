"""Every write of projects: one verb, one transaction, one audit line."""

from sushui.projects.rules.gates import Piece
from sushui.projects.services import outputs, permits, portfolios
from sushui.projects.services.asking import QuestionsAskedError
from sushui.projects.services.bottleneck_book import export_bottlenecks
from sushui.projects.services.bottlenecks import (
    note_closed_task,
    note_returned_task,
    raise_bottleneck,
    raise_bottleneck_task,
    resolve_bottleneck,
)
from sushui.projects.services.clusters import ClusterEntry, set_clusters
from sushui.projects.services.drafts import DRAFT_FIELDS, ProjectDraft, odd_codes
from sushui.projects.services.evidence import add_evidence
from sushui.projects.services.facts import (
    PaymentDemand,
    add_milestone,
    correct_payment,
    drop_milestone,
    enroll_project,
    pay_funds,
    reach_milestone,
    receive_funds,
)
from sushui.projects.services.figures import Figure, Recorded, plan_months, plan_year, plan_years, record_figures
from sushui.projects.services.gates import waive_gate, withdraw_evidence
from sushui.projects.services.ground import locate_project, place_projects
from sushui.projects.services.leads import (
    LeadDraft,
    drop_lead,
    edit_lead,
    found_project,
    reach_framework,
    register_lead,
)
from sushui.projects.services.ledger import (
    Registration,
    correct_days,
    edit_project,
    move_project,
    postpone_start,
    register_by_hand,
    register_project,
    register_projects,
)
from sushui.projects.services.lighting import light_all, light_due, light_projects
from sushui.projects.services.reminders import remind_missing_reports
from sushui.projects.services.reports import (
    FoundBottleneck,
    GivenReport,
    ReportDoubtfulError,
    ReportDraft,
    give_report,
    give_reports,
    keep_draft,
    report_doubts,
)
from sushui.projects.services.resources import (
    NeedDraft,
    add_need,
    chase_commitment,
    commit_resource,
    correct_delivery,
    deliver_resource,
    drop_need,
    edit_need,
    withdraw_commitment,
)

__all__ = [
    "DRAFT_FIELDS",
    "ClusterEntry",
    "Figure",
    "FoundBottleneck",
    "GivenReport",
    "LeadDraft",
    "NeedDraft",
    "PaymentDemand",
    "Piece",
    "ProjectDraft",
    "QuestionsAskedError",
    "Recorded",
    "Registration",
    "ReportDoubtfulError",
    "ReportDraft",
    "add_evidence",
    "add_milestone",
    "add_need",
    "chase_commitment",
    "commit_resource",
    "correct_days",
    "correct_delivery",
    "correct_payment",
    "deliver_resource",
    "drop_lead",
    "drop_milestone",
    "drop_need",
    "edit_lead",
    "edit_need",
    "edit_project",
    "enroll_project",
    "export_bottlenecks",
    "found_project",
    "give_report",
    "give_reports",
    "keep_draft",
    "light_all",
    "light_due",
    "light_projects",
    "locate_project",
    "move_project",
    "note_closed_task",
    "note_returned_task",
    "odd_codes",
    "outputs",
    "pay_funds",
    "permits",
    "place_projects",
    "plan_months",
    "plan_year",
    "plan_years",
    "portfolios",
    "postpone_start",
    "raise_bottleneck",
    "raise_bottleneck_task",
    "reach_framework",
    "reach_milestone",
    "receive_funds",
    "record_figures",
    "register_by_hand",
    "register_lead",
    "register_project",
    "register_projects",
    "remind_missing_reports",
    "report_doubts",
    "resolve_bottleneck",
    "set_clusters",
    "waive_gate",
    "withdraw_commitment",
    "withdraw_evidence",
]
