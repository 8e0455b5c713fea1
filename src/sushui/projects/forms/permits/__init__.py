"""Forms of permits: each knows who fills it in and for which step or path, and does its act by a service."""

from sushui.projects.forms.permits.filters import PermitFilterForm
from sushui.projects.forms.permits.paths import ChoosePathForm, EditTemplateForm, HoldersForm, LengthForm
from sushui.projects.forms.permits.steps import STEP_FORMS

__all__ = [
    "STEP_FORMS",
    "ChoosePathForm",
    "EditTemplateForm",
    "HoldersForm",
    "LengthForm",
    "PermitFilterForm",
]
