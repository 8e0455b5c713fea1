"""Where the pages of projects stand."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from sushui.projects import views
from sushui.projects.forms import BOTTLENECK_FORMS, FUNDS_FORMS, MILESTONE_FORMS, PROJECT_FORMS
from sushui.projects.urls.clusters import urlpatterns as cluster_patterns
from sushui.projects.urls.exchange import urlpatterns as exchange_patterns
from sushui.projects.urls.gates import urlpatterns as gate_patterns
from sushui.projects.urls.imports import urlpatterns as import_patterns
from sushui.projects.urls.leads import urlpatterns as lead_patterns
from sushui.projects.urls.looks import urlpatterns as look_patterns
from sushui.projects.urls.permits import urlpatterns as permit_patterns
from sushui.projects.urls.portfolios import urlpatterns as portfolio_patterns
from sushui.projects.urls.reports import urlpatterns as report_patterns
from sushui.projects.urls.resources import urlpatterns as resource_patterns

app_name = "projects"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.ledger, name="ledger"),
    path("ticked/", views.ticked, name="ticked"),
    path("own/", views.own, name="own"),
    path("new/", views.register, name="register"),
    path("industries/", views.industries, name="industries"),
    path("views/", views.keep_view, name="keep-view"),
    path("views/<int:view_id>/drop/", views.drop_view, name="drop-view"),
    path("<int:project_id>/", views.project, name="project"),
    path("<int:project_id>/figures/", views.figures, name="figures"),
    # Each act has an address of its own: shown by GET, done by POST.
    *[path(f"<int:project_id>/{verb}/", views.project_act, {"verb": verb}, verb) for verb in PROJECT_FORMS],
    *[
        path(f"milestones/<int:milestone_id>/{verb}/", views.milestone_act, {"verb": verb}, f"milestone-{verb}")
        for verb in MILESTONE_FORMS
    ],
    *[
        path(f"funds/<int:received_id>/{verb}/", views.funds_act, {"verb": verb}, f"funds-{verb}")
        for verb in FUNDS_FORMS
    ],
    *[
        path(f"bottlenecks/<int:bottleneck_id>/{verb}/", views.bottleneck_act, {"verb": verb}, f"bottleneck-{verb}")
        for verb in BOTTLENECK_FORMS
    ],
    *cluster_patterns,
    *look_patterns,
    *gate_patterns,
    *lead_patterns,
    *resource_patterns,
    *report_patterns,
    *import_patterns,
    *permit_patterns,
    *portfolio_patterns,
    *exchange_patterns,
]
