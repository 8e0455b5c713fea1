"""Forms of supervision: each knows who fills it in and for which record, and does its act by a service."""

from sushui.supervision.forms.acts import GuardedForm
from sushui.supervision.forms.filters import AgencyFilterForm, OrderFilterForm, OwnFilterForm, RegisterFilterForm
from sushui.supervision.forms.inspections import ConclusionForm, ObjectionForm, ReviewForm
from sushui.supervision.forms.orders import EditTaskForm, OrderForm, TaskForm
from sushui.supervision.forms.parts import PART_FORMS, BulkAppointForm
from sushui.supervision.forms.requests import REQUEST_FORMS
from sushui.supervision.forms.tasks import TASK_FORMS, BulkAssignForm

__all__ = [
    "PART_FORMS",
    "REQUEST_FORMS",
    "TASK_FORMS",
    "AgencyFilterForm",
    "BulkAppointForm",
    "BulkAssignForm",
    "ConclusionForm",
    "EditTaskForm",
    "GuardedForm",
    "ObjectionForm",
    "OrderFilterForm",
    "OrderForm",
    "OwnFilterForm",
    "RegisterFilterForm",
    "ReviewForm",
    "TaskForm",
]
