"""Where investors stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.forms import LEAD_FORMS
from sushui.projects.views import leads as views

urlpatterns: list[URLPattern] = [
    path("leads/", views.lead_list, name="lead-list"),
    path("leads/board/", views.lead_board, name="lead-board"),
    path("leads/new/", views.register_lead, name="lead-register"),
    path("leads/<int:lead_id>/", views.lead, name="lead"),
    *[path(f"leads/<int:lead_id>/{verb}/", views.lead_act, {"verb": verb}, f"lead-{verb}") for verb in LEAD_FORMS],
]
