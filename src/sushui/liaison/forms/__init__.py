"""Forms of liaison: each knows who fills it in and for which record, and does its act by a service."""

from sushui.liaison.forms.filters import LapseFilterForm, RegisterFilterForm, VisitFilterForm
from sushui.liaison.forms.liaisons import AppointForm, BulkAppointForm, EndForm, ReplaceForm
from sushui.liaison.forms.lists import AnswersForm, ImportForm, StageForm
from sushui.liaison.forms.visits import EditVisitForm, FindingForm, VisitForm, WithdrawVisitForm

__all__ = [
    "AnswersForm",
    "AppointForm",
    "BulkAppointForm",
    "EditVisitForm",
    "EndForm",
    "FindingForm",
    "ImportForm",
    "LapseFilterForm",
    "RegisterFilterForm",
    "ReplaceForm",
    "StageForm",
    "VisitFilterForm",
    "VisitForm",
    "WithdrawVisitForm",
]
