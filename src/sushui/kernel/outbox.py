"""The outbox: what leaves the house is written with the act that caused it and sent afterwards.

A message is leased, sent outside any transaction, then marked done. A crash between the last two sends it again when
the lease has run out, so a sender is idempotent by the message's key: in-app notices are unique by it, webhooks carry
it.
See docs/decisions/0004-outbox-and-jobs.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

import structlog
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import F, QuerySet

from sushui.kernel import clock
from sushui.kernel.models import OutboxMessage

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 8
# A batch must be sent within its lease: a sender that asks another machine takes at most 20 seconds.
BATCH = 20
LEASE = timedelta(minutes=10)
SHORTEST_WAIT = timedelta(minutes=1)

_POST = (
    "INSERT INTO kernel_outboxmessage (key, topic, division_id, payload, created_at, due_at, attempts, error)"
    " VALUES (%s, %s, %s, %s, %s, %s, 0, '') ON CONFLICT (key) DO NOTHING"
)

Sender = Callable[[OutboxMessage], object]
SenderOfMany = Callable[[Sequence[OutboxMessage]], object]
_senders: dict[str, Sender] = {}
_senders_of_many: dict[str, SenderOfMany] = {}


class NotNowError(Exception):
    """Raised by a sender when a message must wait until ``again_at``; it counts as no attempt."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__(again_at)
        self.again_at = again_at


def register_sender(topic: str, send: Sender, send_many: SenderOfMany | None = None) -> None:
    """Let ``send`` handle the messages of ``topic``.

    ``send_many``: does the same for many at once, all or none of them; where it fails each is sent by ``send``.
    """
    _senders[topic] = send
    _senders_of_many.pop(topic, None)
    if send_many is not None:
        _senders_of_many[topic] = send_many


def post(*, key: str, topic: str, payload: Mapping[str, Any], division_id: int | None, due_at: datetime) -> bool:
    """Put a message in, in the caller's transaction; False when one with this key was there before."""
    # One statement, as nearly every act posts something; the ORM would need four to say whether it is new.
    values = [key, topic, division_id, json.dumps(payload, cls=DjangoJSONEncoder), clock.now(), due_at]
    with connection.cursor() as cursor:
        cursor.execute(_POST, values)
        return bool(cursor.rowcount)


def deliver() -> int:
    """Send what is due, oldest first; gives how many were sent. Several workers may run at once.

    Messages that are posted meanwhile, due now, are sent too. One that fails waits for its back-off: 2, 4, 8, ...
    minutes; after `MOST_ATTEMPTS` it stays with its error.
    """
    sent = 0
    while messages := _lease():
        for topic, group in groupby(messages, attrgetter("topic")):
            sent += _send_group(topic, list(group))
    return sent


def _lease() -> list[OutboxMessage]:
    """Take due messages: they are put off by the lease, so that nobody else takes them meanwhile."""
    with transaction.atomic():
        moment = clock.now()
        due = OutboxMessage.objects.filter(done_at=None, due_at__lte=moment, attempts__lt=MOST_ATTEMPTS)
        messages = list(due.order_by("due_at", "id").select_for_update(skip_locked=True)[:BATCH])
        for message in messages:
            message.attempts += 1
            message.due_at = moment + LEASE
        if messages:
            taken = OutboxMessage.objects.filter(pk__in=[message.pk for message in messages])
            taken.update(attempts=F("attempts") + 1, due_at=moment + LEASE)
    return messages


def _send_group(topic: str, messages: Sequence[OutboxMessage]) -> int:
    """Send leased messages of one topic, together where that can be done; gives how many were sent."""
    if topic in _senders_of_many and len(messages) > 1 and _send_together(_senders_of_many[topic], messages):
        return len(messages)
    return sum(_send(message) for message in messages)


def _send_together(send: SenderOfMany, messages: Sequence[OutboxMessage]) -> bool:
    try:
        send(messages)
    except Exception:  # one of them may be the reason: each is tried by itself and says why
        log.warning("outbox.not_together", topic=messages[0].topic, messages=len(messages), exc_info=True)
        return False
    _mark_done(messages)
    return True


def _send(message: OutboxMessage) -> bool:
    """Send one leased message."""
    try:
        _senders[message.topic](message)
    except NotNowError as later:
        again_at = max(later.again_at, clock.now() + SHORTEST_WAIT)
        _leased(message).update(attempts=message.attempts - 1, due_at=again_at)
        return False
    except Exception as error:  # a sender may fail in any way; the message waits and says why
        _put_off(message, error)
        return False
    _mark_done([message])
    return True


def _mark_done(messages: Sequence[OutboxMessage]) -> None:
    sent = OutboxMessage.objects.filter(pk__in=[message.pk for message in messages], done_at=None)
    sent.update(done_at=clock.now(), error="")


def _put_off(message: OutboxMessage, error: Exception) -> None:
    wait = timedelta(minutes=2**message.attempts)
    said = f"{type(error).__name__}: {error}"[:1000]
    _leased(message).update(due_at=clock.now() + wait, error=said)
    event = "outbox.given_up" if message.attempts >= MOST_ATTEMPTS else "outbox.put_off"
    log.warning(event, key=message.key, topic=message.topic, attempts=message.attempts, error=said)


def _leased(message: OutboxMessage) -> QuerySet[OutboxMessage]:
    """The message's row, if our lease is still the last one: who failed late changes nothing."""
    return OutboxMessage.objects.filter(pk=message.pk, attempts=message.attempts, done_at=None)
