"""The doors of the API: every operation carries its rule, writes take an idempotency key, refusals read as on pages.

A room makes one ``router = RoomRouter(tags=["supervision"])`` and names who may come in, as `kernel.pages.page` does:

    @router.reads("/tasks/{task_id}", may_open_supervision, TaskOut)
    def task(request: ViewerRequest, task_id: Number) -> SupervisedTask:

A program comes in by a personal token (``Authorization: Bearer``), a page by its session and the CSRF token. The viewer
is found by the middleware in both cases (`request.viewer`), so what they may see and do is the same.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Generic, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema
from ninja.responses import Status
from ninja.security import APIKeyCookie, HttpBearer
from pydantic import StringConstraints, TypeAdapter

from sushui.kernel.errors import DomainError, Forbidden
from sushui.kernel.pages import Access, ViewerRequest
from sushui.kernel.receipts import LONGEST_KEY, once
from sushui.kernel.viewer import Viewer

Item = TypeVar("Item")
View = TypeVar("View", bound=Callable[..., Any])

# Numbers and texts as the database can hold them; what lies outside is refused before it gets there.
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]
SmallNumber = Annotated[int, Field(ge=0, le=2**31 - 1)]
Line = Annotated[str, StringConstraints(max_length=255, pattern=r"^[^\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Size = Annotated[int, Field(ge=1, le=200)]
LONGEST_VERSION = 10  # digits


class Flaw(Schema):
    """One value that was not understood: where it stands, and the kind of flaw."""

    where: str
    flaw: str


class Refusal(Schema):
    """Why nothing was done: what is wrong, where, and what to do."""

    code: str
    sentence: str
    mend: str
    flaws: list[Flaw] = []


class Listed(Schema, Generic[Item]):
    """A stretch of a list; ``next`` is the cursor of the rows after it, empty at the end."""

    items: list[Item]
    next: str = ""


REFUSALS = dict.fromkeys((401, 403, 404, 409, 422), Refusal)
IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "The same request under the same key is done once; the answer of the first is given again.",
}


class ByToken(HttpBearer):
    """Comes in by a personal token."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        return _admitted(request, self.access)


class BySession(APIKeyCookie):
    """Comes in by the session of a browser, which proves itself by the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def __call__(self, request: HttpRequest) -> Viewer | None:
        return None if "Authorization" in request.headers else super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Viewer | None:
        return _admitted(request, self.access)


def _admitted(request: HttpRequest, access: Access) -> Viewer | None:
    """The viewer for whom ``access`` holds; None when nobody is known.

    Raises:
        Forbidden: ``access`` does not hold.
    """
    viewer = cast(ViewerRequest, request).viewer
    if viewer is not None and not access(viewer):
        raise Forbidden
    return viewer


class RoomRouter(Router):
    """A router whose operations cannot be written without a rule."""

    def reads(self, path: str, access: Access, response: Any, **options: Any) -> Callable[[View], View]:
        """A GET operation for those for whom ``access`` holds."""

        def decorate(view: View) -> View:
            self.get(path, **_described(view, access, {200: response}), **options)(view)
            return view

        return decorate

    def writes(
        self, path: str, access: Access, response: Any, *, method: str = "POST", status: int = 200, **options: Any
    ) -> Callable[[View], View]:
        """A writing operation for those for whom ``access`` holds, done once under an idempotency key."""

        def decorate(view: View) -> View:
            described = _described(view, access, {status: response}) | {
                "openapi_extra": {"parameters": [IDEMPOTENCY_KEY]}
            }
            self.api_operation([method], path, **described, **options)(_once_under_its_key(view, response, status))
            return view

        return decorate


def _described(view: Callable[..., Any], access: Access, responses: dict[int, Any]) -> dict[str, Any]:
    summary, _blank, description = (inspect.getdoc(view) or "").partition("\n\n")
    return {
        "auth": [ByToken(access), BySession(access)],
        "operation_id": f"{view.__module__.split('.')[1]}_{view.__name__}",
        "response": {**responses, **REFUSALS},
        "summary": summary.replace("\n", " ").rstrip("."),
        "description": description,
    }


def _once_under_its_key(view: Callable[..., Any], response: type[Schema], status: int) -> Callable[..., Any]:
    """``view`` behind the receipts; its result is kept as the JSON that was answered."""

    @wraps(view)
    def behind(request: ViewerRequest, **values: Any) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return Status(status, view(request, **values))

        def act() -> Any:
            made = view(request, **values)
            return TypeAdapter(response).dump_python(TypeAdapter(response).validate_python(made), mode="json")

        kept = once(request.viewer, key, f"{request.method} {view.__name__}", _digest_of(request), act)
        return JsonResponse(kept, status=status)

    behind.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
    return behind


def _digest_of(request: HttpRequest) -> str:
    """SHA-256 over all that is asked: path and body, or form and files."""
    digest = hashlib.sha256(request.get_full_path().encode())
    try:
        digest.update(request.body)
    except RawPostDataException:  # a form with files, read already
        digest.update(request.POST.urlencode().encode())
        for file in (file for name in sorted(request.FILES) for file in request.FILES.getlist(name)):
            digest.update(file.read())
            file.seek(0)
    return digest.hexdigest()


def tell_version(response: HttpResponse, version: int) -> None:
    """Answer a record's version as its ETag."""
    response["ETag"] = f'"{version}"'


def seen_version(request: HttpRequest, said: int | None) -> int | None:
    """The version that the caller has seen: ``version`` in the body, else the header ``If-Match``; None when unsaid.

    Raises:
        DomainError: ``version_unreadable``.
    """
    header = request.headers.get("If-Match", "")
    if said is not None or not header:
        return said
    text = header.removeprefix("W/").strip('"')
    if not text.isdecimal() or len(text) > LONGEST_VERSION:
        raise DomainError(
            "version_unreadable",
            _("“%(version)s” is no version of a record."),
            _("Send the ETag that came with the record."),
            version=header[:40],
        )
    return int(text)
