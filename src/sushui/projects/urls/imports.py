"""Where workbooks of projects come in and go out; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.views import imports as views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:sheet_id>/", views.sheet, name="import"),
    path("imports/<int:sheet_id>/columns/", views.columns, name="import-columns"),
    path("imports/<int:sheet_id>/questions/", views.questions, name="import-questions"),
    path("imports/<int:sheet_id>/questions/take-back/", views.take_back, name="import-take-back"),
    path("imports/<int:sheet_id>/rows/", views.rows, name="import-rows"),
    path("imports/<int:sheet_id>/rows/<int:row_number>/", views.row, name="import-row"),
    path("imports/<int:sheet_id>/commit/", views.commit, name="import-commit"),
    path("imports/<int:sheet_id>/discard/", views.discard, name="import-discard"),
    path("export/", views.export_ledger, name="export"),
    path("export/figures/", views.export_figures, name="export-figures"),
    path("templates/ledger/", views.ledger_template, name="ledger-template"),
    path("templates/figures/", views.figures_template, name="figures-template"),
]
