"""Every act of supervision by program, in short plays: what was asked, and where the task stands afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sushui.supervision.models import SupervisedTask
from tests.api.conftest import Program, Programs
from tests.cast import County
from tests.supervision.play import march

S = "/supervision"


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with march(2):
        yield


@dataclass
class Table:
    """The office and the works bureau, each by its program, and one task between them."""

    county: County
    office: Program
    works: Program
    task_id: int = 0

    def agency(self, key: str) -> int:
        return self.county.agencies[key].pk

    @property
    def task(self) -> dict[str, Any]:
        return self.office.get(f"{S}/tasks/{self.task_id}").json()

    @property
    def part_id(self) -> int:
        return self.task["parts"][0]["id"]

    def do(self, act: str, **said: Any) -> dict[str, Any]:
        """An act of the works bureau on its part."""
        return self.works.post(f"{S}/parts/{self.part_id}/{act}", said).json()

    def decide(self, asked: dict[str, Any], act: str, **said: Any) -> dict[str, Any]:
        """A decision of the office."""
        return self.office.post(f"{S}/requests/{asked['id']}/{act}", said).json()


@pytest.fixture
def table(county: County, program: Programs) -> Table:
    """A task that the office has assigned to the works bureau, the finance bureau supporting."""
    made = Table(county, program("office"), program("works_head"))
    order = made.office.post(f"{S}/orders", {"title": "调度会", "source": "meeting", "issued_on": "2026-03-02"}).json()
    draft = {"title": "修路", "lead_agency_id": made.agency("works"), "supporting_agency_ids": [made.agency("finance")]}
    tasks = made.office.post(f"{S}/orders/{order['id']}/tasks", {"tasks": [draft]}).json()["items"]
    made.task_id = tasks[0]["id"]
    made.office.post(f"{S}/tasks/assign", {"task_ids": [made.task_id]})
    return made


def test_a_part_is_signed_for_with_its_arrangement(table: Table) -> None:
    signed = table.do("sign", arrangement="今天安排")

    kinds = [report["kind"] for report in table.office.get(f"{S}/tasks/{table.task_id}/reports").json()]
    assert (signed["state"], table.task["state"], kinds) == ("in_progress", "in_progress", ["arrangement"])


def test_a_head_names_the_handler(table: Table) -> None:
    named = table.do("appoint", handler_post_id=table.county.posts["works_handler"].pk)

    assert named["handler_post"] == {"id": table.county.posts["works_handler"].pk, "name": "经办人"}


def test_a_report_meets_its_clock(table: Table) -> None:
    table.do("sign")

    table.do("report", kind="arrangement", text="安排了")

    clocks = table.office.get(f"{S}/tasks/{table.task_id}/clocks").json()
    assert {clock["kind"]: clock["met_on"] for clock in clocks if clock["part_id"] == table.part_id} == {
        "arrangement": "2026-03-02",
        "feedback": None,
        "result": None,
    }


def test_an_application_is_returned_and_the_next_one_closes(table: Table) -> None:
    table.do("sign")
    table.decide(table.do("apply", text="修好了"), "return", reason="还差一段")
    returned = table.task["state"]

    table.decide(table.do("apply", text="全修好了"), "close", grade="excellent")

    assert (returned, table.task["state"], table.task["grade"]) == ("returned", "closed", "excellent")


def test_an_extension_moves_the_clock_and_keeps_the_old_day(table: Table) -> None:
    table.do("sign")
    running = table.works.get(f"{S}/parts/{table.part_id}/clocks").json()
    result = next(clock for clock in running if clock["kind"] == "result")

    table.decide(table.do("ask-extension", clock_id=result["id"], new_due_on="2026-03-20", reason="下雨"), "extend")

    clocks = {clock["id"]: clock for clock in table.office.get(f"{S}/tasks/{table.task_id}/clocks").json()}
    moved = clocks[result["id"]]
    assert (moved["original_due_on"], moved["due_on"]) == ("2026-03-10", "2026-03-20")


def test_an_extension_of_another_parts_clock_is_refused(table: Table) -> None:
    table.do("sign")

    answer = table.do("ask-extension", clock_id=999_999, new_due_on="2026-03-20", reason="下雨")

    assert answer["code"] == "not_extendable"


def test_a_suspension_stops_the_task_until_it_is_resumed(table: Table) -> None:
    table.do("sign")
    asked = table.do("ask-suspension", reason="等用地", plan=[{"on": "2026-04-01", "text": "拿到批文"}])
    table.decide(asked, "suspend")
    suspended = table.task["state"]

    table.office.post(f"{S}/tasks/{table.task_id}/resume", {"reason": "批文到了"})

    assert (suspended, table.task["state"]) == ("suspended", "in_progress")


@pytest.mark.parametrize("act", ["ask-extension", "ask-suspension"])
def test_what_is_asked_can_be_refused(table: Table, act: str) -> None:
    table.do("sign")
    running = table.works.get(f"{S}/parts/{table.part_id}/clocks").json()
    said = {"clock_id": running[-1]["id"], "new_due_on": "2026-03-20", "plan": [{"on": "2026-04-01", "text": "批文"}]}

    decided = table.decide(table.do(act, reason="难", **said), "refuse", reason="不行")

    assert (decided["state"], decided["decision_note"]) == ("refused", "不行")


def test_an_application_for_closing_is_not_refused_but_returned(table: Table) -> None:
    table.do("sign")

    answer = table.decide(table.do("apply", text="修好了"), "refuse", reason="不行")

    assert answer["code"] == "not_refused_so"


def test_not_mine_moves_the_part_to_whom_the_office_says(table: Table) -> None:
    asked = table.do("dispute", named_agency_id=table.agency("reform"), reason="归发改")

    part = table.decide(asked, "decide-ownership", agency_id=table.agency("reform"))

    assert (part["agency"]["id"], part["role"], part["is_owner_decided"]) == (table.agency("reform"), "lead", True)


def test_a_task_is_withdrawn_and_its_story_stays(table: Table) -> None:
    table.office.post(f"{S}/tasks/{table.task_id}/withdraw", {"reason": "不办了"})

    story = table.office.get(f"{S}/tasks/{table.task_id}/story").json()
    assert [line["verb"] for line in story] == ["draft_task", "assign_task", "withdraw_task"]
    assert (table.task["state"], table.task["light"]) == ("withdrawn", "none")


def test_a_leader_calls_for_an_answer(table: Table, program: Programs) -> None:
    answer = program("leader").post(f"{S}/tasks/{table.task_id}/remind", {"note": "抓紧"})

    story = table.office.get(f"{S}/tasks/{table.task_id}/story").json()
    assert (answer.status_code, story[-1]["verb"], story[-1]["note"]) == (200, "remind", "抓紧")


def test_a_draft_is_edited_with_its_agencies(table: Table) -> None:
    order_id, agency_id = table.task["order"]["id"], table.agency("finance")
    drafts = {"tasks": [{"title": "草稿"}]}
    draft = table.office.post(f"{S}/orders/{order_id}/tasks", drafts).json()["items"][0]

    body = {"title": "定稿", "lead_agency_id": agency_id, "version": draft["version"]}
    edited = table.office.put(f"{S}/tasks/{draft['id']}", body).json()

    assert (edited["title"], [part["agency"]["id"] for part in edited["parts"]]) == ("定稿", [agency_id])


def concluded(table: Table, agency: str) -> int:
    """The number of a conclusion about an agency, delivered now."""
    inspection = {"title": "查工地", "source": "instruction", "issued_on": "2026-03-02", "kind": "inspection"}
    order = table.office.post(f"{S}/orders", inspection).json()
    found = {"agency_id": table.agency(agency), "text": "进度慢"}
    return table.office.post(f"{S}/orders/{order['id']}/conclusions", found).json()["id"]


@pytest.mark.parametrize("agency", ["hospital", "bank", "enterprise", "statistics"])
def test_whoever_speaks_for_an_agency_objects(table: Table, program: Programs, agency: str) -> None:
    number = concluded(table, agency)

    answer = program(agency).post(f"{S}/conclusions/{number}/object", {"reason": "没慢"})

    assert answer.status_code == 201


def test_a_conclusion_is_objected_to_and_reviewed_by_somebody_else(table: Table, program: Programs) -> None:
    number = concluded(table, "works")
    objection = table.works.post(f"{S}/conclusions/{number}/object", {"reason": "没慢"}).json()

    answers = [
        program(key).post(f"{S}/objections/{objection['id']}/review", {"is_upheld": True, "note": "属实"})
        for key in ("office", "office_second")
    ]

    assert [answer.status_code for answer in answers] == [403, 200]
    assert table.works.get(f"{S}/conclusions/{number}").json()["objection"]["state"] == "granted"


def test_earlier_demands_are_told_before_an_inspection(table: Table) -> None:
    inspection = {"title": "查工地", "source": "instruction", "issued_on": "2026-03-02", "kind": "inspection"}
    order = table.office.post(f"{S}/orders", inspection).json()
    draft = {"title": "查一处工地", "lead_agency_id": table.agency("works")}
    made = table.office.post(f"{S}/orders/{order['id']}/tasks", {"tasks": [draft]}).json()["items"][0]
    table.office.post(f"{S}/tasks/{made['id']}/assign", {})

    demands = table.office.get(f"{S}/earlier-demands", agency_id=[table.agency("works")]).json()["items"]

    assert [(demand["task_title"], demand["order_title"]) for demand in demands] == [("查一处工地", "查工地")]


def test_the_register_is_narrowed_and_counted(table: Table) -> None:
    queries = [{"state": "assigned"}, {"state": "closed"}, {"light": "yellow"}, {"text": "修路"}, {"is_open": "false"}]

    found = [len(table.office.get(f"{S}/tasks", **query).json()["items"]) for query in queries]

    assert found == [1, 0, 1, 1, 0]
    assert table.office.get(f"{S}/tasks/counts").json() == {"none": 0, "green": 0, "yellow": 1, "red": 0}


def test_a_lists_next_leads_to_its_end(table: Table) -> None:
    titles = {"tasks": [{"title": f"事项{number}"} for number in range(4)]}
    table.office.post(f"{S}/orders/{table.task['order']['id']}/tasks", titles)

    found, cursor = [], ""
    for _stretch in range(3):
        listed = table.office.get(f"{S}/tasks", sort="newest", limit=2, cursor=cursor).json()
        found += [row["id"] for row in listed["items"]]
        cursor = listed["next"]

    assert (found, cursor) == (list(SupervisedTask.objects.order_by("-pk").values_list("pk", flat=True)), "")
