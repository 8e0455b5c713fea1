"""Where every page stands."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from sushui.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("supervision/", include("sushui.supervision.urls")),
]
