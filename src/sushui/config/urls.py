"""Where every page stands."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from sushui.config.api import api
from sushui.organizations.urls import language_patterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("organizations/", include("sushui.organizations.urls")),
    path("files/", include("sushui.documents.urls")),
    path("inbox/", include("sushui.notices.urls")),
    path("supervision/", include("sushui.supervision.urls")),
    path("liaison/", include("sushui.liaison.urls")),
    path("enterprises/", include("sushui.enterprises.urls")),
    path("projects/", include("sushui.projects.urls")),
    path("relief/", include("sushui.relief.urls")),
    path("planner/", include("sushui.planner.urls")),
    path("", include("sushui.desk.urls")),
    *language_patterns,
]
if settings.DEVELOPMENT:
    urlpatterns.append(path("", include("sushui.kernel.look")))
