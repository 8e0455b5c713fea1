"""Where notices stand in the page frame."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sushui.kernel.nav import Inbox, NavEntry, register_entry, register_inbox
from sushui.notices.permissions import may_keep_channels
from sushui.notices.queries import unread_count


def register() -> None:
    """The inbox of the post in use for everybody; the channels for those who keep them."""
    register_inbox(Inbox("notices:inbox", unread_count))
    register_entry(NavEntry("channels", _("Message channels"), "notices:channels", 95, may_keep_channels))
