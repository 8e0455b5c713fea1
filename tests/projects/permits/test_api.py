"""The permits by programs: the same reads and acts as on the pages."""

from __future__ import annotations

import json

import pytest

from sushui.projects.enums.permits import PermitState
from tests.projects.pages.reading import desk
from tests.projects.permits.playing import Permits
from tests.projects.play import on

TODAY = "2026-03-20"


@pytest.fixture
def client(permits: Permits):
    return desk(permits.play.county, "project_office").client


def send(client, method: str, address: str, **body):
    answer = client.generic(method, f"/api/projects{address}", json.dumps(body), "application/json")
    return answer.status_code, answer.json()


def test_a_path_is_chosen_and_read(permits, client):
    with on(TODAY):
        project = permits.play.project()
        before = client.get(f"/api/projects/{project.pk}/permits").json()
        given = {"path": "enterprise_filing", "variant": "standard", "flags": ["land_in_hand", "eia_form"]}
        status, said = send(client, "PUT", f"/{project.pk}/permits", **given)

    assert (before, status) == (None, 200)
    assert (said["fileable"], said["is_not_before"], len(said["steps"])) == (["filing", "eia_form"], True, 14)


def test_an_act_answers_the_step_as_it_stands(permits, client):
    with on(TODAY):
        project = permits.planned()
        step = permits.step(project, "filing")
        status, said = send(client, "POST", f"/permits/steps/{step.pk}/grant", on=TODAY, number="1")

    assert (status, said["state"], said["number"]) == (200, PermitState.DONE, "1")


def test_what_is_odd_is_refused_with_its_code_until_it_is_confirmed(permits, client):
    with on(TODAY):
        project = permits.planned()
        address = f"/permits/steps/{permits.step(project, 'works_planning_permit').pk}/file"
        first = send(client, "POST", address, on=TODAY)
        second = send(client, "POST", address, on=TODAY, confirmed=["before_prerequisites"])

    assert (first[0], first[1]["code"], second[0]) == (422, "permit_before_prerequisites", 200)


def test_what_if_is_told(permits, client):
    with on(TODAY):
        project = permits.planned()
        said = client.get(f"/api/projects/{project.pk}/permits/what-if?step=works_planning_permit&days=30").json()

    assert (said["moves"][0]["key"], said["goal"]["days"]) == ("works_planning_permit", 30)


def test_the_countys_list_is_narrowed_and_counted(permits, client):
    with on(TODAY):
        permits.planned()
        listed = client.get("/api/projects/permits?state=fileable").json()
        totals = client.get("/api/projects/permits/totals").json()

    assert (sorted(each["key"] for each in listed["items"]), totals["fileable"]) == (["eia_form", "filing"], 2)


def test_a_circle_is_told_with_its_steps(permits, client):
    with on(TODAY):
        text = client.get("/api/projects/permits/paths/enterprise_filing/standard/0").json()["text"]
        circle = text.replace("- key: filing\n", "- key: filing\n  requires:\n    construction_permit: not stated\n", 1)
        status, said = send(client, "POST", "/permits/paths/enterprise_filing/standard", text=circle, note="x")

    assert (status, said["code"], "→" in said["sentence"]) == (422, "permit_circle", True)
