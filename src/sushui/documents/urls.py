"""Where files are given out and sent in."""

from __future__ import annotations

from django.urls import path

from sushui.documents import views

app_name = "documents"

urlpatterns = [
    path("<int:version_id>/", views.file, name="file"),
    path("<int:version_id>/thumbnail/", views.thumbnail, name="thumbnail"),
    path("on/<str:kind>/<int:object_id>/", views.attach, name="attach"),
    path("attachments/<int:attachment_id>/replace/", views.replace, name="replace"),
    path("attachments/<int:attachment_id>/withdraw/", views.withdraw, name="withdraw"),
]
