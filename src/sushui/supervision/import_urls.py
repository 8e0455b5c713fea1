"""Where work lists come in and go out; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.supervision.views import imports as views

urlpatterns: list[URLPattern] = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:draft_id>/", views.work_list, name="import"),
    path("imports/<int:draft_id>/about/", views.about, name="import-about"),
    path("imports/<int:draft_id>/columns/", views.columns, name="import-columns"),
    path("imports/<int:draft_id>/questions/", views.questions, name="import-questions"),
    path("imports/<int:draft_id>/questions/take-back/", views.take_back, name="import-take-back"),
    path("imports/<int:draft_id>/rows/", views.rows, name="import-rows"),
    path("imports/<int:draft_id>/rows/<int:row_number>/", views.row, name="import-row"),
    path("imports/<int:draft_id>/commit/", views.commit, name="import-commit"),
    path("imports/<int:draft_id>/discard/", views.discard, name="import-discard"),
    path("register/export/", views.export_register, name="register-export"),
    path("orders/<int:order_id>/export/", views.export_order, name="order-export"),
]
