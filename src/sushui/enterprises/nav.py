"""The room of enterprises in the page frame."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from sushui.enterprises.permissions import may_be_an_enterprise, may_open_register
from sushui.kernel.nav import NavEntry, register_entry

ENTRIES = (
    NavEntry("enterprises", pgettext_lazy("room", "Enterprises"), "enterprises:register", 32, may_open_register),
    NavEntry("own-enterprise", pgettext_lazy("room", "My enterprise"), "enterprises:own", 24, may_be_an_enterprise),
)


def register() -> None:
    """Put the rooms into the frame."""
    for entry in ENTRIES:
        register_entry(entry)
