"""What programs read and do: the same as the pages, by the same permissions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from sushui.kernel.tokens import issue_token
from sushui.kernel.workbooks import WORKBOOK_TYPE
from sushui.liaison.models import Liaison, Visit
from sushui.supervision.models import SupervisedTask
from tests.liaison.play import LiaisonPlay
from tests.liaison.test_lists import FIRST, workbook

ROOT = "/api/liaison"


class Program:
    """A program that acts for a post by its token."""

    def __init__(self, play: LiaisonPlay, key: str) -> None:
        secret = issue_token(play.viewer(key), name="手机", days=1).secret
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"{ROOT}{path}", query).json()

    def send(self, path: str, body: dict[str, Any], method: str = "post", **headers: str) -> HttpResponse:
        said = json.dumps(body)
        response: HttpResponse = self.client.generic(
            method.upper(), f"{ROOT}{path}", said, content_type="application/json", headers=headers
        )
        return response


@pytest.fixture
def leader(play: LiaisonPlay) -> Program:
    return Program(play, "leader")


@pytest.fixture
def office(play: LiaisonPlay) -> Program:
    return Program(play, "office")


def visit_body(play: LiaisonPlay, **more: Any) -> dict[str, Any]:
    problem = {"text": "围墙没有修", "agency_id": play.county.agencies["works"].pk}
    return {"visited_on": "2026-03-03", "seen": "到现场看了", "findings": [problem], **more}


def test_what_i_stand_by_comes_with_its_light_and_reason(play: LiaisonPlay, leader: Program) -> None:
    subject = play.staffed()

    items = leader.get("/mine")["items"]

    assert [(each["subject_id"], each["role"], each["light"], each["days_waited"]) for each in items] == [
        (subject.pk, "leader", "green", 2)
    ]
    assert items[0]["reason"] == "从未走访，确定包联已 2 天；要求每 30 天至少一次"


def test_a_visit_is_logged_once_under_its_key_and_answers_its_tasks(play: LiaisonPlay, leader: Program) -> None:
    path = f"/subjects/{play.staffed().pk}/visits"

    answers = [leader.send(path, visit_body(play), **{"Idempotency-Key": "k1"}).json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert (Visit.objects.count(), SupervisedTask.objects.count()) == (1, 1)
    assert [(each["text"], each["state"], each["task_id"] is None) for each in answers[0]["findings"]] == [
        ("围墙没有修", "assigned", False)
    ]


def test_whoever_proposes_is_not_told_the_number_of_a_task_they_may_not_open(play: LiaisonPlay) -> None:
    path = f"/subjects/{play.staffed().pk}/visits"

    answer = Program(play, "works_handler").send(path, visit_body(play)).json()

    assert [(each["state"], each["task_id"]) for each in answer["findings"]] == [("drafted", None)]


def test_a_visit_is_corrected_by_version_and_withdrawn(play: LiaisonPlay, leader: Program) -> None:
    path = f"/visits/{play.visit('leader', play.staffed()).pk}"

    done = leader.send(path, {"seen": "改一下", "way": "call"}, "put", **{"If-Match": '"1"'})
    late = leader.send(path, {"seen": "再改"}, "put", **{"If-Match": '"1"'})
    gone = leader.send(f"{path}/withdraw", {"reason": "记错了"})

    assert (done.json()["seen"], late.status_code, gone.json()["is_withdrawn"]) == ("改一下", 409, True)
    assert leader.get("/visits")["items"] == []


def test_liaisons_are_appointed_replaced_and_ended(play: LiaisonPlay, office: Program) -> None:
    subject, agencies = play.project(), play.county.agencies
    draft = {"subject_id": subject.pk, "role": "agency", "from_on": "2026-03-01", "agency_id": agencies["works"].pk}

    made = office.send("/liaisons", {"liaisons": [draft]}).json()["items"][0]
    new = office.send(
        f"/liaisons/{made['id']}/replace", {"from_on": "2026-04-01", "agency_id": agencies["finance"].pk}
    ).json()
    office.send(f"/liaisons/{new['id']}/end", {"last_on": "2026-06-30"})

    history = office.get(f"/subjects/{subject.pk}/history")["items"]
    ends = [(each["who"], each["to_on"]) for each in history]
    assert ends == [("县财政局", "2026-06-30"), ("县住建局", "2026-03-31")]


def test_in_place_ends_whoever_stands_there(play: LiaisonPlay, office: Program) -> None:
    subject = play.staffed()
    finance = play.county.agencies["finance"].pk
    draft = {"subject_id": subject.pk, "role": "agency", "from_on": "2026-04-01", "agency_id": finance}

    refused = office.send("/liaisons", {"liaisons": [draft]})
    office.send("/liaisons", {"liaisons": [draft], "in_place": True})

    assert (refused.status_code, refused.json()["code"]) == (422, "liaison_taken")
    assert Liaison.objects.filter(subject=subject, role="agency").count() == 2


def test_a_list_too_large_is_refused_unread(play: LiaisonPlay, office: Program, settings: LazySettings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100
    sent = SimpleUploadedFile("包联.xlsx", workbook(("涑水光伏电站", "张副县长", None, None, FIRST)))

    answer = office.client.post(f"{ROOT}/lists", {"workbook": sent})

    assert (answer.status_code, answer.json()["code"]) == (422, "file_too_large")


def test_a_list_goes_in_by_questions_and_answers(play: LiaisonPlay, office: Program) -> None:
    play.project()
    sent = SimpleUploadedFile("包联.xlsx", workbook(("涑水光伏电站", "张副县长", None, None, FIRST)))

    staged = office.client.post(f"{ROOT}/lists", {"workbook": sent}).json()
    question = staged["questions"][0]
    answer = {"answers": {question["key"]: play.county.posts["leader"].pk}, "version": staged["version"]}
    read = office.send(f"/lists/{staged['id']}/answers", answer).json()
    done = office.send(f"/lists/{staged['id']}/import", {"version": read["version"]}).json()

    assert (question["doubt"], read["is_settled"], done["appointments"]) == ("unknown_post", True, 1)
    assert Liaison.objects.get().post == play.county.posts["leader"]


def test_the_waiting_the_leaders_and_the_register_are_read_as_on_pages(play: LiaisonPlay, office: Program) -> None:
    play.visit("leader", play.staffed())
    play.project("乙项目")

    waiting, leaders = office.get("/waiting", role="leader")["items"], office.get("/leaders")["items"]
    register = office.get("/subjects", missing="leader")["items"]

    assert [each["last_visit_on"] for each in waiting] == ["2026-03-03"]
    assert [(each["stands_by"], each["visited"]) for each in leaders] == [(1, 1)]
    assert [(each["label"], each["liaisons"]) for each in register] == [("乙项目", [])]


@pytest.mark.parametrize(
    ("key", "status"), [("works_head", 403), ("leader", 403), ("bank", 403), ("project_office", 200)]
)
def test_only_the_offices_export(play: LiaisonPlay, key: str, status: int) -> None:
    assert Program(play, key).client.get(f"{ROOT}/export").status_code == status


def test_an_export_is_a_workbook_that_no_browser_keeps(office: Program) -> None:
    answer = office.client.get(f"{ROOT}/export")

    assert (answer["Content-Type"], answer["Cache-Control"]) == (WORKBOOK_TYPE, "no-store")
