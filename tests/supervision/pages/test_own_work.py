"""The leader finds what no office may decide, and decides it, on the pages and through the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sushui.organizations.enums import Role
from sushui.supervision import services
from sushui.supervision.enums import TaskState
from sushui.supervision.models import TaskRequest
from tests.supervision.pages.reading import Reader
from tests.supervision.play import Play, march

HEAD = "office_head"


@pytest.fixture
def asked(play: Play) -> TaskRequest:
    """The office's own agency applies to close a task that it leads."""
    worker = play.seat(HEAD, "office", Role.AGENCY_HEAD)
    task = play.task("office", title="整理督办台账")
    services.sign_for_task(worker, play.part(task, "office"))
    return services.apply_for_closing(worker, play.part(task, "office"), text="台账已归档")


@pytest.fixture(autouse=True)
def monday() -> object:
    with march(2):
        yield


def test_the_leader_finds_it_among_what_waits(sit: Callable[[str], Reader], asked: TaskRequest) -> None:
    seen = sit("leader").open("decisions")

    assert [row.split()[0] for row in seen.rows] == ["整理督办台账"]


def test_the_office_does_not_find_its_own(sit: Callable[[str], Reader], asked: TaskRequest) -> None:
    assert sit("office").open("decisions").empty == "没有等待审定的申请。"


def test_the_leader_decides_on_the_page_of_the_task(sit: Callable[[str], Reader], asked: TaskRequest) -> None:
    leader = sit("leader")

    before = leader.open("task", asked.part.task_id).buttons
    leader.send("request-close", asked.pk, grade="good", note="")

    asked.part.task.refresh_from_db()
    assert (before[:2], asked.part.task.state) == (["销号", "退回"], TaskState.CLOSED)


def test_the_office_sees_that_it_waits_and_decides_nothing(sit: Callable[[str], Reader], asked: TaskRequest) -> None:
    office = sit("office")

    assert "销号" not in office.open("task", asked.part.task_id).buttons
    assert office.send("request-close", asked.pk, grade="good", note="").status == 403


def test_the_day_of_the_leader_says_what_waits(sit: Callable[[str], Reader], asked: TaskRequest) -> None:
    page = sit("leader").client.get("/").content.decode()

    assert ("整理督办台账" in page, 'href="/supervision/decisions/"' in page) == (True, True)


def test_the_api_lists_it_for_the_leader_and_takes_the_decision(
    sit: Callable[[str], Reader], asked: TaskRequest
) -> None:
    client = sit("leader").client

    listed = client.get("/api/supervision/requests").json()["items"]
    reply = client.post(f"/api/supervision/requests/{asked.pk}/return", {"reason": "缺清单"}, "application/json")

    assert [each["id"] for each in listed] == [asked.pk]
    assert (reply.status_code, reply.json()["state"]) == (200, "refused")


def test_the_api_refuses_a_leader_what_an_office_decides(sit: Callable[[str], Reader], play: Play) -> None:
    request = play.apply(play.signed())

    reply = sit("leader").client.post(
        f"/api/supervision/requests/{request.pk}/refuse", {"reason": "不同意"}, "application/json"
    )

    assert reply.status_code == 403
