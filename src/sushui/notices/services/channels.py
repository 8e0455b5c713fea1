"""Setting up the ways by which messages leave the house, and trying them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, locks
from sushui.kernel.audit import record_act
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.labels import label_of
from sushui.kernel.models import User
from sushui.kernel.seals import seal
from sushui.kernel.versions import check_version, save_changes
from sushui.kernel.viewer import Viewer
from sushui.kernel.words import msg
from sushui.notices import wording
from sushui.notices.enums import Channel, NoticeTone, Verb
from sushui.notices.models import ChannelSetting
from sushui.notices.permissions import may_keep_channels
from sushui.notices.queries import channel_for, channel_in, unset_channel
from sushui.notices.rules import NEEDS, address_flaw, is_ready
from sushui.notices.services.posting import UndeliverableError
from sushui.notices.services.sending import seal_purpose, send_by

FIELDS = ("base_url", "token", "secret", "is_on", "least_tone")
NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
TEST = msg("Test message from Sushui, sent by %(name)s.")


@dataclass(frozen=True)
class ChannelDraft:
    """How a channel is to be. An empty ``token`` or ``secret`` keeps the one that is stored."""

    is_on: bool
    least_tone: NoticeTone
    base_url: str = ""
    token: str = ""
    secret: str = ""


@transaction.atomic
def set_channel(viewer: Viewer, channel: Channel, draft: ChannelDraft, *, seen_version: int | None) -> ChannelSetting:
    """Set a channel of the viewer's division. A channel that was never set has version 0.

    Raises:
        Forbidden: the viewer keeps no channels.
        StaleRecord: somebody else set it meanwhile.
        DomainError: ``channel_address``, ``channel_incomplete``, ``channel_retype``, ``no_mail_server``.
    """
    if not may_keep_channels(viewer):
        raise Forbidden
    row = _locked(viewer.division_id, channel)
    check_version(row, seen_version)
    before = _as_audited(row)
    _refuse_unfit(row, draft)
    _apply(row, draft)
    if row.is_on:
        _refuse_unready(row)
    _save(row)
    record_act(viewer, Verb.SET_CHANNEL, row, before=before, after=_as_audited(row))
    return row


def _locked(division_id: int, channel: Channel) -> ChannelSetting:
    locks.hold(f"notices.channel:{division_id}:{channel}")
    return channel_in(division_id, channel) or unset_channel(division_id, channel)


def _refuse_unfit(row: ChannelSetting, draft: ChannelDraft) -> None:
    flaw = address_flaw(draft.base_url) if draft.base_url else None
    if flaw:
        raise DomainError("channel_address", label_of(flaw), _("Write it like https://robot.example.cn."))
    keeps_token = bool(row.token) and not draft.token
    keeps_secret = bool(row.secret) and not draft.secret
    if (keeps_token or keeps_secret) and _place(row.base_url) != _place(draft.base_url):
        raise DomainError(
            "channel_retype",
            _("The address is another one: what is stored for the old address is not sent to the new one."),
            _("Type the token and the secret that belong to the new address."),
        )


def _place(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc.lower()


def _apply(row: ChannelSetting, draft: ChannelDraft) -> None:
    needs = NEEDS[Channel(row.channel)]
    row.is_on, row.least_tone = draft.is_on, draft.least_tone
    row.base_url = draft.base_url if needs.has_address else ""
    if draft.token and needs.has_token:
        row.token = seal(draft.token, seal_purpose(row, "token"))
    if draft.secret and needs.has_secret:
        row.secret = seal(draft.secret, seal_purpose(row, "secret"))


def _refuse_unready(row: ChannelSetting) -> None:
    channel = Channel(row.channel)
    if channel is Channel.EMAIL and settings.EMAIL_BACKEND == NO_MAIL:
        raise DomainError(
            "no_mail_server",
            _("This site knows no mail server."),
            _("Set SUSHUI_EMAIL_HOST and what belongs to it, and start the site again."),
        )
    if not is_ready(channel, address=row.base_url, token=row.token):
        raise DomainError(
            "channel_incomplete",
            _("The channel cannot be on: its address or its token is missing."),
            _("Fill both in, or leave it off."),
        )


def _save(row: ChannelSetting) -> None:
    if row.pk:
        save_changes(row, *FIELDS)
    else:
        row.version = 1
        row.save(force_insert=True)


def _as_audited(row: ChannelSetting) -> dict[str, Any]:
    """What the chain may know: that there are secrets, never which. A new one shows as another mark."""
    marks = {name: getattr(row, name)[-8:] for name in ("token", "secret")}
    shown = {"channel": row.channel, "base_url": row.base_url, "is_on": row.is_on, "least_tone": row.least_tone}
    return {**shown, **marks}


def send_test(viewer: Viewer, channel: Channel) -> None:
    """Send a test message by a channel now, on or off; by e-mail to the viewer.

    Raises:
        NotFound: the viewer keeps no channels.
        DomainError: ``channel_incomplete``, ``no_mail_server``, ``no_address_of_own``, ``seal_broken``;
            ``channel_failed`` with the reason.
        StaleRecord: the channel was never saved.
    """
    row = channel_for(viewer, channel)
    if not row.pk:
        raise StaleRecord
    _refuse_unready(row)
    failure = _try(row, _test_message(viewer, channel))
    record_act(viewer, Verb.TEST_CHANNEL, row, after={"channel": channel}, note=failure)
    if failure:
        raise DomainError(
            "channel_failed",
            _("The test message did not arrive: %(reason)s."),
            _("Compare address, token and secret with those that the service shows, and its own safety settings."),
            reason=gettext(failure),
        )


def _test_message(viewer: Viewer, channel: Channel) -> dict[str, Any]:
    if channel is Channel.EMAIL and not User.objects.get(pk=viewer.user_id).email:
        raise DomainError(
            "no_address_of_own",
            _("Your account has no e-mail address."),
            _("Enter one with your account, then try again."),
        )
    return {
        "key": f"test:{secrets.token_hex(8)}",
        "msgid": TEST,
        "params": wording.kept({"name": viewer.user_name}),
        "url": reverse("notices:inbox"),
        "tone": NoticeTone.PLAIN,
        "post_ids": [],
        "at": clock.now().isoformat(),
        "user_id": viewer.user_id,
    }


def _try(row: ChannelSetting, said: dict[str, Any]) -> str:
    """Send it outside any transaction; why it failed, or nothing."""
    try:
        send_by(row, said)
    except (UndeliverableError, OSError) as error:
        return str(error) or type(error).__name__
    return ""
