"""Investment promotion by programs: the same as by pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sushui.kernel.models import AuditLine
from sushui.projects.enums import GateState
from sushui.projects.models import GatePassage, Project, PromotionLead
from tests.api.conftest import Program, Programs
from tests.cast import County
from tests.projects.play import Play, on

WHO = {"contact_name": "张三", "contact_title": "总经理", "contact_phone": "13800000000"}
SIGNED = {"on": "2026-02-20", "number": "涑招〔2026〕5号", "text": "总投资3亿元"}
Given = dict[str, Any]


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def asked(play: Play, agency: str = "works", **more: Any) -> Given:
    """An investor whom the works bureau looks after."""
    said = {"name": "新能源装备基地", "investor": "涑水新能源有限公司", "began_on": "2026-01-08", **WHO}
    return {**said, "agency_id": play.agency_id(agency), "intended_investment": "300000000", **more}


def entered(play: Play, by: Program, **more: Any) -> Given:
    return by.post("/projects/leads", asked(play, **more)).json()


# --- entering and reading --------------------------------------------------------------------------------------------
def test_an_investor_is_entered_in_talks(play: Play, program: Programs) -> None:
    answer = program("works_handler").post("/projects/leads", asked(play, sector="industry", industry_code="3825"))

    made = answer.json()
    assert (answer.status_code, made["node"], made["node_on"], made["version"]) == (201, "talks", "2026-01-08", 1)
    assert (made["intended_investment"], made["sector"], made["industry_code"]) == ("300000000.00", "industry", "3825")


def test_an_investor_says_no_contact(play: Play, program: Programs) -> None:
    office = program("project_office")
    made = entered(play, office)

    read = office.get(f"/projects/leads/{made['id']}").json()

    assert (read, [name for name in WHO if name in read]) == (made, [])


@pytest.mark.parametrize(
    ("who", "told"),
    [("works_handler", WHO), ("project_office", WHO), ("leader", WHO), ("city_leader", dict.fromkeys(WHO, ""))],
)
def test_whom_to_call_is_told_to_those_who_look_after_the_investor(
    play: Play, program: Programs, who: str, told: Given
) -> None:
    made = entered(play, program("project_office"))

    answer = program(who).get(f"/projects/leads/{made['id']}/contact")

    assert (answer.status_code, answer.json()) == (200, told)


def test_the_list_goes_by_state_and_node_the_newest_first(play: Play, program: Programs) -> None:
    office = program("project_office")
    first, second, third = [
        entered(play, office, name=name, began_on=day)
        for name, day in [("甲", "2026-01-08"), ("乙", "2026-01-20"), ("丙", "2026-01-10")]
    ]
    office.post(f"/projects/leads/{first['id']}/framework", SIGNED)
    office.post(f"/projects/leads/{third['id']}/drop", {"reason": "企业选址他县"})

    asked_for = [{}, {"node": "framework"}, {"state": "dropped"}, {"state": "founded"}]
    lists = [office.get("/projects/leads", **query).json()["items"] for query in asked_for]

    shown = [[each["id"] for each in items] for items in lists]
    assert shown == [[first["id"], second["id"]], [first["id"]], [third["id"]], []]


def test_the_list_goes_on_behind_its_cursor(play: Play, program: Programs) -> None:
    office = program("project_office")
    for name in ("甲", "乙", "丙"):
        entered(play, office, name=name)

    page = office.get("/projects/leads", limit=2).json()
    rest = office.get("/projects/leads", limit=2, cursor=page["next"]).json()

    assert [[each["name"] for each in part["items"]] for part in (page, rest)] == [["丙", "乙"], ["甲"]]
    assert not rest["next"]


@pytest.mark.parametrize("query", [{"state": "lost"}, {"node": "handshake"}, {"limit": "0"}])
def test_a_list_that_cannot_be_is_refused(play: Play, program: Programs, query: dict[str, str]) -> None:
    assert program("project_office").get("/projects/leads", **query).status_code == 422


# --- editing ---------------------------------------------------------------------------------------------------------
def test_an_investor_is_edited_on_the_version_that_was_seen(play: Play, program: Programs) -> None:
    works = program("works_handler")
    path = f"/projects/leads/{entered(play, works)['id']}"
    edit = {name: value for name, value in asked(play).items() if name != "began_on"}

    answers = [works.put(path, {**edit, "name": name, "version": 1}).status_code for name in ("一期", "二期")]

    assert (answers, works.get(path).json()["name"]) == ([200, 409], "一期")


def test_an_agency_gives_no_investor_away(play: Play, program: Programs) -> None:
    works = program("works_handler")
    made = entered(play, works)
    edit = {**asked(play, agency="finance"), "version": 1}
    del edit["began_on"]

    answer = works.put(f"/projects/leads/{made['id']}", edit)

    assert (answer.status_code, PromotionLead.objects.get().agency_id) == (403, play.agency_id("works"))


# --- nodes -----------------------------------------------------------------------------------------------------------
def test_each_node_is_read_with_its_paper(play: Play, program: Programs) -> None:
    works = program("works_handler")
    made = entered(play, works)

    moved = works.post(f"/projects/leads/{made['id']}/framework", {**SIGNED, "version": 1}).json()

    assert (moved["node"], moved["node_on"], moved["version"]) == ("framework", "2026-02-20", 2)
    assert works.get(f"/projects/leads/{made['id']}/steps").json() == [
        {"node": "talks", "on": "2026-01-08", "number": "", "text": ""},
        {"node": "framework", **SIGNED},
    ]


def test_the_contract_makes_a_project_with_its_evidence(play: Play, program: Programs) -> None:
    office = program("project_office")
    made = entered(play, office)

    answer = office.post(f"/projects/leads/{made['id']}/found", {**SIGNED, "version": 1})

    project = answer.json()
    assert (answer.status_code, project["stage"], project["stage_on"]) == (201, "signed", "2026-02-20")
    assert [each.state for each in GatePassage.objects.all()] == [GateState.OPENED]
    assert office.get("/projects/leads", state="founded").json()["items"][0]["project_id"] == project["id"]


def test_a_contract_sent_twice_under_its_key_makes_one_project(play: Play, program: Programs) -> None:
    office, key = program("project_office"), {"Idempotency-Key": "c0ffee"}
    made = entered(play, office)

    answers = [office.post(f"/projects/leads/{made['id']}/found", SIGNED, **key) for _time in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert (answers[0].json(), Project.objects.count()) == (answers[1].json(), 1)


def test_what_is_dropped_keeps_the_reason(play: Play, program: Programs) -> None:
    works = program("works_handler")
    made = entered(play, works)

    dropped = works.post(f"/projects/leads/{made['id']}/drop", {"reason": "企业选址他县", "version": 1}).json()

    assert (dropped["dropped_on"], dropped["dropped_reason"]) == ("2026-03-02", "企业选址他县")


# --- refusals --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": " "}, "text_missing"),
        ({"investor": ""}, "text_missing"),
        ({"industry_code": "9999"}, "no_such_industry"),
        ({"intended_investment": "-1"}, "misread"),
        ({"cluster_id": 10**6}, "elsewhere"),
        ({"began_on": "2026-03-03"}, "day_in_future"),
        ({"began_on": "2026-02-30"}, "misread"),
        ({"sector": "mining"}, "misread"),
    ],
)
def test_an_investor_that_cannot_be_is_refused(play: Play, program: Programs, more: Given, code: str) -> None:
    answer = program("project_office").post("/projects/leads", asked(play, **more))

    assert (answer.status_code, answer.json()["code"], PromotionLead.objects.count()) == (422, code, 0)


@pytest.mark.parametrize(
    ("act", "body", "code"),
    [
        ("framework", {**SIGNED, "number": "", "text": " "}, "evidence_missing"),
        ("framework", {**SIGNED, "on": "2026-01-07"}, "node_before"),
        ("framework", {**SIGNED, "on": "2026-03-03"}, "day_in_future"),
        ("found", {**SIGNED, "number": " "}, "text_missing"),
        ("found", {**SIGNED, "on": "2026-01-07"}, "node_before"),
        ("drop", {"reason": " "}, "text_missing"),
    ],
)
def test_a_node_that_cannot_be_is_refused(play: Play, program: Programs, act: str, body: Given, code: str) -> None:
    office = program("project_office")
    made = entered(play, office)

    answer = office.post(f"/projects/leads/{made['id']}/{act}", body)

    assert (answer.status_code, answer.json()["code"], Project.objects.count()) == (422, code, 0)
    assert office.get(f"/projects/leads/{made['id']}").json() == made


@pytest.mark.parametrize(("act", "body"), [("framework", SIGNED), ("found", SIGNED), ("drop", {"reason": "再议"})])
def test_what_was_dropped_is_closed(play: Play, program: Programs, act: str, body: Given) -> None:
    office = program("project_office")
    made = entered(play, office)
    office.post(f"/projects/leads/{made['id']}/drop", {"reason": "企业选址他县"})

    answer = office.post(f"/projects/leads/{made['id']}/{act}", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "lead_closed")


@pytest.mark.parametrize(("act", "body"), [("framework", SIGNED), ("found", SIGNED), ("drop", {"reason": "再议"})])
def test_a_stale_act_is_refused(play: Play, program: Programs, act: str, body: Given) -> None:
    office = program("project_office")
    made = entered(play, office)
    office.post(f"/projects/leads/{made['id']}/framework", SIGNED)

    answer = office.post(f"/projects/leads/{made['id']}/{act}", {**body, "version": 1})

    assert (answer.status_code, Project.objects.count()) == (409, 0)


# --- rights ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("project_office", 201),
        ("works_head", 201),
        ("works_handler", 201),
        ("finance_head", 403),
        ("township", 403),
        ("leader", 403),
        ("statistics", 403),
        ("bank", 403),
    ],
)
def test_an_agency_enters_its_own_investors_and_the_office_any(
    play: Play, program: Programs, who: str, status: int
) -> None:
    answer = program(who).post("/projects/leads", asked(play))

    assert (answer.status_code, PromotionLead.objects.count()) == (status, int(status == 201))


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 200), ("city_leader", 200), ("works_head", 200), ("finance_head", 404), ("neighbor_head", 404)],
)
@pytest.mark.parametrize("part", ["", "/steps", "/contact"])
def test_an_investor_is_found_by_those_who_may_know(
    play: Play, program: Programs, who: str, status: int, part: str
) -> None:
    made = entered(play, program("project_office"))

    assert program(who).get(f"/projects/leads/{made['id']}{part}").status_code == status


@pytest.mark.parametrize(
    ("who", "act", "body", "status"),
    [
        ("works_handler", "found", SIGNED, 403),
        ("leader", "found", SIGNED, 403),
        ("leader", "framework", SIGNED, 403),
        ("leader", "drop", {"reason": "再议"}, 403),
        ("finance_head", "framework", SIGNED, 404),
        ("finance_head", "drop", {"reason": "再议"}, 404),
        ("neighbor_head", "framework", SIGNED, 404),
    ],
)
def test_nobody_else_acts_on_an_investor(
    play: Play, program: Programs, who: str, act: str, body: Given, status: int
) -> None:
    office = program("project_office")
    made = entered(play, office)

    answer = program(who).post(f"/projects/leads/{made['id']}/{act}", body)

    assert (answer.status_code, office.get(f"/projects/leads/{made['id']}").json()) == (status, made)


def test_the_chain_never_holds_a_contact(play: Play, program: Programs) -> None:
    entered(play, program("works_handler"))

    (line,) = AuditLine.objects.filter(target__contains="promotionlead")
    assert [word in f"{line.before}{line.after}{line.note}" for word in WHO.values()] == [False] * 3
