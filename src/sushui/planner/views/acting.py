"""How every act of the room is shown and done."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from sushui.kernel.act_pages import act_page
from sushui.kernel.errors import Forbidden
from sushui.kernel.pages import ViewerRequest

ASKED = ("year", "kind", "factor", "project", "pool", "money", "about")  # what an address may say beforehand


def filled(request: ViewerRequest, kind: Any, record: Any = None) -> Any:
    """The form with what was sent; before that with what the address says."""
    asked = {name: request.GET[name] for name in ASKED if name in request.GET}
    data = request.POST if request.method == "POST" else None
    return kind(data, viewer=request.viewer, record=record, initial=asked)


def carry_out(request: ViewerRequest, form: Any, *, back: str, **more: Any) -> HttpResponse:
    """Show the form of an act or do it.

    Raises:
        Forbidden: the viewer may not do it, whatever is typed.
    """
    if not form.may():
        raise Forbidden
    return act_page(request, form, back=back, **more)
