"""What a project turned out in a year."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.acts import text_area
from sushui.projects.forms.acts import MoneyField, ProjectActForm
from sushui.projects.models import Project, YearlyOutput
from sushui.projects.permissions import may_report_on_project
from sushui.projects.services import outputs


class OutputForm(ProjectActForm):
    """What the project turned out in a year; another amount than the one that stands says why."""

    title = button = _("Record the yearly output")
    done = _("The output is recorded.")
    record: Project
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)
    amount = MoneyField(label=_("Yearly output"), min_value=0, help_text=_("In ten thousand yuan."))
    reason = forms.CharField(
        label=_("Reason of the correction"), required=False, widget=text_area(2), help_text=_("Where one stands.")
    )

    def prepare(self) -> None:
        self.initial.setdefault("year", clock.today().year - 1)

    def may(self) -> bool:
        return bool(may_report_on_project(self.viewer, self.record))

    def act(self) -> YearlyOutput:
        return outputs.record_output(self.viewer, self.record, **self.cleaned_data)
