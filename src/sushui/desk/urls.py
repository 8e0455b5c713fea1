"""Where the pages of the desk stand."""

from __future__ import annotations

from django.urls import path

from sushui.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("landing/", views.landing, name="landing"),
    path("cockpit/", views.cockpit, name="cockpit"),
    path("cockpit/wall/", views.wall, name="wall"),
    path("cockpit/counties/", views.counties, name="counties"),
    path("cockpit/money/", views.money, name="money"),
    path("cockpit/reported/", views.reported, name="reported"),
    path("vacant/", views.vacant, name="vacant"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
]
