"""Where the pages of relief stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.relief import views
from sushui.relief.forms import REQUEST_FORMS

app_name = "relief"
_REQUEST, _ISSUE = "<int:support_id>/", "common/<int:issue_id>/"

urlpatterns: list[URLPattern] = [
    path("", views.desk, name="desk"),
    path("agency/", views.agency, name="agency"),
    path("own/", views.own, name="own"),
    path("new/", views.enter, name="new"),
    path("gather/", views.gather, name="gather"),
    path("common/", views.common, name="common"),
    path(_ISSUE, views.issue, name="issue"),
    path(f"{_ISSUE}answer/", views.issue_answer, name="issue-answer"),
    path("issues/", views.register, name="register"),
    path("issues/export/", views.export, name="export"),
    path("duty/", views.duty, name="duty"),
    path("checks/", views.checks, name="checks"),
    path("checks/draw/", views.draw, name="draw"),
    path(_REQUEST, views.request, name="request"),
    *[path(f"{_REQUEST}{verb}/", views.request_act, {"verb": verb}, f"request-{verb}") for verb in REQUEST_FORMS],
]
