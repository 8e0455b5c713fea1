"""Resources and corrected payments by programs: the same as by pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from sushui.projects import services
from sushui.projects.enums import ActDoubt, FundingSource
from sushui.projects.models import ResourceNeed
from tests.api.conftest import Programs
from tests.cast import County
from tests.projects.play import Play, on

LAND = {"factor": "land", "what": "建设用地指标", "amount": "100", "needed_by": "2026-06-30"}


@pytest.fixture
def play(county: County) -> Play:
    return Play(county)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on("2026-03-02"):
        yield


def test_a_need_is_said_promised_and_met_by_programs(play: Play, program: Programs) -> None:
    project, agency = play.building(), play.agency_id("finance")
    works, finance = program("works_handler"), program("finance_handler")
    need = works.post(f"/projects/{project.pk}/needs", {**LAND, "agency_id": agency}).json()
    body = {"agency_id": agency, "amount": "60", "until": "2026-05-31"}
    promised = finance.post(f"/projects/needs/{need['id']}/commit", body).json()

    answer = finance.post(f"/projects/commitments/{promised['id']}/deliver", {"amount": "20", "on": "2026-03-01"})

    (read,) = works.get(f"/projects/{project.pk}/needs").json()
    assert (answer.status_code, read["unit"], read["uncommitted"], read["undelivered"]) == (
        201,
        "mu",
        "40.000000",
        "40.000000",
    )
    assert [each["delivered"] for each in read["commitments"]] == ["20.000000"]


def test_totals_keep_the_unknown_apart(play: Play, program: Programs) -> None:
    project, works = play.building(), program("works_handler")
    for amount in ("100", None):
        works.post(f"/projects/{project.pk}/needs", {**LAND, "amount": amount})

    (land,) = works.get("/projects/resources/totals").json()

    assert (land["count"], land["unknown"], land["need"], land["uncommitted"]) == (2, 1, "100.000000", "100.000000")


def test_a_need_is_changed_on_the_version_that_was_seen(play: Play, program: Programs) -> None:
    project, works = play.building(), program("works_handler")
    need = works.post(f"/projects/{project.pk}/needs", LAND).json()

    answers = [
        works.put(f"/projects/needs/{need['id']}", {**LAND, "amount": amount, "version": 1}).status_code
        for amount in ("80", "90")
    ]

    assert (answers, ResourceNeed.objects.get().amount) == ([200, 409], Decimal(80))


def test_an_overdue_promise_is_chased_and_a_wrong_delivery_corrected(play: Play, program: Programs) -> None:
    project, office, agency = play.building(), program("project_office"), play.agency_id("finance")
    need = office.post(f"/projects/{project.pk}/needs", LAND).json()
    body = {"agency_id": agency, "amount": "60", "until": "2026-02-27", "doubts": list(ActDoubt)}
    promised = office.post(f"/projects/needs/{need['id']}/commit", body).json()
    got = office.post(
        f"/projects/commitments/{promised['id']}/deliver",
        {"amount": "50", "on": "2026-03-01", "doubts": list(ActDoubt)},
    ).json()

    chased = office.post(f"/projects/commitments/{promised['id']}/chase", {}).json()
    right = office.post(f"/projects/deliveries/{got['id']}/correct", {"amount": "5", "reason": "多写一个零"}).json()

    assert (chased["task_id"] is None, right["corrects_id"]) == (False, got["id"])
    assert office.get(f"/projects/needs/{need['id']}").json()["delivered"] == "5.000000"


def test_a_promise_is_taken_back_and_a_need_taken_away(play: Play, program: Programs) -> None:
    project, office, agency = play.building(), program("project_office"), play.agency_id("finance")
    need = office.post(f"/projects/{project.pk}/needs", LAND).json()
    body = {"agency_id": agency, "amount": "60", "until": "2026-05-31"}
    promised = office.post(f"/projects/needs/{need['id']}/commit", body).json()

    office.post(f"/projects/commitments/{promised['id']}/withdraw", {"reason": "指标收回"})
    left = office.get("/projects/resources", state="uncommitted").json()["items"]
    office.post(f"/projects/needs/{need['id']}/drop", {"reason": "设计变更"})

    assert [each["committed"] for each in left] == ["0.000000"]
    assert office.get("/projects/resources").json()["items"] == []


def test_a_payment_is_corrected_beside_what_was_said(play: Play, program: Programs) -> None:
    money = services.receive_funds(
        play.office,
        play.building(),
        source=FundingSource.OTHER,
        amount=Decimal(100),
        received_on=date(2026, 3, 1),
    )
    paid = services.pay_funds(play.office, money, amount=Decimal(60), paid_on=date(2026, 3, 1))

    answer = program("works_handler").post(
        f"/projects/payments/{paid.pk}/correct", {"amount": "40", "reason": "凭证看错"}
    )

    assert [(each["amount"], each["corrects_id"]) for each in answer.json()["payments"]] == [
        ("60.00", None),
        ("40.00", paid.pk),
    ]
