"""Where the pages of supervision stand."""

from __future__ import annotations

from django.urls import path

from sushui.supervision import views

app_name = "supervision"

urlpatterns = [
    path("tasks/<int:task_id>/", views.task, name="task"),
]
