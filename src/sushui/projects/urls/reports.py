"""Where monthly reports and bottlenecks stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.views import bottlenecks, reports, units

urlpatterns: list[URLPattern] = [
    path("unit/", units.unit_projects, name="unit-projects"),
    path("unit/<int:project_id>/", units.unit_project, name="unit-project"),
    path("reports/", reports.report_list, name="report-list"),
    path("<int:project_id>/report/", reports.report, name="report"),
    path("<int:project_id>/reports/", reports.reports, name="reports"),
    path("bottlenecks/", bottlenecks.bottleneck_list, name="bottlenecks"),
    path("bottlenecks/export/", bottlenecks.export_bottlenecks, name="export-bottlenecks"),
]
