"""Projects, their raw figures, the dated facts behind their lights, and the lights as they were last read."""

from sushui.projects.models.exchange import ExchangeDraft, ExchangeSource
from sushui.projects.models.facts import Bottleneck, FundsPaid, FundsReceived, Milestone, StageChange
from sushui.projects.models.figures import MonthlyFigure, ProjectMonth, YearPlan, YearPlanVersion
from sushui.projects.models.gates import GatePassage, StageEvidence
from sushui.projects.models.ground import TownshipShapes
from sushui.projects.models.leads import LeadStep, PromotionLead
from sushui.projects.models.ledger import Project, ProjectCluster, ProjectFunding
from sushui.projects.models.lights import LightTurn, ProjectLight
from sushui.projects.models.outputs import YearlyOutput
from sushui.projects.models.permits import (
    PermitHolder,
    PermitOverrun,
    PermitPlan,
    PermitStep,
    PermitStop,
    PermitTemplateVersion,
)
from sushui.projects.models.portfolios import PortfolioEntry, PortfolioVersion, ProjectPortfolio
from sushui.projects.models.reports import MonthlyReport, MonthlyReportVersion
from sushui.projects.models.resources import ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.models.sheets import SheetDraft, SheetMemory

__all__ = [
    "Bottleneck",
    "ExchangeDraft",
    "ExchangeSource",
    "FundsPaid",
    "FundsReceived",
    "GatePassage",
    "LeadStep",
    "LightTurn",
    "Milestone",
    "MonthlyFigure",
    "MonthlyReport",
    "MonthlyReportVersion",
    "PermitHolder",
    "PermitOverrun",
    "PermitPlan",
    "PermitStep",
    "PermitStop",
    "PermitTemplateVersion",
    "PortfolioEntry",
    "PortfolioVersion",
    "Project",
    "ProjectCluster",
    "ProjectFunding",
    "ProjectLight",
    "ProjectMonth",
    "ProjectPortfolio",
    "PromotionLead",
    "ResourceCommitment",
    "ResourceDelivery",
    "ResourceNeed",
    "SheetDraft",
    "SheetMemory",
    "StageChange",
    "StageEvidence",
    "TownshipShapes",
    "YearPlan",
    "YearPlanVersion",
    "YearlyOutput",
]
