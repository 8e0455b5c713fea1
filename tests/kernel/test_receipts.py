"""The same request under the same key happens once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from sushui.kernel import clock, jobs
from sushui.kernel.errors import DomainError
from sushui.kernel.models import Receipt, User
from sushui.kernel.receipts import forget_receipts, once
from tests.cast import County

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class Counter:
    """An act that counts how often it is done, in the database."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> dict[str, int]:
        self.done += 1
        User.objects.create_user(username=f"made-{self.done}", name="made")
        return {"made": self.done}


def refuse() -> None:
    User.objects.create_user(username="half-done", name="half done")
    raise DomainError("no", "No.")


def test_the_first_request_acts_and_the_second_gets_its_answer(county: County) -> None:
    viewer, act = county.viewer("office"), Counter()

    answers = [once(viewer, "key", "verb", "digest", act) for _time in range(3)]

    assert answers == [{"made": 1}] * 3
    assert User.objects.filter(name="made").count() == 1


def test_another_key_acts_again(county: County) -> None:
    viewer, act = county.viewer("office"), Counter()

    answers = [once(viewer, key, "verb", "digest", act) for key in ("one", "two")]

    assert answers == [{"made": 1}, {"made": 2}]


@pytest.mark.parametrize(("verb", "digest"), [("verb", "another"), ("another", "digest")])
def test_a_key_used_for_something_else_is_refused(county: County, verb: str, digest: str) -> None:
    viewer, act = county.viewer("office"), Counter()
    once(viewer, "key", "verb", "digest", act)

    with pytest.raises(DomainError) as refused:
        once(viewer, "key", verb, digest, act)

    assert (refused.value.code, act.done) == ("key_used_otherwise", 1)


def test_keys_are_each_persons_own(county: County) -> None:
    act = Counter()

    answers = [once(county.viewer(key), "key", "verb", "digest", act) for key in ("office", "works_head")]

    assert answers == [{"made": 1}, {"made": 2}]


def test_a_refused_request_leaves_nothing_and_may_be_tried_again(county: County) -> None:
    viewer, act = county.viewer("office"), Counter()

    with pytest.raises(DomainError):
        once(viewer, "key", "verb", "digest", refuse)

    assert not Receipt.objects.exists()
    assert not User.objects.filter(username="half-done").exists()
    assert once(viewer, "key", "verb", "digest", act) == {"made": 1}


def test_a_key_too_long_to_keep_is_refused(county: County) -> None:
    with pytest.raises(DomainError) as refused:
        once(county.viewer("office"), "k" * 65, "verb", "digest", Counter())

    assert refused.value.code == "key_too_long"


def test_two_requests_at_the_same_moment_are_one(committed_county: County) -> None:
    viewer, act, answers = committed_county.viewer("office"), Counter(), []

    def ask() -> None:
        answers.append(once(viewer, "key", "verb", "digest", act))
        connection.close()

    threads = [Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [{"made": 1}] * 4
    assert Receipt.objects.count() == 1


# --- forgetting ------------------------------------------------------------------------------------------------------
def keep(county: County, key: str, *, days_old: int, seconds_older: int = 0) -> None:
    at = NOW - timedelta(days=days_old, seconds=seconds_older)
    with clock.frozen(at):
        once(county.viewer("office"), key, "verb", "digest", lambda: "done")


def test_receipts_older_than_thirty_days_are_forgotten(county: County) -> None:
    keep(county, "new", days_old=0)
    keep(county, "thirty days", days_old=30)
    keep(county, "older", days_old=30, seconds_older=1)
    keep(county, "very old", days_old=400)

    with clock.frozen(NOW):
        forgotten = forget_receipts()

    assert forgotten == 2
    assert set(Receipt.objects.values_list("key", flat=True)) == {"new", "thirty days"}


def test_forgetting_twice_forgets_nothing_more(county: County) -> None:
    keep(county, "older", days_old=31)

    with clock.frozen(NOW):
        forgotten = [forget_receipts(), forget_receipts()]

    assert forgotten == [1, 0]


def test_a_key_that_was_forgotten_acts_anew(county: County) -> None:
    viewer, act = county.viewer("office"), Counter()
    with clock.frozen(NOW - timedelta(days=31)):
        once(viewer, "key", "verb", "digest", act)

    with clock.frozen(NOW):
        forget_receipts()
        answer = once(viewer, "key", "verb", "digest", act)

    assert answer == {"made": 2}


def test_the_worker_forgets_once_a_day() -> None:
    job = jobs.registered_jobs()["receipts.forget"]

    assert (job.work, job.cron) == (forget_receipts, "25 16 * * *")
