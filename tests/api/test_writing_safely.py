"""Writing without fear: a request sent twice happens once, and nobody's change is overwritten."""

from __future__ import annotations

import pytest

from sushui.kernel.models import AuditLine
from sushui.supervision.models import SupervisedTask, SupervisionOrder
from tests.api.conftest import Program, Programs
from tests.cast import County

ORDER = {"title": "调度会", "source": "meeting", "issued_on": "2026-03-02"}
KEY = {"Idempotency-Key": "0d9f3c1e"}


def drafted(office: Program, county: County) -> dict[str, int]:
    """A task drafted by the office for the works bureau, as the API told it."""
    order = office.post("/supervision/orders", ORDER).json()
    task = {"title": "修路", "lead_agency_id": county.agencies["works"].pk}
    made = office.post(f"/supervision/orders/{order['id']}/tasks", {"tasks": [task]})
    return made.json()["items"][0]


# --- twice is once ---------------------------------------------------------------------------------------------------
def test_the_same_request_under_the_same_key_is_done_once(county: County, program: Programs) -> None:
    office = program("office")

    answers = [office.post("/supervision/orders", ORDER, **KEY) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert SupervisionOrder.objects.count() == 1


def test_without_a_key_it_is_done_each_time(county: County, program: Programs) -> None:
    office = program("office")

    numbers = [office.post("/supervision/orders", ORDER).json()["number"] for _time in range(2)]

    assert numbers == [1, 2]


def test_with_and_without_a_key_the_answer_is_the_same(county: County, program: Programs) -> None:
    office = program("office")

    with_key = office.post("/supervision/orders", ORDER, **KEY).json()
    without = office.post("/supervision/orders", ORDER).json()

    assert {**without, "id": 0, "number": 0} == {**with_key, "id": 0, "number": 0}


@pytest.mark.parametrize(
    ("path", "body"),
    [("/supervision/orders", {**ORDER, "title": "另一次会"}), ("/supervision/tasks/assign", {"task_ids": [1]})],
)
def test_a_key_that_was_used_for_something_else_is_refused(
    county: County, program: Programs, path: str, body: dict[str, object]
) -> None:
    office = program("office")
    office.post("/supervision/orders", ORDER, **KEY)

    answer = office.post(path, body, **KEY)

    assert (answer.status_code, answer.json()["code"]) == (422, "key_used_otherwise")


def test_a_refused_request_may_be_sent_again_under_its_key(county: County, program: Programs) -> None:
    office = program("office")
    task = drafted(office, county)
    SupervisedTask.objects.update(deadline_on="2020-01-01")
    refused = office.post(f"/supervision/tasks/{task['id']}/assign", {}, **KEY)
    SupervisedTask.objects.update(deadline_on=None)

    done = office.post(f"/supervision/tasks/{task['id']}/assign", {}, **KEY)

    assert (refused.json()["code"], done.status_code) == ("deadline_past", 200)


def test_a_key_opens_no_door(county: County, program: Programs) -> None:
    program("office").post("/supervision/orders", ORDER, **KEY)

    answer = program("works_head").post("/supervision/orders", ORDER, **KEY)

    assert answer.status_code == 403


# --- versions --------------------------------------------------------------------------------------------------------
def test_a_record_tells_its_version_as_its_etag(county: County, program: Programs) -> None:
    office = program("office")
    task = drafted(office, county)

    answer = office.get(f"/supervision/tasks/{task['id']}")

    assert (answer["ETag"], answer.json()["version"]) == ('"1"', 1)


@pytest.mark.parametrize(("body", "headers"), [({"version": 7}, {}), ({}, {"If-Match": '"7"'})])
@pytest.mark.parametrize("act", ["assign", "withdraw"])
def test_an_act_on_another_version_is_refused(
    county: County, program: Programs, act: str, body: dict[str, int], headers: dict[str, str]
) -> None:
    office = program("office")
    task = drafted(office, county)

    answer = office.post(f"/supervision/tasks/{task['id']}/{act}", {"reason": "不办了", **body}, **headers)

    assert (answer.status_code, answer.json()["code"]) == (409, "stale")
    assert SupervisedTask.objects.get(pk=task["id"]).state == "drafted"


def test_the_second_editor_is_told(county: County, program: Programs) -> None:
    first, second = program("office"), program("office_second")
    task = drafted(first, county)
    path, etag = f"/supervision/tasks/{task['id']}", first.get(f"/supervision/tasks/{task['id']}")["ETag"]

    answers = [
        editor.put(path, {"title": title}, **{"If-Match": etag})
        for editor, title in ((first, "修一条路"), (second, "修两条路"))
    ]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert SupervisedTask.objects.get(pk=task["id"]).title == "修一条路"


def test_an_edit_says_which_version_it_saw(county: County, program: Programs) -> None:
    office = program("office")
    task = drafted(office, county)

    answer = office.put(f"/supervision/tasks/{task['id']}", {"title": "修路"})

    assert (answer.status_code, answer.json()["code"]) == (422, "version_missing")


@pytest.mark.parametrize("header", ["*", "9" * 5000])
def test_a_header_that_is_no_version_is_refused(county: County, program: Programs, header: str) -> None:
    office = program("office")
    task = drafted(office, county)

    answer = office.put(f"/supervision/tasks/{task['id']}", {"title": "修路"}, **{"If-Match": header})

    assert (answer.status_code, answer.json()["code"]) == (422, "version_unreadable")


# --- all or none -----------------------------------------------------------------------------------------------------
def test_tasks_are_drafted_all_or_none(county: County, program: Programs) -> None:
    office = program("office")
    order = office.post("/supervision/orders", ORDER).json()
    foreign = {"title": "邻县的事", "lead_agency_id": county.agencies["neighbor_head"].pk}

    answer = office.post(f"/supervision/orders/{order['id']}/tasks", {"tasks": [{"title": "修路"}, foreign]})

    assert (answer.status_code, answer.json()["code"]) == (422, "elsewhere")
    assert SupervisedTask.objects.count() == 0


def test_tasks_are_assigned_all_or_none(county: County, program: Programs) -> None:
    office = program("office")
    good, bad = drafted(office, county), drafted(office, county)
    SupervisedTask.objects.filter(pk=bad["id"]).update(deadline_on="2020-01-01")

    answer = office.post("/supervision/tasks/assign", {"task_ids": [good["id"], bad["id"]]})

    assert (answer.status_code, answer.json()["code"]) == (422, "deadline_past")
    assert not AuditLine.objects.filter(verb="assign_task").exists()


def test_tasks_that_are_not_yours_are_named(county: County, program: Programs) -> None:
    office = program("office")
    task = drafted(office, county)

    answer = office.post("/supervision/tasks/assign", {"task_ids": [task["id"], 999_999]})

    assert answer.json()["sentence"] == "这些事项不存在或您无权查看：999999。"


# --- nothing of elsewhere --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("leader", ["neighbor_head", None])
def test_an_order_names_no_leader_of_another_division(county: County, program: Programs, leader: str | None) -> None:
    number = county.posts[leader].pk if leader else 10**12

    answer = program("office").post("/supervision/orders", {**ORDER, "leader_post_id": number})

    assert (answer.status_code, answer.json()["code"]) == (422, "elsewhere")


def test_a_role_said_twice_is_given_once(county: County, program: Programs) -> None:
    post = county.posts["works_handler"]

    answer = program("administrator").put(
        f"/organizations/posts/{post.pk}/roles", {"roles": ["agency_head", "agency_head"]}
    )

    assert answer.status_code == 200
    assert list(post.grants.filter(to_on=None).values_list("role", flat=True)) == ["agency_head"]


def test_a_post_made_with_a_role_said_twice_carries_it_once(county: County, program: Programs) -> None:
    agency, said = county.agencies["works"], {"name": "副局长", "roles": ["agency_handler", "agency_handler"]}

    answer = program("administrator").post(f"/organizations/agencies/{agency.pk}/posts", said)

    post = agency.posts.get(name="副局长")
    assert (answer.status_code, post.grants.count()) == (201, 1)
