"""Where the pages of liaison stand."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sushui.liaison import views

app_name = "liaison"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", views.mine, name="mine"),
    path("register/", views.register, name="register"),
    path("register/appoint/", views.bulk_appoint, name="register-appoint"),
    path("register/export/", views.export, name="register-export"),
    path("register/views/", views.keep_view, name="register-keep-view"),
    path("register/views/<int:view_id>/drop/", views.drop_view, name="register-drop-view"),
    path("waiting/", views.lapses, name="lapses"),
    path("lists/", views.lists, name="lists"),
    path("lists/<int:list_id>/", views.one_list, name="list"),
    path("lists/<int:list_id>/import/", views.import_list, name="list-import"),
    path("lists/<int:list_id>/discard/", views.discard, name="list-discard"),
    path("subjects/<int:subject_id>/", views.subject, name="subject"),
    path("subjects/<int:subject_id>/appoint/", views.appoint, name="appoint"),
    path("subjects/<int:subject_id>/visit/", views.log, name="visit-log"),
    path("subjects/<int:subject_id>/visit/finding/", views.finding, name="visit-finding"),
    path("liaisons/<int:liaison_id>/replace/", views.replace, name="replace"),
    path("liaisons/<int:liaison_id>/end/", views.end, name="end"),
    path("visits/", views.visits, name="visits"),
    path("visits/new/", views.choose, name="visit-new"),
    path("visits/<int:visit_id>/", views.visit, name="visit"),
    path("visits/<int:visit_id>/edit/", views.edit, name="visit-edit"),
    path("visits/<int:visit_id>/withdraw/", views.withdraw, name="visit-withdraw"),
]
