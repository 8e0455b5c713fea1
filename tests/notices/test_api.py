"""The inbox for programs: the same notices, by a personal token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from sushui.kernel.tokens import issue_token
from sushui.notices import queries
from tests.cast import County
from tests.notices.play import tell_many

NOTICES = "/api/notices/"
READ = "/api/notices/read"


@pytest.fixture(autouse=True)
def _now(_monday_morning: None) -> None:
    """Everything here happens on a Monday at ten."""


@pytest.fixture
def program(county: County) -> Callable[..., HttpResponse]:
    """``program("works_head", "GET", path)`` asks with a token of that post."""

    def ask(post: str, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        secret = issue_token(county.viewer(post), name="test", days=1).secret
        content = "" if body is None else json.dumps(body)
        headers |= {"Authorization": f"Bearer {secret}"}
        return Client().generic(method, path, content, content_type="application/json", headers=headers)

    return ask


def test_inbox_is_listed_in_the_language_asked_for(program, county: County) -> None:
    notice = tell_many(county, "works_head", 1)[0]

    answer = program("works_head", "GET", NOTICES, **{"Accept-Language": "en"})

    assert answer.json() == {
        "items": [
            {
                "id": notice.pk,
                "tone": "plain",
                "sentence": "Test message from Sushui, sent by 第0人.",
                "url": "/supervision/tasks/1/",
                "at": "2026-03-02T02:00:00Z",
                "read_at": None,
            }
        ],
        "next": "",
    }


def test_inbox_is_listed_in_stretches(program, county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 3)]

    first = program("works_head", "GET", f"{NOTICES}?limit=2").json()
    second = program("works_head", "GET", f"{NOTICES}?limit=2&cursor={first['next']}").json()

    assert [[item["id"] for item in answer["items"]] for answer in (first, second)] == [numbers[:0:-1], numbers[:1]]
    assert second["next"] == ""


def test_inbox_of_another_post_is_not_listed(program, county: County) -> None:
    tell_many(county, "works_head", 1)

    assert program("works_handler", "GET", NOTICES).json() == {"items": [], "next": ""}


def test_some_are_marked_as_read(program, county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 3)]

    answer = program("works_head", "POST", READ, {"ids": numbers[:2]})

    assert (answer.status_code, answer.json()) == (200, {"marked": 2, "unread": 1})


def test_all_up_to_one_are_marked_as_read(program, county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 3)]

    answer = program("works_head", "POST", READ, {"up_to": numbers[1]})

    assert answer.json() == {"marked": 2, "unread": 1}


def test_those_of_another_post_are_not_marked(program, county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 1)]

    answer = program("works_handler", "POST", READ, {"ids": numbers, "up_to": numbers[0]})

    assert answer.json() == {"marked": 0, "unread": 0}
    assert queries.unread_count(county.viewer("works_head")) == 1


def test_marking_twice_under_one_key_gives_the_first_answer(program, county: County) -> None:
    numbers = [notice.pk for notice in tell_many(county, "works_head", 1)]

    answers = [program("works_head", "POST", READ, {"ids": numbers}, **{"Idempotency-Key": "a"}) for _ in range(2)]

    assert [answer.json()["marked"] for answer in answers] == [1, 1]


@pytest.mark.parametrize("body", [{"ids": [0]}, {"ids": ["x"]}, {"up_to": -1}, {"ids": list(range(1, 1002))}])
def test_what_has_not_the_shape_is_refused(program, body: dict[str, Any]) -> None:
    assert program("works_head", "POST", READ, body).status_code == 422


@pytest.mark.parametrize(("method", "path"), [("GET", NOTICES), ("POST", READ)])
def test_nobody_reads_without_signing_in(county: County, method: str, path: str) -> None:
    assert Client().generic(method, path, "{}", content_type="application/json").status_code == 401
