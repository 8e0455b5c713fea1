"""A few addresses for the tests of the page frame."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sushui.kernel import look


def page(request: HttpRequest) -> HttpResponse:
    """A page with nothing on it."""
    return HttpResponse("")


organizations = ([path("switch/", page, name="switch-post"), path("out/", page, name="sign-out")], "organizations")

urlpatterns = [
    path("tasks/", page, name="tasks"),
    path("files/", page, name="files"),
    path("inbox/", page, name="inbox"),
    path("search/", page, name="search"),
    path("language/", page, name="set_language"),
    path("organizations/", include(organizations)),
    *look.urlpatterns,
]
