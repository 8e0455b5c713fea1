"""Where the pages of enterprises stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.enterprises import views

app_name = "enterprises"
_ENTERPRISE = "<int:enterprise_id>/"

urlpatterns: list[URLPattern] = [
    path("", views.register, name="register"),
    path("views/keep/", views.keep_view, name="keep-view"),
    path("views/<int:view_id>/drop/", views.drop_view, name="drop-view"),
    path("own/", views.own, name="own"),
    path(_ENTERPRISE, views.enterprise, name="enterprise"),
]
