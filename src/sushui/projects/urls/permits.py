"""Where the pages of permits stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.forms.permits import STEP_FORMS
from sushui.projects.views import permits as views

_PATH = "permits/paths/<slug:permit_path>/<slug:permit_variant>/"

urlpatterns: list[URLPattern] = [
    path("permits/", views.all_permits, name="all-permits"),
    path("permits/export/", views.export_permits, name="export-permits"),
    path("permits/holders/", views.permit_holders, name="permit-holders"),
    path("permits/paths/", views.permit_paths, name="permit-paths"),
    path(f"{_PATH}edit/", views.edit_template, name="permit-template-edit"),
    path(f"{_PATH}length/", views.state_length, name="permit-template-length"),
    path(f"{_PATH}<int:permit_version>/", views.permit_template, name="permit-template"),
    path("permits/steps/<int:permit_step_id>/", views.permit_step, name="permit-step"),
    *[
        path(f"permits/steps/<int:permit_step_id>/{verb}/", views.permit_act, {"verb": verb}, f"permit-{verb}")
        for verb in STEP_FORMS
    ],
    path("<int:project_id>/permits/", views.permits, name="permits"),
    path("<int:project_id>/permits/path/", views.permit_path, name="permit-path"),
    path("<int:project_id>/permits/what-if/", views.permit_slip, name="permit-slip"),
]
