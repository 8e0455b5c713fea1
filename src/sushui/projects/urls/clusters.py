"""Where the clusters stand."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.views.clusters import clusters

urlpatterns: list[URLPattern] = [path("clusters/", clusters, name="clusters")]
