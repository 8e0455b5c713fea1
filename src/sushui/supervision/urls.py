"""Where the pages of supervision stand."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sushui.supervision import views
from sushui.supervision.forms import PART_FORMS, REQUEST_FORMS, TASK_FORMS
from sushui.supervision.import_urls import urlpatterns as import_patterns

app_name = "supervision"

urlpatterns: list[URLPattern | URLResolver] = [
    path("mine/", views.mine, name="mine"),
    path("agency/", views.agency, name="agency"),
    path("agency/appoint/", views.appoint, name="agency-appoint"),
    path("register/", views.register, name="register"),
    path("register/assign/", views.assign_ticked, name="register-assign"),
    path("register/views/", views.keep_view, name="register-keep-view"),
    path("register/views/<int:view_id>/drop/", views.drop_view, name="register-drop-view"),
    path("red/", views.red, name="red"),
    path("decisions/", views.decisions, name="decisions"),
    path("tasks/<int:task_id>/", views.task, name="task"),
    path("tasks/<int:task_id>/edit/", views.edit_task, name="task-edit"),
    path("orders/", views.orders, name="orders"),
    path("orders/new/", views.new_order, name="order-new"),
    path("orders/<int:order_id>/", views.order, name="order"),
    path("orders/<int:order_id>/tasks/new/", views.new_task, name="task-new"),
    path("orders/<int:order_id>/conclude/", views.conclude, name="order-conclude"),
    path("conclusions/", views.conclusions, name="conclusions"),
    path("conclusions/<int:conclusion_id>/", views.conclusion, name="conclusion"),
    path("conclusions/<int:conclusion_id>/object/", views.object_to, name="conclusion-object"),
    path("objections/<int:objection_id>/review/", views.review, name="objection-review"),
    # Each act has an address of its own: shown by GET where there is no room beside, done by POST.
    *[path(f"tasks/<int:task_id>/{verb}/", views.task_act, {"verb": verb}, f"task-{verb}") for verb in TASK_FORMS],
    *[path(f"parts/<int:part_id>/{verb}/", views.part_act, {"verb": verb}, f"part-{verb}") for verb in PART_FORMS],
    *[
        path(f"requests/<int:request_id>/{verb}/", views.request_act, {"verb": verb}, f"request-{verb}")
        for verb in REQUEST_FORMS
    ],
    *import_patterns,
]
