"""The search across rooms: any two characters, and only what the viewer may see."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.cast import County
from tests.desk.test_today import assign

BACKEND = "django.contrib.auth.backends.ModelBackend"


def found(county: County, key: str, text: str) -> str:
    client = Client()
    client.force_login(county.user(key), BACKEND)
    return client.get("/search/", {"q": text}).content.decode()


def heads(page: str) -> list[str]:
    return [head.strip() for head in re.findall(r'<h2 class="section-title">([^<]+)', page)]


def test_two_characters_find_tasks(county: County) -> None:
    assign(county, 3)

    page = found(county, "office", "道路")

    assert heads(page) == ["事项"]
    assert page.count("<tr data-row") == 3


def test_an_agency_finds_its_own_tasks(county: County) -> None:
    assign(county, 3)

    assert found(county, "works_handler", "道路").count("<tr data-row") == 3


@pytest.mark.parametrize("key", ["finance_head", "neighbor_office", "administrator", "enterprise"])
def test_nobody_else_finds_them(county: County, key: str) -> None:
    assign(county, 3)

    assert found(county, key, "道路").count("<tr data-row") == 0


def test_an_official_finds_agencies_and_posts(county: County) -> None:
    page = found(county, "works_handler", "财政")

    assert heads(page) == ["单位与岗位"]
    assert "绛县财政局" in page


@pytest.mark.parametrize("key", ["enterprise", "bank", "hospital"])
def test_who_is_no_official_does_not_browse_the_directory(county: County, key: str) -> None:
    assert "绛县财政局" not in found(county, key, "财政")


def test_agencies_of_the_neighbor_are_not_found(county: County) -> None:
    assert heads(found(county, "office", "闻喜")) == []


def test_no_words_find_nothing_and_say_how(county: County) -> None:
    assert "请在上方输入至少两个字。" in found(county, "office", "  ")


def test_what_was_asked_is_shown_as_text(county: County) -> None:
    page = found(county, "office", "<b>道路")

    assert "“&lt;b&gt;道路”" in page
