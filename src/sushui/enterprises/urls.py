"""Where the pages of enterprises stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.enterprises import views
from sushui.enterprises.forms import ENTERPRISE_FORMS, PERSON_FORMS

_SHEET = "imports/<int:enterprise_sheet_id>/"
app_name = "enterprises"
_ENTERPRISE, _PERSON = "<int:enterprise_id>/", "people/<int:enterprise_person_id>/"

urlpatterns: list[URLPattern] = [
    path("", views.register, name="register"),
    path("views/keep/", views.keep_view, name="keep-view"),
    path("views/<int:view_id>/drop/", views.drop_view, name="drop-view"),
    path("own/", views.own, name="own"),
    path("new/", views.enter, name="enter"),
    path("imports/", views.imports, name="imports"),
    path(_SHEET, views.one_import, name="import"),
    path(f"{_SHEET}commit/", views.import_commit, name="import-commit"),
    path(f"{_SHEET}discard/", views.import_discard, name="import-discard"),
    path(_ENTERPRISE, views.enterprise, name="enterprise"),
    path(f"{_ENTERPRISE}figures/", views.figures, name="figures"),
    *[path(f"{_ENTERPRISE}{verb}/", views.enterprise_act, {"verb": verb}, verb) for verb in ENTERPRISE_FORMS],
    *[path(f"{_PERSON}{verb}/", views.person_act, {"verb": verb}, f"person-{verb}") for verb in PERSON_FORMS],
]
