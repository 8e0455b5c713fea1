"""Who comes in: a program by its token, a browser by its session and the CSRF token, nobody otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sushui.kernel import clock
from sushui.kernel.models import ApiToken, AuditLine
from sushui.organizations.models import Tenure
from sushui.organizations.services import hand_over_post
from tests.api.conftest import Program, Programs
from tests.cast import County

ORDERS = "/api/supervision/orders"
ORDER = {"title": "调度会", "source": "meeting", "issued_on": "2026-03-02"}


def browser(county: County, key: str, *, careful: bool = False) -> Client:
    client = Client(enforce_csrf_checks=careful)
    client.force_login(county.user(key), backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- tokens ----------------------------------------------------------------------------------------------------------
def test_a_token_acts_in_its_post_and_the_chain_says_whose(county: County, program: Programs) -> None:
    answer = program("office").post("/supervision/orders", ORDER)

    line = AuditLine.objects.get(verb="draft_order")
    assert answer.status_code == 201
    assert (line.user_id, line.post_id) == (county.user("office").pk, county.posts["office"].pk)


@pytest.mark.parametrize("header", ["Bearer sushui_wrong", "Bearer", "Basic b2ZmaWNlOnB3", "sushui"])
def test_a_wrong_token_is_nobody_even_beside_a_session(county: County, header: str) -> None:
    answer = browser(county, "office").get(ORDERS, headers={"Authorization": header})

    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_a_token_opens_no_page(county: County, program: Programs) -> None:
    office = program("office")

    answer = office.client.get("/supervision/register/", headers=office.bearer)

    assert answer.status_code == 302


def test_a_token_ends_with_the_tenure_of_its_post(county: County, program: Programs) -> None:
    handler = program("works_handler")

    hand_over_post(county.viewer("administrator"), county.posts["works_handler"], successor=None)

    assert handler.get("/supervision/parts/mine").status_code == 401


def test_a_token_never_moves_to_another_post_of_its_person(county: County, program: Programs) -> None:
    works = program("works_handler")
    Tenure.objects.filter(post=county.posts["works_handler"]).update(to_on=clock.today() - timedelta(days=1))
    Tenure.objects.create(
        post=county.posts["office_second"], user=county.user("works_handler"), from_on="1990-01-01", to_on="1990-01-02"
    )
    finance = county.posts["statistics"]
    Tenure.objects.filter(post=finance).delete()
    Tenure.objects.create(post=finance, user=county.user("works_handler"), from_on=clock.today())

    assert works.get("/supervision/parts/mine").status_code == 401


def test_a_token_that_ran_out_is_nobody(county: County, program: Programs) -> None:
    office = program("office")

    ApiToken.objects.update(expires_on=clock.today() - timedelta(days=1))

    assert office.get("/supervision/orders").status_code == 401


# --- browsers --------------------------------------------------------------------------------------------------------
def test_a_browser_reads_by_its_session(county: County) -> None:
    assert browser(county, "office", careful=True).get(ORDERS).status_code == 200


def test_a_browser_without_the_csrf_token_writes_nothing(county: County) -> None:
    answer = browser(county, "office", careful=True).post(ORDERS, ORDER, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert not AuditLine.objects.filter(verb="draft_order").exists()


def test_a_browser_with_the_csrf_token_writes(county: County) -> None:
    office = browser(county, "office", careful=True)
    office.cookies["csrftoken"] = "t" * 32

    answer = office.post(ORDERS, ORDER, content_type="application/json", headers={"X-CSRFToken": "t" * 32})

    assert answer.status_code == 201


def test_whoever_holds_no_post_is_nobody(county: County) -> None:
    Tenure.objects.filter(user=county.user("office")).delete()

    assert browser(county, "office").get(ORDERS).status_code == 401


# --- refusals --------------------------------------------------------------------------------------------------------
def test_a_post_without_the_role_is_refused_before_anything_is_read(county: County, program: Programs) -> None:
    answer = program("works_head").post("/supervision/orders", {"no": "sense"})

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_what_is_not_there_and_what_is_not_yours_read_the_same(county: County, program: Programs) -> None:
    made = program("office").post("/supervision/orders", ORDER).json()

    answers = [program("works_head").get(f"/supervision/orders/{number}") for number in (made["id"], 10**12)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()


def test_a_flaw_is_named_by_its_place(county: County, program: Programs) -> None:
    answer = program("office").post("/supervision/orders", {**ORDER, "issued_on": "30 February"})

    assert answer.status_code == 422
    assert answer.json()["flaws"] == [{"where": "body.order.issued_on", "flaw": "date_from_datetime_parsing"}]


def test_a_body_that_is_no_json_is_refused(county: County, program: Programs) -> None:
    office = program("office")

    answer = office.client.post(ORDERS, "{", content_type="application/json", headers=office.bearer)

    assert (answer.status_code, answer.json()["code"]) == (400, "misread")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-hans", "您的岗位不能进行此操作。"), ("en", "Your post may not do this.")],
)
def test_refusals_are_said_in_the_callers_language(
    county: County, program: Programs, language: str, sentence: str
) -> None:
    head = program("works_head")

    answer = head.client.get("/api/supervision/tasks", headers={**head.bearer, "Accept-Language": language})

    assert answer.json()["sentence"] == sentence


def test_the_description_is_for_whoever_is_signed_in(county: County, program: Programs) -> None:
    office = program("office")

    answer = office.get("/openapi.json")

    assert answer.status_code == 200
    assert Client().get("/api/openapi.json").status_code == 302
    assert Client().get("/api/docs").status_code == 302


def test_a_program_may_carry_a_cookie_of_somebody_else(county: County, program: Programs) -> None:
    strange = Program(browser(county, "neighbor_office"), program("office").secret)

    made = strange.post("/supervision/orders", ORDER).json()

    assert made["issuer_agency"]["id"] == county.agencies["office"].pk
