"""Words of a project, its figures and its lights, and of what is done to it."""

from __future__ import annotations

from sushui.kernel.words import Word, msg
from sushui.projects.enums.gates import GateState


class ProjectStage(Word):
    """Where a project is in its life, in the order of that life; the last two can follow any other."""

    PLANNED = "planned", msg("Planned")
    IN_PIPELINE = "in_pipeline", msg("In the pipeline")
    SIGNED = "signed", msg("Signed contract")
    ESTABLISHED = "established", msg("Established")
    PRE_CONSTRUCTION = "pre_construction", msg("Pre-construction")
    UNDER_CONSTRUCTION = "under_construction", msg("Under construction")
    COMPLETED = "completed", msg("Completed")
    IN_PRODUCTION = "in_production", msg("In production")
    AT_DESIGN_CAPACITY = "at_design_capacity", msg("At design capacity")
    AT_TARGET_RETURN = "at_target_return", msg("At target return")
    SUSPENDED = "suspended", msg("Suspended project")
    TERMINATED = "terminated", msg("Terminated")


class ProjectLevel(Word):
    """Who lists the project as a key project."""

    PROVINCE = "province", msg("Provincial key project")
    CITY = "city", msg("City key project")
    COUNTY = "county", msg("County key project")
    OTHER = "other", msg("Not a key project")


class ProjectSector(Word):
    """What a project is for, as county lists part them."""

    INDUSTRY = "industry", msg("Industrial project")
    INFRASTRUCTURE = "infrastructure", msg("Infrastructure")
    LIVELIHOOD = "livelihood", msg("People's livelihood")
    ENERGY = "energy", msg("Energy project")
    AGRICULTURE = "agriculture", msg("Agriculture project")
    SERVICES = "services", msg("Services and tourism")


class FundingSource(Word):
    """Where the money of a project comes from, as the statistics of fixed-asset investment part it."""

    STATE_BUDGET = "state_budget", msg("State budget funds")
    SPECIAL_BONDS = "special_bonds", msg("Local government special bonds")
    LOCAL_BUDGET = "local_budget", msg("Local fiscal funds")
    BANK_LOANS = "bank_loans", msg("Bank loans")
    FOREIGN_CAPITAL = "foreign_capital", msg("Foreign capital")
    OWN_FUNDS = "own_funds", msg("Enterprise's own funds")
    OTHER = "other", msg("Other funds")


class FigureKind(Word):
    """What a monthly figure says."""

    PLAN = "plan", msg("Planned investment")
    ACTUAL = "actual", msg("Investment done")


class LightRule(Word):
    """The rule that lights a project."""

    START = "start", msg("Start of construction")
    PROGRESS = "progress", msg("Progress against time")
    MONTHS = "months", msg("Months missed and caught up")
    FUNDS = "funds", msg("Payment of funds")
    ENROLLMENT = "enrollment", msg("Statistical enrollment")


class BottleneckKind(Word):
    """What holds a project up: the five factors that follow a project, money, and the rest."""

    LAND = "land", msg("Land")
    ENERGY = "energy", msg("Energy quota")
    LABOR = "labor", msg("Labor")
    APPROVALS = "approvals", msg("Approvals")
    INFRASTRUCTURE = "infrastructure", msg("Infrastructure to the site")
    MONEY = "money", msg("Money")
    OTHER = "other", msg("Something else")


class ProjectVerb(Word):
    """Acts on projects, as the audit chain names them."""

    REGISTER = "register_project", msg("registered the project")
    EDIT = "edit_project", msg("edited the project")
    MOVE = "move_project", msg("moved the project to another stage")
    POSTPONE = "postpone_start", msg("postponed the start")
    PLAN = "plan_figures", msg("planned monthly investment")
    REPORT = "report_figures", msg("reported monthly investment")
    CORRECT = "correct_figures", msg("corrected monthly figures")
    ADD_MILESTONE = "add_milestone", msg("added a milestone")
    REACH_MILESTONE = "reach_milestone", msg("reached a milestone")
    DROP_MILESTONE = "drop_milestone", msg("took a milestone away")
    RECEIVE_FUNDS = "receive_funds", msg("recorded funds received")
    PAY_FUNDS = "pay_funds", msg("recorded a payment")
    CORRECT_PAYMENT = "correct_payment", msg("corrected a payment")
    ENROLL = "enroll_project", msg("recorded the statistical enrollment")
    RAISE_BOTTLENECK = "raise_bottleneck", msg("recorded a bottleneck")
    RESOLVE_BOTTLENECK = "resolve_bottleneck", msg("resolved a bottleneck")


class ClusterVerb(Word):
    """Acts on the list of clusters."""

    KEEP = "keep_cluster", msg("put the cluster into the list")
    DROP = "drop_cluster", msg("took the cluster from the list")


# What the values in a line of the audit chain are.
FIELDS = {
    "code": msg("Project code"),
    "name": msg("Called"),
    "content": msg("Content and scale"),
    "owner_name": msg("Project owner"),
    "owner_code": msg("Unified social credit code"),
    "industry_code": msg("Industry"),
    "cluster_id": msg("Cluster"),
    "level": msg("Level"),
    "sector": msg("Sector"),
    "stage": msg("Stage"),
    "stage_note": msg("Reason"),
    "review_on": msg("To be reviewed on"),
    "agency_id": msg("Responsible agency"),
    "place_id": msg("Place"),
    "place_text": msg("Address"),
    "longitude": msg("Longitude"),
    "latitude": msg("Latitude"),
    "total_investment": msg("Total investment"),
    "expected_output": msg("Expected yearly output"),
    "expected_tax": msg("Expected yearly tax"),
    "area_mu": msg("Land (mu)"),
    "energy_tce": msg("Yearly energy (tce)"),
    "jobs": msg("Jobs"),
    "planned_start_month": msg("Planned start"),
    "planned_completion_month": msg("Planned completion"),
    "started_on": msg("Started on"),
    "completed_on": msg("Completed on"),
    "enrolled_on": msg("Enrolled on"),
    "month": msg("Month"),
    "amount": msg("Amount"),
    "figures": msg("Figures"),
    "funding": msg("Money by source"),
    "planned_on": msg("Planned for"),
    "reached_on": msg("Reached on"),
    "evidence": msg("Evidence"),
    "evidence_kind": msg("Evidence"),
    "number": msg("Number of the paper"),
    "day": msg("Day of the paper"),
    "gate": msg("Gate"),
    "factor": msg("Factor"),
    "investor": msg("Investor"),
    "investor_code": msg("Unified social credit code"),
    "intended_investment": msg("Intended investment"),
    "node": msg("Node"),
    "node_on": msg("Node reached on"),
    "what": msg("What exactly"),
    "quantity": msg("How much"),
    "needed_by": msg("Needed by"),
    "until": msg("Until"),
    "agency": msg("Agency"),
    "text": msg("What holds it up"),
    "resolution": msg("Resolution"),
    "confirmed": msg("Confirmed though odd"),
}
VALUES: dict[str, tuple[type[Word], ...]] = {
    "level": (ProjectLevel,),
    "sector": (ProjectSector,),
    "stage": (ProjectStage,),
    "gate": (GateState,),
    "kind": (FigureKind, BottleneckKind),
}
RECORDS = {
    "projects.project": msg("Project"),
    "projects.projectcluster": msg("Cluster"),
    "projects.sheetdraft": msg("Sheet sent in"),
    "projects.townshipshapes": msg("Shapes of townships"),
}


# --- workbooks -------------------------------------------------------------------------------------------------------
