"""What is posted is sent once, by however many workers; what fails is kept, tried again, and in the end left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from sushui.kernel import clock, outbox
from sushui.kernel.models import OutboxMessage

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOPIC = "test.topic"


class Mailbox:
    """A sender that remembers what it was given, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.failures = 0

    def __call__(self, message: OutboxMessage) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("nobody answers")
        self.keys.append(message.key)


@pytest.fixture
def mailbox() -> Mailbox:
    mailbox = Mailbox()
    outbox.register_sender(TOPIC, mailbox)
    return mailbox


@pytest.fixture
def _noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


def post(key: str, *, topic: str = TOPIC, due_at: datetime = NOON) -> bool:
    return outbox.post(key=key, topic=topic, payload={}, division_id=None, due_at=due_at)


@transaction.atomic
def post_and_fail(key: str) -> None:
    post(key)
    raise RuntimeError("the act is refused")


def deliver_at(moment: datetime) -> int:
    with clock.frozen(moment):
        return outbox.deliver()


def row(key: str) -> OutboxMessage:
    return OutboxMessage.objects.get(key=key)


@contextmanager
def crash_of_the_worker() -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt):
        yield


def crashing(message: OutboxMessage) -> None:
    raise KeyboardInterrupt  # no Exception: nothing after it runs, as when the process is killed


# --- once ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_message_is_sent_and_marked_done(mailbox: Mailbox) -> None:
    post("a")

    sent = outbox.deliver()

    assert (sent, mailbox.keys) == (1, ["a"])
    assert (row("a").done_at, row("a").error) == (NOON, "")


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_message_that_is_done_is_not_sent_again(mailbox: Mailbox) -> None:
    post("a")
    outbox.deliver()

    assert outbox.deliver() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_key_posted_twice_is_one_message(mailbox: Mailbox) -> None:
    assert [post("a"), post("a")] == [True, False]

    outbox.deliver()

    assert mailbox.keys == ["a"]


@pytest.mark.django_db
def test_message_waits_until_it_is_due(mailbox: Mailbox) -> None:
    post("a", due_at=NOON + timedelta(hours=20))

    assert deliver_at(NOON + timedelta(hours=19, minutes=59)) == 0
    assert deliver_at(NOON + timedelta(hours=20)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_messages_are_sent_in_the_order_in_which_they_are_due(mailbox: Mailbox) -> None:
    for key, minutes in (("third", 1), ("first", 3), ("second", 2)):
        post(key, due_at=NOON - timedelta(minutes=minutes))

    outbox.deliver()

    assert mailbox.keys == ["first", "second", "third"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_more_than_a_batch_is_sent_in_one_go(mailbox: Mailbox) -> None:
    for number in range(2 * outbox.BATCH + 1):
        post(str(number))

    assert outbox.deliver() == 2 * outbox.BATCH + 1


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_message_that_a_sender_posts_is_sent_too(mailbox: Mailbox) -> None:
    outbox.register_sender("test.first", lambda message: post(f"{message.key}, second leg"))
    post("a", topic="test.first")

    assert outbox.deliver() == 2
    assert mailbox.keys == ["a, second leg"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_noon")
def test_nothing_is_sent_when_the_act_is_rolled_back(mailbox: Mailbox) -> None:
    with pytest.raises(RuntimeError):
        post_and_fail("a")

    assert (outbox.deliver(), mailbox.keys) == (0, [])


# --- many at once ----------------------------------------------------------------------------------------------------


class Postbag:
    """A sender of many that remembers each bag, and refuses a bag with a bad message in it."""

    def __init__(self) -> None:
        self.bags: list[list[str]] = []

    def __call__(self, messages: Sequence[OutboxMessage]) -> None:
        keys = [message.key for message in messages]
        if "bad" in keys:
            raise ConnectionError("one of them is bad")
        self.bags.append(keys)


@pytest.fixture
def postbag(mailbox: Mailbox) -> Postbag:
    postbag = Postbag()
    outbox.register_sender(TOPIC, mailbox, postbag)
    return postbag


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_messages_of_a_topic_are_sent_together_where_that_can_be_done(mailbox: Mailbox, postbag: Postbag) -> None:
    for key in ("a", "b", "c"):
        post(key)

    sent = outbox.deliver()

    assert (sent, postbag.bags, mailbox.keys) == (3, [["a", "b", "c"]], [])
    assert {row(key).done_at for key in ("a", "b", "c")} == {NOON}


@pytest.mark.django_db
def test_where_they_cannot_be_sent_together_each_is_sent_by_itself(mailbox: Mailbox, postbag: Postbag) -> None:
    for key in ("a", "bad", "c"):
        post(key)
    mailbox.failures = 1

    sent = deliver_at(NOON)

    assert (sent, postbag.bags, mailbox.keys) == (2, [], ["bad", "c"])
    assert row("a").error == "ConnectionError: nobody answers"


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_how_many_statements_sending_takes_does_not_depend_on_how_many_there_are(
    postbag: Postbag, django_assert_num_queries
) -> None:
    for number in range(outbox.BATCH):
        post(str(number))

    with django_assert_num_queries(8):  # two leases of a savepoint around them, the first with rows to take; one mark
        outbox.deliver()


@pytest.mark.django_db
@pytest.mark.usefixtures("_noon")
def test_a_sender_registered_anew_sends_by_itself_again(mailbox: Mailbox, postbag: Postbag) -> None:
    outbox.register_sender(TOPIC, mailbox)
    post("a")
    post("b")

    outbox.deliver()

    assert (postbag.bags, mailbox.keys) == ([], ["a", "b"])


# --- several workers -------------------------------------------------------------------------------------------------


def at_once(count: int, work: Callable[[], int]) -> list[int]:
    """Do ``work`` in ``count`` threads that begin together, each with a connection of its own."""
    barrier = Barrier(count)

    def begin() -> int:
        try:
            barrier.wait()
            with clock.frozen(NOON):
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(begin) for _ in range(count)]]


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_message_once(mailbox: Mailbox) -> None:
    keys = [f"{number:03}" for number in range(100)]
    for key in keys:
        post(key)

    sent = at_once(4, outbox.deliver)

    assert (sum(sent), sorted(mailbox.keys)) == (100, keys)


@pytest.mark.django_db(transaction=True)
def test_one_key_posted_at_once_by_several_is_one_message(mailbox: Mailbox) -> None:
    posted = at_once(4, lambda: int(post("a")))

    assert (sorted(posted), OutboxMessage.objects.count()) == ([0, 0, 0, 1], 1)


# --- what fails ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_worker_that_crashes_leaves_the_message_to_others_when_its_lease_has_run_out(mailbox: Mailbox) -> None:
    post("a", topic="test.crash")
    outbox.register_sender("test.crash", crashing)
    with crash_of_the_worker():
        deliver_at(NOON)
    outbox.register_sender("test.crash", mailbox)

    assert deliver_at(NOON + outbox.LEASE - timedelta(seconds=1)) == 0
    assert deliver_at(NOON + outbox.LEASE) == 1


@pytest.mark.django_db
def test_message_that_fails_waits_with_its_error(mailbox: Mailbox) -> None:
    post("a")
    mailbox.failures = 1

    sent = deliver_at(NOON)

    failed = row("a")
    assert (sent, failed.done_at, failed.attempts) == (0, None, 1)
    assert (failed.error, failed.due_at) == ("ConnectionError: nobody answers", NOON + timedelta(minutes=2))


@pytest.mark.django_db
def test_error_is_forgotten_once_the_message_is_sent(mailbox: Mailbox) -> None:
    post("a")
    mailbox.failures = 1
    deliver_at(NOON)

    deliver_at(NOON + timedelta(minutes=2))

    assert (row("a").error, mailbox.keys) == ("", ["a"])


@pytest.mark.django_db
def test_one_that_fails_does_not_hold_up_the_others(mailbox: Mailbox) -> None:
    mailbox.failures = 1
    for key in ("a", "b", "c"):
        post(key)

    assert deliver_at(NOON) == 2


@pytest.mark.django_db
def test_waits_double_and_end_after_most_attempts(mailbox: Mailbox) -> None:
    post("a")
    mailbox.failures = 100
    waits, moment = [], NOON
    for _ in range(outbox.MOST_ATTEMPTS):
        deliver_at(moment)
        waits.append(int((row("a").due_at - moment).total_seconds() // 60))
        moment = row("a").due_at

    deliver_at(moment + timedelta(days=365))

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256]
    assert (mailbox.failures, row("a").attempts) == (100 - outbox.MOST_ATTEMPTS, outbox.MOST_ATTEMPTS)
    assert (row("a").done_at, row("a").error) == (None, "ConnectionError: nobody answers")


@pytest.mark.django_db
def test_topic_without_a_sender_waits() -> None:
    post("a", topic="test.nobody")

    assert deliver_at(NOON) == 0
    assert row("a").error == "KeyError: 'test.nobody'"


@pytest.mark.django_db
def test_failure_of_a_lost_lease_does_not_disturb_the_next_one(mailbox: Mailbox) -> None:
    """A worker is slow, its lease runs out, another sends the message; then the first one fails."""

    def slow(message: OutboxMessage) -> None:
        outbox.register_sender("test.slow", mailbox)
        deliver_at(NOON + outbox.LEASE)
        raise TimeoutError

    outbox.register_sender("test.slow", slow)
    post("a", topic="test.slow")

    deliver_at(NOON)

    assert mailbox.keys == ["a"]
    assert (row("a").done_at, row("a").error) == (NOON + outbox.LEASE, "")


# --- not now ---------------------------------------------------------------------------------------------------------


def putting_off(again_at: datetime) -> Callable[[OutboxMessage], None]:
    def send(message: OutboxMessage) -> None:
        raise outbox.NotNowError(again_at)

    return send


@pytest.mark.django_db
def test_message_put_off_by_its_sender_waits_and_counts_no_attempt() -> None:
    outbox.register_sender("test.night", putting_off(NOON + timedelta(hours=20)))
    post("a", topic="test.night")

    assert deliver_at(NOON) == 0
    assert (row("a").attempts, row("a").due_at) == (0, NOON + timedelta(hours=20))


@pytest.mark.django_db
def test_message_put_off_to_the_past_waits_a_minute() -> None:
    outbox.register_sender("test.night", putting_off(NOON - timedelta(hours=1)))
    post("a", topic="test.night")

    assert deliver_at(NOON) == 0
    assert row("a").due_at == NOON + timedelta(minutes=1)
