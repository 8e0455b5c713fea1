"""Where the pages of notices stand."""

from __future__ import annotations

from django.urls import path

from sushui.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("read/", views.mark_read, name="mark-read"),
    path("<int:notice_id>/", views.open_notice, name="open"),
    # what administrators keep
    path("channels/", views.channels, name="channels"),
    path("channels/<str:channel>/", views.channel, name="channel"),
    path("channels/<str:channel>/test/", views.send_test, name="send-test"),
]
