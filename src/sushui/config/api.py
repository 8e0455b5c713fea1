"""The one API of the house under ``/api/``: the rooms' routers, each under its room's name.

``/api/openapi.json`` describes it, ``/api/docs`` shows it; both for whoever is signed in. See
docs/decisions/0005-api.md and docs/recipes/use-the-api.md.
"""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema

from sushui import __version__
from sushui.desk.api import router as desk
from sushui.documents.api import router as documents
from sushui.enterprises.api import router as enterprises
from sushui.kernel.api import BySession, ByToken
from sushui.kernel.api_refusals import say_refusals
from sushui.kernel.pages import page
from sushui.kernel.viewer import Viewer
from sushui.liaison.api import router as liaison
from sushui.notices.api import router as notices
from sushui.organizations.api import router as organizations
from sushui.organizations.permissions import is_signed_in
from sushui.planner.api import router as planner
from sushui.projects.api import router as projects
from sushui.relief.api import router as relief
from sushui.supervision.api import router as supervision

DESCRIPTION = (
    "What the pages show and do, for programs: the same reads, the same acts, the same permissions. Every refusal has "
    "a `code` that stays the same, a `sentence` and a `mend` in the language of `Accept-Language`."
)


def nobody(viewer: Viewer) -> bool:
    """The rule of an operation that names none: closed."""
    return False


class DescribedOnce(NinjaAPI):
    """An API whose description is put together once for a process: it hangs on nothing but the code."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        if path_prefix is not None or path_params:
            return super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        if self._described is None:
            self._described = super().get_openapi_schema()
        return self._described


api = DescribedOnce(
    title="Sushui",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Swagger(settings={"persistAuthorization": False, "validatorUrl": None}),
    docs_decorator=page(is_signed_in),
    auth=[ByToken(nobody), BySession(nobody)],
)
api.add_router("/documents", documents)
api.add_router("/notices", notices)
api.add_router("/organizations", organizations)
api.add_router("/enterprises", enterprises)
api.add_router("/projects", projects)
api.add_router("/relief", relief)
api.add_router("/planner", planner)
api.add_router("/supervision", supervision)
api.add_router("/liaison", liaison)
api.add_router("/desk", desk)
say_refusals(api)
