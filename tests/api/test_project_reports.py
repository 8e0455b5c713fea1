"""Monthly reports and bottlenecks by programs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sushui.projects import services
from sushui.projects.enums import BottleneckKind
from sushui.projects.models import MonthlyReportVersion
from tests.api.conftest import Programs
from tests.cast import County
from tests.projects.play import Play, on

REPORT = {"month": "2026-03-01", "done": "1000000", "progress": "30", "text": "主体施工"}


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_report_is_given_and_read_with_its_versions(play: Play, program: Programs) -> None:
    with on("2026-04-03"):
        project = play.building()
        handler = program("works_handler")
        given = handler.post(f"/projects/{project.pk}/reports", REPORT)
        handler.post(f"/projects/{project.pk}/reports", {**REPORT, "progress": "31", "reason": "复核"})
        (read,) = program("leader").get(f"/projects/{project.pk}/reports/2026").json()

    assert (given.status_code, read["month"], read["is_late"]) == (201, "2026-03-01", False)
    assert [(each["number"], each["progress"], each["reason"]) for each in read["versions"]] == [
        (2, "31.00", "复核"),
        (1, "30.00", ""),
    ]


def test_what_is_odd_is_refused_with_its_key_and_taken_with_it(play: Play, program: Programs) -> None:
    with on("2026-04-03"):
        project = play.building(total_investment=100)
        handler = program("works_handler")
        asked = handler.post(f"/projects/{project.pk}/reports", {"month": "2026-03-01", "done": "101"})
        said = {"month": "2026-03-01", "done": "101", "confirmed": ["exceeds_total:101:100"]}
        taken = handler.post(f"/projects/{project.pk}/reports", said)

    assert (code(asked), taken.status_code) == ((422, "report_doubtful"), 201)
    assert "exceeds_total:101:100" in asked.json()["sentence"]


def test_a_late_report_gives_its_reason(play: Play, program: Programs) -> None:
    with on("2026-04-26"):
        project = play.building()
        refused = program("works_handler").post(f"/projects/{project.pk}/reports", REPORT)

    assert (code(refused), MonthlyReportVersion.objects.count()) == ((422, "late_without_reason"), 0)


def test_no_origin_stands_for_the_reason_of_a_delay(play: Play, program: Programs) -> None:
    with on("2026-04-26"):
        project = play.building()
        figure = {"project_id": project.pk, "month": "2026-03-01", "kind": "actual", "amount": "10"}
        handler = program("works_handler")
        report = handler.post(f"/projects/{project.pk}/reports", {**REPORT, "origin": "x"})
        figures = handler.post("/projects/figures", {"figures": [figure], "origin": "x"})

    assert [code(report), code(figures)] == [(422, "late_without_reason")] * 2


def test_a_report_is_corrected_on_the_version_that_was_seen(play: Play, program: Programs) -> None:
    with on("2026-04-03"):
        path = f"/projects/{play.building().pk}/reports"
        handler = program("works_handler")
        first = handler.post(path, {**REPORT, "version": 0}).json()
        again = {**REPORT, "progress": "31", "reason": "复核"}
        stale = handler.post(path, {**again, "version": 0})
        taken = handler.post(path, {**again, "version": first["version"]})

    assert (stale.status_code, taken.status_code) == (409, 201)
    assert taken.json()["version"] == first["version"] + 1


def test_who_has_not_reported_is_listed(play: Play, program: Programs) -> None:
    with on("2026-04-26"):
        play.building()
        rows = program("project_office").get("/projects/reports/2026-03-01").json()["items"]

    assert [(row["name"], row["punctuality"]) for row in rows] == [("涑水装备产业园", "missing")]


def test_bottlenecks_are_listed_and_made_a_task(play: Play, program: Programs) -> None:
    with on("2026-03-03"):
        found = services.raise_bottleneck(
            play.office, play.building(), kind=BottleneckKind.LAND, text="缺地", found_on=date(2026, 3, 2)
        )
        office = program("project_office")
        (row,) = office.get("/projects/bottlenecks").json()["items"]
        made = office.post(f"/projects/bottlenecks/{found.pk}/raise-task", {"version": row["version"]}).json()
        without = office.get("/projects/bottlenecks?has_task=no").json()["items"]

    assert (row["text"], made["task_id"] is not None, without) == ("缺地", True, [])
