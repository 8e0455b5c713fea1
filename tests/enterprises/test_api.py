"""Enterprises by programs: the same as on the pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from sushui.enterprises.enums import PersonRole
from sushui.enterprises.services import PersonDraft, add_person
from sushui.kernel import tokens
from tests.enterprises.play import CODE, OTHER_CODE, PILOT_CODE, WAN, Play

HOME = "/api/enterprises/"


def send(play: Play, who: str, method: str, path: str, body: Any = None) -> Any:
    token = tokens.issue_token(play.county.viewer(who), name="t", days=1).secret
    said = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(path, HTTP_AUTHORIZATION=f"Bearer {token}", **said)


def test_an_enterprise_is_entered_read_and_edited(play: Play) -> None:
    made = send(play, "project_office", "post", HOME, {"name": "甲有限公司", "code": CODE, "former_names": ["乙"]})
    number = made.json()["id"]

    read = send(play, "leader", "get", f"{HOME}{number}")
    edited = send(play, "project_office", "put", f"{HOME}{number}", {"name": "丙有限公司", "code": CODE, "version": 1})

    assert (made.status_code, read.json()["code"], read["ETag"]) == (201, CODE, '"1"')
    assert edited.json()["former_names"] == ["甲有限公司"]


def test_an_odd_code_is_refused_with_what_to_do(play: Play) -> None:
    refused = send(play, "project_office", "post", HOME, {"name": "甲有限公司", "code": PILOT_CODE})
    done = send(
        play, "project_office", "post", HOME, {"name": "甲有限公司", "code": PILOT_CODE, "is_code_confirmed": True}
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "code_odd")
    assert done.json()["code_flaw"] == "check_digit"


def test_the_register_is_narrowed_and_read_in_stretches(play: Play) -> None:
    for number in range(3):
        play.enter(f"甲{number}有限公司")
    play.enter("乙有限公司")

    first = send(play, "leader", "get", f"{HOME}?text=甲&limit=2").json()
    rest = send(play, "leader", "get", f"{HOME}?text=甲&limit=2&cursor={first['next']}").json()

    assert [each["name"] for each in first["items"] + rest["items"]] == [f"甲{n}有限公司" for n in (2, 1, 0)]
    assert rest["next"] == ""


def test_figures_are_told_and_read_with_their_versions(play: Play) -> None:
    made = play.enter()
    figure = {"year": 2025, "kind": "revenue", "amount": "20000000", "source": "enterprise"}

    told = send(play, "project_office", "post", f"{HOME}{made.pk}/figures", {"figures": [figure]})
    corrected = {**figure, "amount": "21000000", "reason": "审计"}
    send(play, "project_office", "post", f"{HOME}{made.pk}/figures", {"figures": [corrected]})
    read = send(play, "leader", "get", f"{HOME}{made.pk}/figures").json()["items"]

    assert told.json() == {"new": 1, "corrected": 0, "unchanged": 0}
    assert [(float(row["amount"]), row["is_newest"]) for row in read] == [(2100 * WAN, True), (2000 * WAN, False)]


@pytest.mark.parametrize(("who", "phone"), [("project_office", "19900001234"), ("office", "199******34")])
def test_people_are_masked_by_role(play: Play, who: str, phone: str) -> None:
    made = play.enter()
    add_person(play.county.viewer("project_office"), made, PersonDraft("赵某", PersonRole.CONTACT, phone="19900001234"))

    (read,) = send(play, who, "get", f"{HOME}{made.pk}/people").json()

    assert (read["phone"], read["is_masked"]) == (phone, who == "office")


def test_how_it_stands_and_who_stands_for_it_are_noted(play: Play) -> None:
    made = play.enter()

    status = send(play, "project_office", "post", f"{HOME}{made.pk}/status", {"status": "halted", "on": "2026-02-01"})
    person = send(
        play, "project_office", "post", f"{HOME}{made.pk}/people", {"name": "钱某", "role": "manager", "phone": "1"}
    )

    assert (status.json()["status"], person.status_code, person.json()["role"]) == ("halted", 201, "manager")


def test_an_enterprise_finds_itself_alone(play: Play) -> None:
    agency = play.county.agencies["enterprise"]
    agency.code = CODE
    agency.save()
    play.enter("甲有限公司", code=CODE)
    other = play.enter("乙有限公司", code=OTHER_CODE)

    found = send(play, "enterprise", "get", HOME).json()["items"]
    reached = [
        send(play, "enterprise", "get", f"{HOME}{other.pk}{more}").status_code for more in ("", "/figures", "/people")
    ]

    assert ([each["name"] for each in found], reached) == (["甲有限公司"], [404, 404, 404])
