"""Projects by programs: the same reads and acts as on the pages, the same permissions, refusals and versions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.projects.enums import ActDoubt
from sushui.projects.models import FundsReceived, Milestone, Project
from sushui.supervision.models import SupervisedTask
from tests.api.conftest import Programs
from tests.cast import County
from tests.projects.play import Play, on

WAN = 10_000


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


def test_a_project_is_registered_and_read_back(play: Play, program: Programs) -> None:
    given = {
        "name": "镁业新材料",
        "total_investment": "120000000",
        "funding": [{"source": "bank_loans", "amount": "5"}],
    }
    with on("2026-03-02"):
        made = program("project_office").post("/projects/", given)
        read = program("leader").get(f"/projects/{made.json()['id']}")
        planned = program("leader").get(f"/projects/{made.json()['id']}/funding")

    assert (made.status_code, read.json()["total_investment"], read.headers["ETag"]) == (201, "120000000.00", '"1"')
    assert planned.json() == [{"year": 0, "source": "bank_loans", "amount": "5.00"}]


def test_the_ledger_is_narrowed_and_summed(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        play.building(total_investment=Decimal(100_000_000))
        play.project(name="二号", total_investment=Decimal(WAN))
        leader = program("leader")
        listed = leader.get("/projects/?stage=under_construction").json()
        totals = leader.get("/projects/totals").json()

    assert [row["name"] for row in listed["items"]] == ["涑水装备产业园"]
    assert totals == {"count": 2, "investment": "100010000.00", "planned": "0", "done": "0"}


def test_a_light_comes_with_its_numbers_and_its_sentence(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building()
        said = program("leader").get(f"/projects/{project.pk}/lights").json()

    assert {key: said[0][key] for key in ("rule", "light", "why", "numbers", "sentence")} == {
        "rule": "start",
        "light": "green",
        "why": "started",
        "numbers": {"started": "2026-01-05"},
        "sentence": "1月5日 周一开工。",
    }


def test_figures_are_written_all_or_none(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building()
        figure = {"project_id": project.pk, "month": "2026-01-01", "kind": "actual", "amount": "10"}
        late = {**figure, "month": "2026-09-01"}
        handler = program("works_handler")
        refused = handler.post("/projects/figures", {"figures": [figure, late]})
        silent = handler.post("/projects/figures", {"figures": [figure], "origin": "统计平台"})
        taken = handler.post("/projects/figures", {"figures": [{**figure, "reason": "统计平台补报"}]})
        versions = handler.get(f"/projects/{project.pk}/figures/2026").json()

    assert (refused.status_code, refused.json()["code"]) == (422, "month_in_future")
    assert taken.json() == {"new": 1, "corrected": 0, "unchanged": 0}
    assert [(row["number"], row["amount"], row["origin"]) for row in versions] == [(1, "10.00", "")]
    assert silent.status_code == 422


def test_an_edit_says_which_version_was_seen(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.project()
        office = program("project_office")
        unsaid = office.put(f"/projects/{project.pk}", {"name": "新"})
        done = office.put(f"/projects/{project.pk}", {"name": "新", "version": project.version})
        stale = office.put(f"/projects/{project.pk}", {"name": "旧", "version": project.version})

    assert (unsaid.json()["code"], done.json()["name"], stale.status_code) == ("version_missing", "新", 409)


def test_a_project_moves_postpones_and_is_enrolled(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.project(planned_start_month=date(2026, 2, 1))
        office, address = program("project_office"), f"/projects/{project.pk}"
        later = office.post(f"{address}/postpone", {"month": "2026-03-01", "reason": "等待批复"}).json()
        shown = [{"kind": "construction_permit", "number": "绛建施〔2026〕1号", "day": "2026-03-01"}]
        reached = {"stage": "under_construction", "on": "2026-03-02", "evidence": shown, "doubts": list(ActDoubt)}
        moved = office.post(f"{address}/move", reached).json()
        enrolled = program("statistics").post(f"{address}/enroll", {"enrolled_on": "2026-03-02"}).json()

    assert (later["planned_start_month"], moved["stage"], enrolled["enrolled_on"]) == (
        "2026-03-01",
        "under_construction",
        "2026-03-02",
    )


def test_milestones_funds_and_bottlenecks_have_their_operations(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building()
        office, address = program("project_office"), f"/projects/{project.pk}"
        office.post(f"{address}/milestones", {"name": "封顶", "planned_on": "2026-05-01"})
        office.post(f"/projects/milestones/{Milestone.objects.get().pk}/reach", {"reached_on": "2026-03-02"})
        office.post(f"{address}/funds", {"source": "state_budget", "amount": "100", "received_on": "2026-03-01"})
        received = FundsReceived.objects.get().pk
        paid = office.post(f"/projects/funds/{received}/pay", {"amount": "40", "paid_on": "2026-03-02"}).json()
        stuck = {"kind": "land", "text": "缺地", "found_on": "2026-03-01", "is_task": True}
        raised = office.post(f"{address}/bottlenecks", stuck).json()

    assert Milestone.objects.get().reached_on == date(2026, 3, 2)
    assert [each["amount"] for each in paid["payments"]] == ["40.00"]
    assert raised["task_id"] == SupervisedTask.objects.get().pk


def test_a_year_is_planned(play: Play, program: Programs) -> None:
    with on("2026-03-02"):
        project = play.building()
        planned = program("project_office").put(
            f"/projects/{project.pk}/year-plan", {"year": 2026, "amount": "5000000"}
        )

    assert planned.json() == {"year": 2026, "amount": "5000000.00"}


REFUSED: dict[str, tuple[str, str, dict[str, Any]]] = {
    "works_handler": ("PUT", "/projects/{}", {"name": "x", "version": 1}),
    "leader": ("POST", "/projects/{}/bottlenecks", {"kind": "land", "text": "x", "found_on": "2026-03-01"}),
    "city_leader": ("POST", "/projects/{}/enroll", {"enrolled_on": "2026-03-01"}),
    "bank": ("POST", "/projects/{}/enroll", {"enrolled_on": "2026-03-01"}),
}


@pytest.mark.parametrize("key", REFUSED)
def test_what_is_not_theirs_is_refused(play: Play, program: Programs, key: str) -> None:
    method, address, body = REFUSED[key]
    with on("2026-03-02"):
        project = play.building()
        answer = program(key).send(method, address.format(project.pk), body)

    assert (answer.status_code, Project.objects.get().version) == (403, 1)
