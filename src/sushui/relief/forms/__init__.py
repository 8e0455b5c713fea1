"""Forms of relief: each knows its viewer and its record and does its act by a service."""

from sushui.relief.forms.acts import REQUEST_FORMS, AnswerIssueForm, DrawForm, GatherForm
from sushui.relief.forms.filters import IssueFilterForm, RequestFilterForm
from sushui.relief.forms.requests import EnterForm

__all__ = [
    "REQUEST_FORMS",
    "AnswerIssueForm",
    "DrawForm",
    "EnterForm",
    "GatherForm",
    "IssueFilterForm",
    "RequestFilterForm",
]
