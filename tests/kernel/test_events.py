"""Events: what a lower room tells those above, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sushui.kernel import events


@dataclass(frozen=True)
class Rang:
    """Something that happens in these tests."""

    times: int


@dataclass(frozen=True)
class RangLouder(Rang):
    """A kind of its own, though it is built on the other."""


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    events._handlers.pop(Rang, None)
    events._handlers.pop(RangLouder, None)


def test_subscribers_hear_in_the_order_they_subscribed() -> None:
    heard: list[str] = []
    events.subscribe(Rang, lambda event: heard.append(f"first {event.times}"))
    events.subscribe(Rang, lambda event: heard.append(f"second {event.times}"))

    events.publish(Rang(3))

    assert heard == ["first 3", "second 3"]


def test_subscribing_twice_is_once() -> None:
    heard: list[Rang] = []
    events.subscribe(Rang, heard.append)
    hear = heard.append
    events.subscribe(Rang, hear)

    events.publish(Rang(1))

    assert heard == [Rang(1)]


def test_event_is_heard_by_those_of_exactly_its_kind() -> None:
    heard: list[Rang] = []
    events.subscribe(Rang, heard.append)

    events.publish(RangLouder(1))

    assert heard == []


def test_event_that_nobody_awaits_is_no_mistake() -> None:
    assert events.publish(Rang(1)) is None


def test_failing_subscriber_stops_the_act() -> None:
    def fail(event: Rang) -> None:
        raise LookupError(str(event.times))

    events.subscribe(Rang, fail)

    with pytest.raises(LookupError, match="7"):
        events.publish(Rang(7))
