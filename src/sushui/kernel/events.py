"""What a lower room tells the rooms above it, in the same transaction.

An event is a frozen dataclass in the ``events.py`` of the room that publishes it. Rooms above subscribe in their
``AppConfig.ready``. What must leave the building goes through the outbox instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_handlers: dict[type, list[Callable[[Any], object]]] = defaultdict(list)


def subscribe(kind: type[Event], handler: Callable[[Event], object]) -> None:
    """Call ``handler`` with every event of exactly this kind; subscribing twice is once."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def publish(event: object) -> None:
    """Tell every subscriber, in the order they subscribed, inside the caller's transaction."""
    for handler in _handlers[type(event)]:
        handler(event)
