"""Where the pages of liaison stand."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sushui.liaison import views

app_name = "liaison"

urlpatterns: list[URLPattern | URLResolver] = [
    path("subjects/<int:subject_id>/", views.subject, name="subject"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
]
