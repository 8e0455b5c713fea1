"""Where projects go out as OC4IDS and come in; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.views import exchange as views

urlpatterns: list[URLPattern] = [
    path("oc4ids/", views.exchange, name="exchange"),
    path("oc4ids/export/", views.export_package, name="exchange-export"),
    path("oc4ids/<int:exchange_id>/", views.draft, name="exchange-draft"),
    path("oc4ids/<int:exchange_id>/commit/", views.commit, name="exchange-commit"),
    path("portfolios/versions/<int:list_version_id>/oc4ids/", views.export_portfolio, name="exchange-portfolio"),
    path("<int:project_id>/oc4ids/", views.export_project, name="exchange-project"),
]
