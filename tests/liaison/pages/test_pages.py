"""What each role finds on the pages of liaison."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.liaison.play import LiaisonPlay

Browser = Callable[[str], Client]
PAGES = ("mine", "lapses", "visits", "visit-new", "register", "lists")


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("is_empty", [True, False])
def test_every_page_opens_for_the_office_empty_and_full(
    play: LiaisonPlay, browser_of: Browser, name: str, is_empty: bool
) -> None:
    if not is_empty:
        play.visit("office", play.staffed(), "围墙没有修")

    page = text_of(browser_of("office"), reverse(f"liaison:{name}"))

    assert ("涑水光伏电站" in page) is (not is_empty and name in ("lapses", "visits", "register"))


@pytest.mark.parametrize(
    ("key", "statuses"),
    [
        ("office", [200, 200, 200, 200, 200, 200]),
        ("project_office", [200, 200, 200, 200, 200, 200]),
        ("leader", [200, 200, 200, 200, 200, 403]),
        ("city_leader", [200, 200, 200, 200, 200, 403]),
        ("works_head", [200, 200, 200, 200, 403, 403]),
        ("township", [200, 200, 200, 200, 403, 403]),
        ("bank", [403, 403, 403, 403, 403, 403]),
        ("enterprise", [403, 403, 403, 403, 403, 403]),
        ("administrator", [403, 403, 403, 403, 403, 403]),
    ],
)
def test_each_role_opens_its_own_pages(play: LiaisonPlay, browser_of: Browser, key: str, statuses: list[int]) -> None:
    client = browser_of(key)

    assert [client.get(reverse(f"liaison:{name}")).status_code for name in PAGES] == statuses


def test_what_i_stand_by_is_one_tap_from_a_visit(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()

    page = text_of(browser_of("leader"), reverse("liaison:mine"))

    assert page.count(reverse("liaison:visit-log", args=[subject.pk])) == 1
    assert "从未走访" in page


def test_a_subject_tells_who_stands_by_it_and_what_is_not_settled(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()
    play.visit("leader", subject, "围墙没有修")

    page = text_of(browser_of("works_handler"), reverse("liaison:subject", args=[subject.pk]))

    assert [word in page for word in ("常务副县长", "县住建局", "围墙没有修", "到现场看了")] == [True] * 4
