"""Projects, their raw figures, the dated facts behind their lights, and the lights as they were last read."""

from sushui.projects.models.facts import Bottleneck, FundsPaid, FundsReceived, Milestone, StageChange
from sushui.projects.models.figures import MonthlyFigure, ProjectMonth, YearPlan, YearPlanVersion
from sushui.projects.models.ledger import Project, ProjectCluster, ProjectFunding
from sushui.projects.models.lights import LightTurn, ProjectLight
from sushui.projects.models.sheets import SheetDraft, SheetMemory

__all__ = [
    "Bottleneck",
    "FundsPaid",
    "FundsReceived",
    "LightTurn",
    "Milestone",
    "MonthlyFigure",
    "Project",
    "ProjectCluster",
    "ProjectFunding",
    "ProjectLight",
    "ProjectMonth",
    "SheetDraft",
    "SheetMemory",
    "StageChange",
    "YearPlan",
    "YearPlanVersion",
]
