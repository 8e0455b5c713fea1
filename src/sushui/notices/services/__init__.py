"""Every write of notices."""

from sushui.notices.adapter import open_moment
from sushui.notices.services.channels import ChannelDraft, send_test, set_channel
from sushui.notices.services.inbox import TOPIC, deliver_notice, deliver_notices, mark_all_read, mark_read, post_notice
from sushui.notices.services.sending import sender_of

__all__ = [
    "TOPIC",
    "ChannelDraft",
    "deliver_notice",
    "deliver_notices",
    "mark_all_read",
    "mark_read",
    "open_moment",
    "post_notice",
    "send_test",
    "sender_of",
    "set_channel",
]
