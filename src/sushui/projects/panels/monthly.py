"""What monthly reports and bottlenecks are to the house: settings, jobs, verbs, photos, and what supervision tells."""

from __future__ import annotations

from operator import attrgetter

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.kernel import events, jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import NOT_STATED, SettingDefinition, register_setting
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.projects import services
from sushui.projects.enums import FIELDS, REPORT_FIELDS, VALUES, BottleneckVerb, ReportVerb
from sushui.projects.models import MonthlyReport
from sushui.projects.panels import origin
from sushui.projects.permissions import may_give_report, may_report_on_project
from sushui.projects.queries import PHOTOS, visible_reports
from sushui.projects.rules.reports import ReportLimits
from sushui.supervision.events import TaskClosed, TaskReturned

REPORT = msg("Monthly report")
SETTINGS = {
    "cut_off_day": (msg("Day of the next month after which a month of reports is locked"), 31),
    "gap_points": (msg("Points between money and physical progress beyond which a report is asked about"), 100),
}


def register() -> None:
    """Register them, and hear when a task of a bottleneck is closed or returned."""
    defaults = ReportLimits()
    for name, (sentence, most) in SETTINGS.items():
        key, default = f"project_reports.{name}", getattr(defaults, name)
        register_setting(SettingDefinition(key, default, sentence, NOT_STATED, 1, most))
    jobs.register_job("projects.remind_reports", services.remind_missing_reports, cron="*/15 * * * *")
    register_verbs(ReportVerb, {**FIELDS, **REPORT_FIELDS}, VALUES)
    register_verbs(BottleneckVerb, {**REPORT_FIELDS, **FIELDS}, VALUES)
    register_records({"projects.monthlyreport": REPORT})
    story = attrgetter("project")
    register_target(
        TargetKind(
            *(PHOTOS, REPORT, visible_reports, _may_attach),
            page=_page,
            story=story,
            only_pictures=True,
            may_change=_may_change,
        )
    )
    origin.register()
    events.subscribe(TaskClosed, services.note_closed_task)
    events.subscribe(TaskReturned, services.note_returned_task)


def _page(report: MonthlyReport) -> str:
    return f"{reverse('projects:reports', args=[report.project_id])}?year={report.month.year}"


def _may_change(viewer: Viewer, report: MonthlyReport, agency_id: int) -> bool:
    """The project's unit changes its own photos, never those of the agency that reports on the project."""
    return bool(may_report_on_project(viewer, report.project)) or agency_id in viewer.agency_ids


def _may_attach(viewer: Viewer, report: MonthlyReport) -> bool:
    return bool(may_give_report(viewer, report.project))
