"""The same request under the same key happens once."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection

from sushui.kernel.errors import DomainError
from sushui.kernel.models import Receipt, User
from sushui.kernel.receipts import once
from tests.cast import County


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
