"""The portfolio by programs: the same acts, done once under a key."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.projects.pages.reading import Desk
from tests.projects.portfolios.lists import Lists

pytestmark = pytest.mark.usefixtures("_in_january")
Sit = Callable[[str], Desk]
API = "/api/projects"


def post(desk: Desk, path: str, **said: Any) -> Any:
    answer = desk.client.post(
        f"{API}{path}", json.dumps(said), content_type="application/json", headers={"Idempotency-Key": "one"}
    )
    return answer.status_code, answer.json()


def test_a_project_is_put_in_once_under_a_key(lists: Lists, sit: Sit) -> None:
    version, new = lists.drafted(), lists.sized("新", 2)
    desk, path = sit("project_office"), f"/portfolio-versions/{version.pk}/entries"

    answers = [post(desk, path, project_ids=[new.pk]) for _each in range(2)]

    assert (answers[0], answers[0][0], lists.names(version)) == (answers[1], 201, ["新"])


def test_sums_and_rates_are_told_in_yuan(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 2)
    version = lists.drafted()

    told = sit("leader").client.get(f"{API}/portfolio-versions/{version.pk}/sums").json()

    assert (told["totals"], told["rates"]["started"]["percent"]) == (
        {"count": 1, "total": "200000000.00", "planned": "0"},
        None,
    )


def test_two_versions_are_compared(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 2)
    first = lists.drafted()
    lists.sized("乙", 1)
    second = lists.drafted(first.portfolio)

    told = sit("leader").client.get(f"{API}/portfolio-versions/{first.pk}/compare/{second.pk}").json()

    assert ([each["name"] for each in told["entered"]], told["left"], told["same"]) == (["乙"], [], 1)


def test_rows_are_asked_for_by_their_group(lists: Lists, sit: Sit) -> None:
    lists.sized("甲", 2)
    version = lists.drafted()

    told = sit("leader").client.get(f"{API}/portfolio-versions/{version.pk}/entries", {"by": "level", "key": "other"})

    assert [each["name"] for each in told.json()] == ["甲"]
