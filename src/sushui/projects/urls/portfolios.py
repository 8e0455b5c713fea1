"""Where the year's portfolio stands; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.forms.portfolios import ENTRY_FORMS, VERSION_FORMS
from sushui.projects.views import portfolios as views

_VERSION = "portfolios/versions/<int:list_version_id>/"

urlpatterns: list[URLPattern] = [
    path("portfolios/", views.portfolios, name="portfolios"),
    path("portfolios/open/", views.open_portfolio, name="portfolio-open"),
    path("portfolios/<int:portfolio_id>/", views.portfolio, name="portfolio"),
    path("portfolios/<int:portfolio_id>/draft/", views.draft_from_ledger, name="portfolio-draft"),
    path("portfolios/<int:portfolio_id>/import/", views.import_version, name="portfolio-import"),
    path(_VERSION, views.version, name="portfolio-version"),
    path(f"{_VERSION}export/", views.export_version, name="portfolio-export"),
    path(f"{_VERSION}compare/<int:other_version_id>/", views.compare, name="portfolio-compare"),
    *[path(f"{_VERSION}{verb}/", views.version_act, {"verb": verb}, f"portfolio-{verb}") for verb in VERSION_FORMS],
    *[
        path(f"portfolios/entries/<int:entry_id>/{verb}/", views.entry_act, {"verb": verb}, f"entry-{verb}")
        for verb in ENTRY_FORMS
    ],
]
