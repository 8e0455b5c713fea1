"""Receipts: a write that comes twice under the same key happens once.

A program that got no answer cannot know whether its request arrived. It sends the request again under the same key; the
receipt, stored in the transaction of the effect, gives back what the first one did. After 30 days it is forgotten: no
program asks that late whether a request arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock, locks
from sushui.kernel.errors import DomainError
from sushui.kernel.models import Receipt
from sushui.kernel.viewer import Viewer

LONGEST_KEY = 64
KEPT = timedelta(days=30)


@transaction.atomic
def once(viewer: Viewer, key: str, verb: str, digest: str, act: Callable[[], Any]) -> Any:
    """Do ``act`` and keep its result (JSON) under ``key``, or give back the result that is kept there.

    Keys are the person's own. ``digest`` stands for everything that was asked. An act that is refused leaves no
    receipt, so it may be tried again under the same key. A second request waits until the first has ended.

    Raises:
        DomainError: ``key_too_long``; ``key_used_otherwise`` when the key was used to ask for something else.
    """
    if len(key) > LONGEST_KEY:
        raise DomainError(
            "key_too_long",
            _("The idempotency key has more than %(most)s characters."),
            _("Use a UUID."),
            most=LONGEST_KEY,
        )
    locks.hold(f"kernel.receipt:{viewer.user_id}:{key}")
    receipt = Receipt.objects.filter(user_id=viewer.user_id, key=key).first()
    if receipt is None:
        receipt = Receipt(user_id=viewer.user_id, key=key, verb=verb, digest=digest, result=act())
        receipt.save(force_insert=True)
    elif (receipt.verb, receipt.digest) != (verb, digest):
        raise DomainError(
            "key_used_otherwise",
            _("The idempotency key “%(key)s” was used for another request."),
            _("Take a new key for each request, and the same key only to send the same request again."),
            key=key,
        )
    return receipt.result


def forget_receipts() -> int:
    """Remove receipts older than 30 days; gives how many. The same key acts anew after that."""
    forgotten, _by_model = Receipt.objects.filter(at__lt=clock.now() - KEPT).delete()
    return forgotten
