"""What leaves the house: one outbox message for each channel, by e-mail for each person; each with its own retries."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from sushui.kernel import clock, outbox
from sushui.kernel.models import OutboxMessage, User
from sushui.kernel.outbox import NotNowError
from sushui.kernel.seals import unseal
from sushui.notices import wording
from sushui.notices.adapter import open_moment
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import ChannelSetting, Notice
from sushui.notices.queries import channel_in, channels_on, site_address, topic_of
from sushui.notices.rules import address_flaw, is_loud_enough
from sushui.notices.services.posting import UndeliverableError, post_parcel
from sushui.notices.services.robots import Robot, Saying, parcel_for, refusal_in
from sushui.organizations.queries import users_at


def spread(messages: Sequence[OutboxMessage]) -> None:
    """Put notices into the outbox once more for each channel of their division that is on and wants their tone."""
    divisions = {message.payload["division_id"] for message in messages}
    channels = {division_id: channels_on(division_id) for division_id in sorted(divisions)}
    for message in messages:
        tone = NoticeTone(message.payload["tone"])
        for row in channels[message.payload["division_id"]]:
            if is_loud_enough(tone, row.least_tone):
                _spread_by(Channel(row.channel), message)


def _spread_by(channel: Channel, message: OutboxMessage) -> None:
    if channel is not Channel.EMAIL:
        _post(channel, message, f"{channel}:{message.pk}", {})
        return
    for user_id in _people(message.payload["post_ids"], clock.today()):
        _post(channel, message, f"{channel}:{message.pk}:{user_id}", {"user_id": user_id})


def _people(post_ids: list[int], on: date) -> list[int]:
    """Those with an e-mail address who act in the posts today."""
    acting = {user for users in users_at(post_ids, on).values() for user in users}
    rows = User.objects.filter(pk__in=acting, is_active=True).exclude(email="")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _post(channel: Channel, message: OutboxMessage, key: str, more: dict[str, Any]) -> None:
    said = {**message.payload, **more, "key": message.key, "at": clock.now().isoformat()}
    outbox.post(
        key=key,
        topic=topic_of(channel),
        payload=said,
        division_id=message.payload["division_id"],
        due_at=clock.now(),
    )


def sender_of(channel: Channel) -> Callable[[OutboxMessage], None]:
    """The outbox sender of a channel."""

    def send(message: OutboxMessage) -> None:
        """Send it, unless the channel was turned off meanwhile; a retry that falls into the night waits for day."""
        division_id = message.payload["division_id"]
        row = channel_in(division_id, channel)
        if row is None or not row.is_on:
            return
        moment = clock.now()
        day = open_moment(division_id, moment)
        if day > moment:
            raise NotNowError(day)
        send_by(row, message.payload)

    return send


def send_by(row: ChannelSetting, said: dict[str, Any]) -> None:
    """Send one message by a channel, now.

    Raises:
        UndeliverableError: it did not arrive, or the service refused it.
        DomainError: ``seal_broken``.
    """
    if row.channel == Channel.EMAIL:
        _send_email(said, link_of(row.division_id, said["url"]))
        return
    with override(settings.LANGUAGE_CODE):
        saying = _saying(row, said)
    answer = post_parcel(parcel_for(robot_of(row), saying, clock.now()))
    if refusal := refusal_in(Channel(row.channel), answer):
        raise UndeliverableError(refusal)


def robot_of(row: ChannelSetting) -> Robot:
    """A channel with its secrets opened."""
    token, secret = unseal(row.token, seal_purpose(row, "token")), unseal(row.secret, seal_purpose(row, "secret"))
    return Robot(Channel(row.channel), row.base_url.rstrip("/"), token, secret)


def seal_purpose(row: ChannelSetting, name: str) -> str:
    """What a sealed field of a channel is for: no other field, channel or division can use it."""
    return f"notices.channel:{row.division_id}:{row.channel}:{name}"


def link_of(division_id: int, url: str) -> str:
    """The whole address of a page of this site; empty while nobody has set the site's own, or not as an address."""
    site = site_address(division_id, clock.today())
    return f"{site}{url}" if site and url and address_flaw(site) is None else ""


def _saying(row: ChannelSetting, said: dict[str, Any]) -> Saying:
    told = Notice.objects.filter(post_id__in=said["post_ids"], key=said["key"]).select_related("post__agency")
    sentence = wording.sentence(said["msgid"], said["params"])
    names = pgettext("between posts", ", ").join(str(notice.post) for notice in told.order_by("post_id"))
    return Saying(
        key=said["key"],
        headline=_headline(sentence),
        sentence=sentence,
        audience=_("For: %(posts)s") % {"posts": names} if names else "",
        link=link_of(row.division_id, said["url"]),
        tone=NoticeTone(said["tone"]),
        at=clock.local(datetime.fromisoformat(said["at"])),
    )


def _headline(text: str) -> str:
    return _("[Sushui] %(text)s") % {"text": text}


def _send_email(said: dict[str, Any], link: str) -> None:
    """To one person, in that person's language; its number is made of the key, so that a second copy shows as one."""
    user = User.objects.get(pk=said["user_id"])
    with override(user.language):
        text = wording.sentence(said["msgid"], said["params"])
        subject = _headline(text)
    number = hashlib.sha256(f"{said['key']}:{user.pk}".encode()).hexdigest()[:32]
    EmailMessage(
        subject=" ".join(subject.split()),
        body="\n\n".join(line for line in (text, link) if line),
        to=[user.email],
        headers={"Message-ID": f"<{number}@sushui>"},
    ).send()
