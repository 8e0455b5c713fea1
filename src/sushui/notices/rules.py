"""Decisions about notices over plain values: no Django, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sushui.notices.enums import AddressFlaw, Channel, NoticeTone

LOUDNESS = {tone: place for place, tone in enumerate(NoticeTone)}


def is_loud_enough(tone: NoticeTone, least: NoticeTone) -> bool:
    """Whether a channel that wants ``least`` and what is more pressing carries ``tone``."""
    return LOUDNESS[tone] >= LOUDNESS[least]


def address_flaw(address: str) -> AddressFlaw | None:
    """What is wrong with an address to send to. Hosts are the administrator's choice: a private one is no flaw."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        return AddressFlaw.UNREADABLE
    if parts.scheme not in ("https", "http"):
        return AddressFlaw.SCHEME
    if not parts.hostname:
        return AddressFlaw.HOST
    if parts.username is not None or parts.password is not None:
        return AddressFlaw.CREDENTIALS
    return AddressFlaw.UNREADABLE if any(mark.isspace() or not mark.isprintable() for mark in address) else None


@dataclass(frozen=True)
class ChannelNeeds:
    """What a channel must be told before it can send, and what it may be told.

    ``usual_address`` is where the vendor's own service is; a private deployment has another.
    """

    has_address: bool = True
    usual_address: str = ""
    has_token: bool = True
    has_secret: bool = True


NEEDS = {
    Channel.EMAIL: ChannelNeeds(has_address=False, has_token=False, has_secret=False),
    Channel.DINGTALK: ChannelNeeds(usual_address="https://oapi.dingtalk.com"),
    Channel.WECOM: ChannelNeeds(usual_address="https://qyapi.weixin.qq.com", has_secret=False),
    Channel.FEISHU: ChannelNeeds(usual_address="https://open.feishu.cn"),
    Channel.WEBHOOK: ChannelNeeds(has_token=False),
}


def is_ready(channel: Channel, *, address: str, token: str) -> bool:
    """Whether a channel knows enough to be on. No vendor insists on a signing secret: they offer other protections."""
    needs = NEEDS[channel]
    return bool(address or not needs.has_address) and bool(token or not needs.has_token)
