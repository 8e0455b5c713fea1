"""Where the pages of the desk stand."""

from __future__ import annotations

from django.urls import path

from sushui.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("vacant/", views.vacant, name="vacant"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
]
