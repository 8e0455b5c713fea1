"""The pages of the room beside each other."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sushui.kernel.components import Tab
from sushui.kernel.viewer import Viewer
from sushui.relief.permissions import may_keep_desk, may_open_requests, may_see_all_requests

PLACES = {
    "desk": (_("Intake desk"), may_see_all_requests),
    "agency": (_("Requests of my agency"), may_open_requests),
    "common": (_("Common issues"), may_open_requests),
    "register": (_("Issue register"), may_open_requests),
    "duty": (_("Found by agencies"), may_open_requests),
    "checks": (_("Spot checks"), may_keep_desk),
}


def places(viewer: Viewer, current: str) -> list[Tab]:
    """The pages that the viewer may open; none for those who have one page alone."""
    found = [
        Tab(label, reverse(f"relief:{key}"), is_current=key == current)
        for key, (label, may) in PLACES.items()
        if may(viewer)
    ]
    return found if len(found) > 1 else []
