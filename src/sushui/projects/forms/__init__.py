"""Forms of projects: each knows who fills it in and for which record, and does its act by a service."""

from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.forms.bottlenecks import BottleneckFilterForm
from sushui.projects.forms.facts import BOTTLENECK_FORMS, FUNDS_FORMS, MILESTONE_FORMS, PAYMENT_FORMS
from sushui.projects.forms.figures import PlanForm
from sushui.projects.forms.filters import LedgerFilterForm
from sushui.projects.forms.gates import EVIDENCE_FORMS
from sushui.projects.forms.leads import LEAD_FORMS, RegisterLeadForm
from sushui.projects.forms.ledger import EditForm, RegisterForm, industries_like
from sushui.projects.forms.projects import PROJECT_FORMS
from sushui.projects.forms.reports import ReportForm
from sushui.projects.forms.resources import COMMITMENT_FORMS, DELIVERY_FORMS, NEED_FORMS

__all__ = [
    "BOTTLENECK_FORMS",
    "COMMITMENT_FORMS",
    "DELIVERY_FORMS",
    "EVIDENCE_FORMS",
    "FUNDS_FORMS",
    "LEAD_FORMS",
    "MILESTONE_FORMS",
    "NEED_FORMS",
    "PAYMENT_FORMS",
    "PROJECT_FORMS",
    "BottleneckFilterForm",
    "EditForm",
    "LedgerFilterForm",
    "PlanForm",
    "ProjectActForm",
    "RegisterForm",
    "RegisterLeadForm",
    "ReportForm",
    "industries_like",
]
