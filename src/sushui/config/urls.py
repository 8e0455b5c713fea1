"""Where every page stands."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("supervision/", include("sushui.supervision.urls")),
]
