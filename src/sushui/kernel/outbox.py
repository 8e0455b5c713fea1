"""The outbox: what leaves the house is written with the act that caused it and sent afterwards.

A message is leased, sent outside any transaction, then marked done. A crash between the last two sends it again, so a
sender is idempotent by the message's key: in-app notices are unique by it, webhooks carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from sushui.kernel import clock
from sushui.kernel.models import OutboxMessage

log = structlog.get_logger(__name__)
_senders: dict[str, Callable[[OutboxMessage], None]] = {}
MOST_ATTEMPTS = 8


def register_sender(topic: str, send: Callable[[OutboxMessage], None]) -> None:
    """Let ``send`` handle the messages of ``topic``."""
    _senders[topic] = send


def post(*, key: str, topic: str, payload: Mapping[str, Any], division_id: int | None, due_at: datetime) -> bool:
    """Put a message in; False when one with this key was there before."""
    _, is_new = OutboxMessage.objects.get_or_create(
        key=key, defaults={"topic": topic, "payload": dict(payload), "division_id": division_id, "due_at": due_at}
    )
    return is_new


def deliver(limit: int = 500) -> int:
    """Send what is due, oldest first; gives how many were sent. Several workers may run at once."""
    sent = 0
    for message in _lease(limit):
        sent += _send(message)
    return sent


def _lease(limit: int) -> list[OutboxMessage]:
    """Take due messages: each is put off by its back-off, so that nobody else takes it meanwhile."""
    with transaction.atomic():
        moment = clock.now()
        due = OutboxMessage.objects.filter(done_at=None, due_at__lte=moment, attempts__lt=MOST_ATTEMPTS)
        messages = list(due.order_by("due_at", "id").select_for_update(skip_locked=True)[:limit])
        for message in messages:
            message.attempts += 1
            message.due_at = moment + timedelta(minutes=2**message.attempts)
        OutboxMessage.objects.bulk_update(messages, ["attempts", "due_at"])
    return messages


def _send(message: OutboxMessage) -> bool:
    """Send one leased message; a failure is kept with the message and tried again after its back-off."""
    try:
        _senders[message.topic](message)
    except Exception as error:  # a sender may fail in any way; the message waits and says why
        message.error = f"{type(error).__name__}: {error}"[:1000]
        message.save(update_fields=["error"])
        log.warning("outbox.put_off", key=message.key, attempts=message.attempts, error=message.error)
        return False
    message.done_at = clock.now()
    message.save(update_fields=["done_at"])
    return True
