"""Where needs, commitments and deliveries stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.forms import COMMITMENT_FORMS, DELIVERY_FORMS, NEED_FORMS
from sushui.projects.views import resources as views

urlpatterns: list[URLPattern] = [
    path("resources/", views.resource_list, name="resource-list"),
    path("resources/export/", views.export_resources, name="export-resources"),
    path("<int:project_id>/resources/", views.resources, name="resources"),
    path("needs/<int:need_id>/", views.need, name="need"),
    *[path(f"needs/<int:need_id>/{verb}/", views.need_act, {"verb": verb}, f"need-{verb}") for verb in NEED_FORMS],
    *[
        path(f"commitments/<int:commitment_id>/{verb}/", views.commitment_act, {"verb": verb}, f"commitment-{verb}")
        for verb in COMMITMENT_FORMS
    ],
    *[
        path(f"deliveries/<int:delivery_id>/{verb}/", views.delivery_act, {"verb": verb}, f"delivery-{verb}")
        for verb in DELIVERY_FORMS
    ],
]
