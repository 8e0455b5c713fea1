"""Forms of enterprises: each knows its viewer and its record, and does its act by a service."""

from sushui.enterprises.forms.acts import ENTERPRISE_FORMS, PERSON_FORMS, RegisterForm
from sushui.enterprises.forms.filters import RegisterFilterForm
from sushui.enterprises.forms.imports import AnswersForm, ImportForm, StageForm

__all__ = [
    "ENTERPRISE_FORMS",
    "PERSON_FORMS",
    "AnswersForm",
    "ImportForm",
    "RegisterFilterForm",
    "RegisterForm",
    "StageForm",
]
