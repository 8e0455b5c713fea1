"""How content leaves the house: by permission, never by its place on disk, and never as part of our pages."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.translation import gettext_lazy as _

from sushui.documents import storage
from sushui.documents.models import StoredFile
from sushui.kernel.errors import DomainError

# Whatever the content is, a browser that shows it runs nothing, sends nothing and knows nobody's session.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def given(request: HttpRequest, file: StoredFile, name: str) -> HttpResponse:
    """The content under ``name``: pictures shown, the rest saved. Asked for again, only whether it is the same.

    Raises:
        DomainError: ``file_lost`` when it is not on disk.
    """
    response = _answer(request, file, name)
    response["ETag"] = _tag(file)
    response["Cache-Control"] = "private, no-cache"  # kept by the browser, asked each time whether it may be shown
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response  # type: ignore[return-value]  # a streamed response is one


def _answer(request: HttpRequest, file: StoredFile, name: str) -> HttpResponseBase:
    if _tag(file) in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    try:
        content = storage.opened(file.sha256)
    except FileNotFoundError as error:
        raise DomainError(
            "file_lost",
            _("“%(name)s” is not where it was stored."),
            _("Tell the administrator: “sushui check --files” names what is missing, a backup brings it back."),
            name=name,
        ) from error
    return FileResponse(content, as_attachment=not file.is_picture, filename=name, content_type=file.media_type)


def _tag(file: StoredFile) -> str:
    return f'"{file.sha256}"'
