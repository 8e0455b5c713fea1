"""Projects by programs, sentence by sentence: each operation, its refusals, what is sent twice, and versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sushui.projects import services
from sushui.projects.enums import ActDoubt, BottleneckKind, FundingSource, ProjectStage
from sushui.projects.models import (
    Bottleneck,
    FundsPaid,
    FundsReceived,
    Milestone,
    MonthlyFigure,
    Project,
    YearPlan,
)
from tests.api.conftest import Programs
from tests.cast import County
from tests.projects.play import GOOD_CODE, Play, month, on

KEY = {"Idempotency-Key": "5b1c09aa"}
NOW = date(2026, 3, 2)


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


def code(answer: HttpResponse) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, answer.json()["code"]


# --- reading ---------------------------------------------------------------------------------------------------------
READS = ("", "/lights", "/funding", "/story", "/milestones", "/funds", "/bottlenecks", "/months/2026", "/figures/2026")


@pytest.mark.parametrize("path", READS)
def test_what_one_may_not_know_of_is_not_found(play: Play, program: Programs, path: str) -> None:
    with on("2026-03-02"):
        address = f"/projects/{play.building().pk}{path}"
        statuses = [program(key).get(address).status_code for key in ("finance_head", "neighbor_office", "hospital")]

    assert statuses == [404] * 3


@pytest.mark.parametrize("path", READS)
def test_who_has_no_work_here_reads_nothing(play: Play, program: Programs, path: str) -> None:
    with on("2026-03-02"):
        address = f"/projects/{play.building().pk}{path}"
        statuses = [program(key).get(address).status_code for key in ("bank", "enterprise", "administrator")]

    assert statuses == [403] * 3


@pytest.mark.parametrize("path", READS)
def test_whose_project_it_is_and_who_oversees_read_it(play: Play, program: Programs, path: str) -> None:
    with on("2026-03-02"):
        address = f"/projects/{play.building().pk}{path}"
        keys = ("works_handler", "project_office", "statistics", "leader", "office", "city_leader")
        statuses = [program(key).get(address).status_code for key in keys]

    assert statuses == [200] * len(keys)


def test_a_project_says_what_its_page_says(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building(code=GOOD_CODE, owner_name="涑水装备", total_investment=Decimal(120_000_000), jobs=40)
        said = program("leader").get(f"/projects/{project.pk}").json()

    wanted = {
        "name": "涑水装备产业园",
        "code": GOOD_CODE,
        "owner_name": "涑水装备",
        "stage": "under_construction",
        "started_on": "2026-01-05",
        "light": "yellow",
        "total_investment": "120000000.00",
        "jobs": 40,
        "version": 1,
    }
    assert {name: said[name] for name in wanted} == wanted


def test_months_stand_as_the_newest_versions_say(play: Play, program: Programs) -> None:
    with on("2026-02-20"):
        project = play.building()
        play.plan(project, m1=100)
        play.report(project, m1=40)
        play.report(project, reason="更正", m1=50)
        rows = program("leader").get(f"/projects/{project.pk}/months/2026").json()
        versions = program("leader").get(f"/projects/{project.pk}/figures/2026").json()

    assert [len(rows), rows[0]["planned"], rows[0]["actual"]] == [12, "1000000.00", "500000.00"]
    assert sorted((row["kind"], row["number"], row["reason"]) for row in versions) == [
        ("actual", 1, ""),
        ("actual", 2, "更正"),
        ("plan", 1, ""),
    ]


def test_the_story_names_posts_and_verbs(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building()
        play.report(project, m1=40)
        lines = program("leader").get(f"/projects/{project.pk}/story").json()

    assert [line["verb"] for line in lines] == ["register_project", "report_figures"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["在建", "签约"]),
        ({"stage": "signed"}, ["签约"]),
        ({"stage": "completed"}, []),
        ({"text": "在建"}, ["在建"]),
        ({"sort": "newest"}, ["签约", "在建"]),
    ],
)
def test_the_ledger_answers_what_is_asked(
    play: Play, program: Programs, query: dict[str, str], names: list[str]
) -> None:
    with on("2026-03-02"):
        play.building(name="在建", total_investment=Decimal(2))
        play.project(name="签约", stage=ProjectStage.SIGNED, total_investment=Decimal(1))
        found = program("leader").get("/projects/", **query).json()["items"]

    assert [row["name"] for row in found] == names


def test_pages_of_the_ledger_follow_each_other(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        for number in range(5):
            play.project(name=f"第{number}项", total_investment=Decimal(number))
        leader, names, cursor = program("leader"), [], ""
        for _page in range(3):
            page = leader.get("/projects/", limit=2, cursor=cursor).json()
            names, cursor = names + [row["name"] for row in page["items"]], page["next"]

    assert (names, cursor) == ([f"第{number}项" for number in (4, 3, 2, 1, 0)], "")


def test_the_ledger_asks_no_more_for_thirty(play: Play, program: Programs) -> None:
    leader, counts = program("leader"), []
    with on("2026-03-02"):
        for more in (1, 29):
            for _each in range(more):
                play.building(total_investment=Decimal(10**8))
            leader.get("/projects/")
            with CaptureQueriesContext(connection) as asked:
                leader.get("/projects/")
            counts.append(len(asked))

    assert counts[0] == counts[1]


# --- sent twice ------------------------------------------------------------------------------------------------------
def twice(program: Programs, key: str, path: str, body: dict[str, Any], method: str = "POST") -> list[Any]:
    """The same request under the same key, two times; gives both answers."""
    return [program(key).send(method, path, body, **KEY).json() for _time in range(2)]


WRITES: dict[str, tuple[str, dict[str, Any], Callable[[], int]]] = {
    "register": ("/projects/", {"name": "镁业新材料"}, Project.objects.count),
    "milestone": ("/projects/{}/milestones", {"name": "封顶", "planned_on": "2026-05-01"}, Milestone.objects.count),
    "funds": (
        "/projects/{}/funds",
        {"source": "state_budget", "amount": "100", "received_on": "2026-03-01"},
        FundsReceived.objects.count,
    ),
    "bottleneck": (
        "/projects/{}/bottlenecks",
        {"kind": "land", "text": "缺地", "found_on": "2026-03-01"},
        Bottleneck.objects.count,
    ),
}


@pytest.mark.parametrize("name", WRITES)
def test_what_is_sent_twice_under_one_key_happens_once(play: Play, program: Programs, name: str) -> None:
    path, body, count = WRITES[name]
    with on("2026-03-02"):
        project, before = play.building(), count()
        first, second = twice(program, "project_office", path.format(project.pk), body)

    assert (first, count() - before) == (second, 1)


def test_a_payment_sent_twice_is_paid_once(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        received = services.receive_funds(
            play.office, play.building(), source=FundingSource.OTHER, amount=Decimal(100), received_on=NOW
        )
        body = {"amount": "40", "paid_on": "2026-03-02"}
        first, second = twice(program, "works_handler", f"/projects/funds/{received.pk}/pay", body)

    assert (first, FundsPaid.objects.count()) == (second, 1)


def test_figures_sent_twice_are_one_version(play: Play, program: Programs) -> None:
    with on("2026-02-20"):
        figure = {"project_id": play.building().pk, "month": "2026-01-01", "kind": "actual", "amount": "10"}
        first, second = twice(program, "works_handler", "/projects/figures", {"figures": [figure]})
        again = program("works_handler").post("/projects/figures", {"figures": [figure]}).json()

    assert (first, MonthlyFigure.objects.count()) == (second, 1)
    assert again == {"new": 0, "corrected": 0, "unchanged": 1}


def test_a_key_that_stood_for_another_project_is_refused(play: Play, program: Programs) -> None:
    body = {"name": "封顶", "planned_on": "2026-05-01"}
    with on("2026-03-02"):
        one, other = play.building(), play.building()
        office = program("project_office")
        office.post(f"/projects/{one.pk}/milestones", body, **KEY)
        answer = office.post(f"/projects/{other.pk}/milestones", body, **KEY)

    assert code(answer) == (422, "key_used_otherwise")


# --- versions --------------------------------------------------------------------------------------------------------
VERSIONED = {
    "move": ("project_office", {"stage": "in_pipeline", "on": "2026-03-01"}),
    "postpone": ("project_office", {"month": "2026-08-01", "reason": "等待批复"}),
    "enroll": ("statistics", {"enrolled_on": "2026-03-01"}),
}


@pytest.mark.parametrize("verb", VERSIONED)
def test_an_act_on_a_version_that_has_passed_is_refused(play: Play, program: Programs, verb: str) -> None:
    key, body = VERSIONED[verb]
    with on("2026-03-02"):
        project = play.project(planned_start_month=month("2026-04"))
        services.edit_project(play.office, project, play.draft(name="新名字", planned_start_month=month("2026-04")))
        answer = program(key).post(f"/projects/{project.pk}/{verb}", {**body, "version": 1})

    assert (answer.status_code, Project.objects.get().version) == (409, 2)


@pytest.mark.parametrize("verb", VERSIONED)
def test_the_version_may_stand_in_a_header(play: Play, program: Programs, verb: str) -> None:
    key, body = VERSIONED[verb]
    with on("2026-03-02"):
        project = play.project(planned_start_month=month("2026-04"))
        stale = program(key).post(f"/projects/{project.pk}/{verb}", body, **{"If-Match": '"7"'})
        done = program(key).post(f"/projects/{project.pk}/{verb}", body, **{"If-Match": '"1"'})

    assert (stale.status_code, done.status_code) == (409, 200)


def test_a_milestone_and_a_bottleneck_have_versions_too(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project, office = play.building(), program("project_office")
        step = services.add_milestone(play.office, project, name="封顶", planned_on=NOW)
        stuck = services.raise_bottleneck(play.office, project, kind=BottleneckKind.LAND, text="缺地", found_on=NOW)
        wrong = {"version": 9}
        statuses = [
            office.post(f"/projects/milestones/{step.pk}/reach", {"reached_on": "2026-03-02", **wrong}).status_code,
            office.post(f"/projects/milestones/{step.pk}/drop", {"reason": "变更", **wrong}).status_code,
            office.post(
                f"/projects/bottlenecks/{stuck.pk}/resolve",
                {"resolved_on": "2026-03-02", "resolution": "已供地", **wrong},
            ).status_code,
        ]

    assert statuses == [409, 409, 409]


# --- refusals --------------------------------------------------------------------------------------------------------
DOUBTS = list(ActDoubt)
FUNDS = {"source": "state_budget", "amount": "100", "received_on": "2026-03-01"}
STUCK = {"kind": "land", "text": "缺地", "found_on": "2026-03-01"}
REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", "/projects/", {"name": " "}, "text_missing"),
    ("POST", "/projects/", {"name": "x", "code": "2212-140826-89-01-123450"}, "code_odd"),
    ("POST", "/projects/", {"name": "x", "industry_code": "9999"}, "no_such_industry"),
    ("POST", "/projects/", {"name": "x", "agency_id": 10**6}, "elsewhere"),
    (
        "POST",
        "/projects/",
        {"name": "x", "stage": "signed", "stage_on": "2026-03-09", "doubts": DOUBTS},
        "day_in_future",
    ),
    ("POST", "/projects/{}/move", {"stage": "suspended", "on": "2026-03-01"}, "text_missing"),
    ("POST", "/projects/{}/move", {"stage": "suspended", "on": "2026-03-01", "note": "停工"}, "review_day_missing"),
    ("POST", "/projects/{}/move", {"stage": "completed", "on": "2026-03-09"}, "day_in_future"),
    ("POST", "/projects/{}/postpone", {"month": "2026-08-01", "reason": "等"}, "already_started"),
    ("POST", "/projects/{}/enroll", {"enrolled_on": "2026-03-09"}, "day_in_future"),
    ("POST", "/projects/{}/funds", {**FUNDS, "amount": "0"}, "amount_not_above_zero"),
    ("POST", "/projects/{}/funds", {**FUNDS, "received_on": "2026-03-09"}, "day_in_future"),
    ("POST", "/projects/{}/bottlenecks", {**STUCK, "text": " "}, "text_missing"),
    ("POST", "/projects/{}/bottlenecks", {**STUCK, "found_on": "2026-03-09"}, "day_in_future"),
    ("PUT", "/projects/{}", {"name": "x"}, "version_missing"),
]


@pytest.mark.parametrize(("method", "path", "body", "refusal"), REFUSED)
def test_a_refusal_has_its_code_and_says_how_to_mend_it(
    play: Play, program: Programs, method: str, path: str, body: dict[str, Any], refusal: str
) -> None:
    with on("2026-03-02"):
        project = play.building()
        answer = program("project_office").send(method, path.format(project.pk), body)

    assert code(answer) == (422, refusal)
    assert Project.objects.values_list("version", flat=True).get() == project.version


WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/projects/", {}),
    ("POST", "/projects/", {"name": "x", "stage": "dreamt"}),
    ("POST", "/projects/", {"name": "x", "total_investment": "much"}),
    ("POST", "/projects/figures", {"figures": "none"}),
    ("POST", "/projects/{}/move", {"stage": "completed"}),
    ("POST", "/projects/{}/milestones", {"name": "封顶", "planned_on": "soon"}),
    ("POST", "/projects/{}/funds", {"source": "lottery", "amount": "1", "received_on": "2026-03-01"}),
    ("PUT", "/projects/{}/year-plan", {"year": 2026}),
    ("PUT", "/projects/{}/year-plan", {"year": 2026, "amount": "-1"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRONG)
def test_what_is_no_request_at_all_is_refused_before_anything_is_done(
    play: Play, program: Programs, method: str, path: str, body: dict[str, Any]
) -> None:
    with on("2026-03-02"):
        answer = program("project_office").send(method, path.format(play.building().pk), body)

    assert (answer.status_code, Project.objects.count(), YearPlan.objects.count()) == (422, 1, 0)


def test_no_more_is_paid_than_came(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        received = services.receive_funds(
            play.office, play.building(), source=FundingSource.OTHER, amount=Decimal(100), received_on=NOW
        )
        body = {"amount": "101", "paid_on": "2026-03-02"}
        answer = program("works_handler").post(f"/projects/funds/{received.pk}/pay", body)

    assert (code(answer), FundsPaid.objects.count()) == ((422, "more_than_received"), 0)


def test_a_correction_gives_its_reason(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project, handler = play.building(), program("works_handler")
        play.report(project, m1=10)
        figure = {"project_id": project.pk, "month": "2026-01-01", "kind": "actual", "amount": "7"}
        refused = handler.post("/projects/figures", {"figures": [figure]})
        done = handler.post("/projects/figures", {"figures": [{**figure, "reason": "核减"}]})

    assert code(refused) == (422, "correction_without_reason")
    assert done.json() == {"new": 0, "corrected": 1, "unchanged": 0}


def test_figures_of_a_project_of_others_are_not_found_and_nothing_is_written(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        own, others = play.building(), play.building(agency_id=play.agency_id("finance"))
        figures = [
            {"project_id": each.pk, "month": "2026-01-01", "kind": "actual", "amount": "10"} for each in (own, others)
        ]
        answer = program("works_handler").post("/projects/figures", {"figures": figures})

    assert (answer.status_code, MonthlyFigure.objects.count()) == (404, 0)


def test_a_refusal_is_said_in_the_language_that_was_asked_for(play: Play, program: Programs) -> None:
    with on("2026-03-02"), override("zh-hans"):  # what a request speaks is left behind by the test's client
        address = f"/projects/{play.building().pk}/enroll"
        said = [
            program("statistics").post(address, {"enrolled_on": "2026-03-09"}, **{"Accept-Language": language}).json()
            for language in ("zh-Hans", "en")
        ]

    assert [each["code"] for each in said] == ["day_in_future"] * 2
    assert (said[0]["sentence"].isascii(), said[1]["sentence"].isascii()) == (False, True)
