"""Today's work: the few things that matter now, fetched by a fixed number of queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from sushui.supervision import services
from sushui.supervision.enums import OrderSource, ReportKind
from tests.cast import County
from tests.supervision.play import Play, march, on

BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_nobody_signed_in_is_led_to_sign_in(db: None) -> None:
    answer = Client().get("/")

    assert (answer.status_code, answer["Location"]) == (302, "/organizations/sign-in/?next=/")


def test_an_empty_day_says_what_would_be_here(county: County, client: Client) -> None:
    client.force_login(county.user("works_handler"), BACKEND)

    page = client.get("/").content.decode()

    assert "今日没有待办。" in page


def test_a_task_can_be_signed_for_from_the_desk(county: County, client: Client) -> None:
    assign(county, 1)
    client.force_login(county.user("works_handler"), BACKEND)
    act = re.search(r'formaction="([^"]+)"', client.get("/").content.decode())
    assert act is not None

    answer = client.post(act[1], {"next": "/"})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "签收" not in re.findall(r"<button[^>]*>([^<]+)</button>", client.get("/").content.decode())


def test_the_day_is_said(county: County, client: Client) -> None:
    client.force_login(county.user("works_handler"), BACKEND)

    with on("2026-11-24"):
        page = client.get("/").content.decode()

    assert page.count("11月24日 周二") == 1


def test_what_is_red_names_the_agency_whose_move_it_is(county: County, client: Client) -> None:
    play = Play(county)
    with march(2):
        task = play.signed(supporting=("finance",))
        for kind in (ReportKind.ARRANGEMENT, ReportKind.FEEDBACK):
            play.report(task, kind)
    client.force_login(county.user("office"), BACKEND)

    with march(11):
        page = client.get("/").content.decode()

    assert re.findall(r'data-label="当前承办单位"><span title="[^"]+">([^<]+)<', page) == ["县财政局"]


@pytest.mark.parametrize("key", ["works_handler", "works_head", "office", "leader", "administrator"])
def test_the_number_of_queries_does_not_grow_with_the_tasks(
    county: County, client: Client, key: str, django_assert_max_num_queries
) -> None:
    client.force_login(county.user(key), BACKEND)
    assign(county, 2)
    with django_assert_max_num_queries(60) as few:
        client.get("/")
    assign(county, 20)

    with django_assert_max_num_queries(len(few)):
        client.get("/")


def assign(county: County, count: int) -> None:
    office, today = county.viewer("office"), date.today()  # noqa: DTZ011
    order = services.draft_order(office, title="例会", source=OrderSource.MEETING, issued_on=today)
    works = county.agencies["works"].pk
    drafts = [services.TaskDraft(f"第{number}段道路", works) for number in range(count)]
    services.assign_tasks(office, services.draft_tasks(office, order, drafts))
