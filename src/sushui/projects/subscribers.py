"""What projects register with the kernel: their kind of subject, settings, jobs, words, rooms and days."""

from __future__ import annotations

from dataclasses import fields

from django.urls import reverse

from sushui.documents.services import TargetKind, register_target
from sushui.kernel import jobs
from sushui.kernel.labels import register_records, register_verbs
from sushui.kernel.settings_registry import NOT_STATED, SettingDefinition, register_setting
from sushui.kernel.subjects import SubjectKind, register_kind
from sushui.kernel.words import msg
from sushui.projects import nav, services
from sushui.projects.enums import (
    EXCHANGE_FIELDS,
    EXCHANGE_RECORDS,
    FIELDS,
    PORTFOLIO_FIELDS,
    PORTFOLIO_RECORDS,
    PORTFOLIO_VALUES,
    RECORDS,
    VALUES,
    ClusterVerb,
    ExchangeVerb,
    GroundVerb,
    ListVerb,
    OutputVerb,
    PortfolioVerb,
    ProjectVerb,
)
from sushui.projects.models import Project
from sushui.projects.panels import enterprises, gates, leads, monthly, permits, resources, today
from sushui.projects.panels.sheet import FILES
from sushui.projects.permissions import may_report_on_project
from sushui.projects.queries import PROJECT_SUBJECT, visible_project_subjects, visible_projects
from sushui.projects.rules.lights import LightLimits

OC4IDS = {
    "prefix": ("oc4ids-xxxxxx", msg("Prefix of project identifiers, as registered for OC4IDS")),
    "publisher": ("", msg("Publisher named in OC4IDS; the agency that exports where it is empty")),
    "uri": ("urn:sushui:oc4ids", msg("Address under which the OC4IDS package is published")),
}
YINCHUAN = msg("Project lights of a provincial capital, Yinchuan 2025")
STATISTICS = msg("Statistical reporting system for fixed-asset investment: from 5 million yuan")
LARGE = 100_000_000_000

SETTINGS = {
    "start_red_months": (msg("Months after the planned month of start until a project is red"), YINCHUAN),
    "progress_yellow_points": (msg("Points of the year's plan behind time that make a project yellow"), YINCHUAN),
    "progress_red_points": (msg("Points of the year's plan behind time beyond which a project is red"), YINCHUAN),
    "enrollment_yellow_months": (msg("Months from start to yellow for a project not in the statistics"), YINCHUAN),
    "enrollment_red_months": (msg("Months from start to red for a project not in the statistics"), YINCHUAN),
    "enrollment_from_yuan": (msg("Total investment in yuan from which a project enters the statistics"), STATISTICS),
    "report_due_day": (msg("Day of the next month by which monthly figures are reported"), NOT_STATED),
    "months_count": (msg("Whether a month's missed target alone lights the project"), NOT_STATED),
}
BOUNDS = {
    "progress_yellow_points": (1, 100),
    "progress_red_points": (1, 100),
    "enrollment_from_yuan": (0, 100_000_000_000),
    "report_due_day": (1, 31),
}
MONTHS = (1, 60)


def _page(project: Project) -> str:
    return reverse("projects:project", args=[project.pk])


def connect() -> None:
    """Register the room."""
    register_kind(SubjectKind(PROJECT_SUBJECT, msg("Project"), visible_project_subjects))
    defaults = LightLimits()
    for each in fields(LightLimits):
        sentence, source = SETTINGS[each.name]
        least, most = BOUNDS.get(each.name, MONTHS)
        default = getattr(defaults, each.name)
        register_setting(SettingDefinition(f"projects.{each.name}", default, sentence, source, least, most))
    jobs.register_job("projects.light", services.light_due, cron="*/10 * * * *")
    jobs.register_job("projects.light_all", services.light_all, cron="10 16 * * *")  # ten past midnight in China
    register_verbs(ProjectVerb, FIELDS, VALUES)
    register_verbs(ListVerb)
    register_verbs(GroundVerb, FIELDS)
    register_verbs(PortfolioVerb, PORTFOLIO_FIELDS, PORTFOLIO_VALUES)
    register_verbs(OutputVerb, PORTFOLIO_FIELDS)
    register_verbs(ClusterVerb)
    register_records(RECORDS)
    register_records(PORTFOLIO_RECORDS)
    register_verbs(ExchangeVerb, EXCHANGE_FIELDS)
    register_records(EXCHANGE_RECORDS)
    for key, (default, sentence) in OC4IDS.items():
        register_setting(SettingDefinition(f"oc4ids.{key}", default, sentence))
    register_target(TargetKind(FILES, msg("Project"), visible_projects, may_report_on_project, page=_page))
    enterprises.register()
    gates.register()
    leads.register()
    resources.register()
    monthly.register()
    permits.register()
    nav.register()
    today.register()
