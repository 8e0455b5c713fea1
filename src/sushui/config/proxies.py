"""Where a request really comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address as the outermost trusted proxy saw it.

    Each of the `PROXIES` in front adds one address at the right end of X-Forwarded-For; what stands further left
    was written by the client and proves nothing.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.PROXIES <= len(forwarded):
        return forwarded[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
