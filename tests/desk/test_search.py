"""The search across rooms: by characters, initials and codes, only what the viewer may see, the closest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from sushui.kernel import clock, subjects
from sushui.kernel.models import Subject
from sushui.kernel.subjects import SubjectKind, keep_subject, register_kind
from tests.cast import County
from tests.desk.test_today import assign
from tests.projects.play import Play

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """One more kind of subject, which only its own agency sees."""
    known = dict(subjects._kinds)
    register_kind(SubjectKind("plant", "Plant", lambda viewer: Subject.objects.filter(agency_id__in=viewer.agency_ids)))
    yield
    subjects._kinds.clear()
    subjects._kinds.update(known)


def keep_plant(county: County, number: int, label: str, agency: str = "works", code: str = "") -> None:
    row = county.agencies[agency]
    keep_subject(
        "plant",
        Subject(pk=number),
        label=label,
        url=f"/plants/{number}/",
        division_id=row.division_id,
        agency_id=row.pk,
        search_text=code,
    )


def client_of(county: County, key: str) -> Client:
    client = Client()
    client.force_login(county.user(key), BACKEND)
    return client


def found(county: County, key: str, text: str, **query: str) -> str:
    return client_of(county, key).get("/search/", {"q": text, **query}).content.decode()


def heads(page: str) -> list[str]:
    """Each kind that was found, with how many."""
    return re.findall(r'<h2 class="section-title">([^<]+) <span class="note">([^<]+)</span>', page)


def labels(page: str) -> list[str]:
    """What was found, what is meant in brackets."""
    said = re.findall(r'<a class="hit-link"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [strip_tags(each.replace("<mark>", "[").replace("</mark>", "]")).strip() for each in said]


def notes(page: str) -> list[str]:
    """What stands beside each thing that was found, without its light."""
    said = re.findall(r'<span class="hit-note">(.*?)</span>\s*</li>', page, re.DOTALL)
    return [re.sub(r"^\S \S+ (?=绛县|县)", "", " ".join(strip_tags(each).split())) for each in said]


# --- what is found, by whom ------------------------------------------------------------------------------------------
def test_two_characters_find_tasks(county: County) -> None:
    assign(county, 3)

    page = found(county, "office", "道路")

    assert heads(page) == [("事项", "3")]
    assert labels(page) == ["第2段[道路]", "第1段[道路]", "第0段[道路]"]


def test_initials_find_tasks(county: County) -> None:
    assign(county, 2)

    assert labels(found(county, "office", "ddl")) == ["第1[段道路]", "第0[段道路]"]


def test_the_number_of_an_order_finds_its_tasks(county: County) -> None:
    assign(county, 2)
    year = clock.today().year

    order, task = found(county, "office", f"{year}-1"), found(county, "office", f"{year}-1-2")

    assert heads(order) == [("事项", "2")]
    assert labels(task) == [f"第1段道路 [{year}]-[1]-[2]"]


def test_an_agency_finds_its_own_tasks(county: County) -> None:
    assign(county, 3)

    assert heads(found(county, "works_handler", "道路")) == [("事项", "3")]


@pytest.mark.parametrize("key", ["finance_head", "neighbor_office", "administrator", "enterprise"])
def test_nobody_else_finds_them(county: County, key: str) -> None:
    assign(county, 3)

    assert labels(found(county, key, "道路")) == []


def test_a_subject_is_found_by_name_initials_and_code(county: County) -> None:
    keep_plant(county, 1, "宏基新材料", code="2212-140826-89-01-123456")

    pages = [found(county, "works_head", text) for text in ("新材", "hjxcl", "2212-14", "140826")]

    assert [labels(page) for page in pages] == [
        ["宏基[新材]料"],
        ["[宏基新材料]"],
        ["宏基新材料 [2212]-[14]0826-89-01-123456"],
        ["宏基新材料 2212-[140826]-89-01-123456"],
    ]


def test_a_subject_is_found_only_by_those_who_see_it(county: County) -> None:
    keep_plant(county, 1, "宏基新材料", agency="works")

    assert [labels(found(county, key, "宏基")) for key in ("works_head", "finance_head", "neighbor_head")] == [
        ["[宏基]新材料"],
        [],
        [],
    ]


@pytest.mark.parametrize("text", ["财政局", "xczj", "caizhengju"])
def test_an_official_finds_agencies_by_characters_initials_and_pinyin(county: County, text: str) -> None:
    page = found(county, "works_handler", text)

    assert ("单位", "1") in heads(page)
    assert "绛县[财政局]" in labels(page) or "绛[县财政局]" in labels(page)


def test_an_official_finds_posts_and_people(county: County) -> None:
    page = found(county, "works_handler", "财政局局长")

    assert heads(page) == [("岗位", "1"), ("人员", "1")]
    assert labels(page) == ["县[财政局局长]"] * 2


@pytest.mark.parametrize("key", ["enterprise", "bank", "hospital"])
def test_who_is_no_official_does_not_browse_the_directory(county: County, key: str) -> None:
    assert "绛县财政局" not in found(county, key, "财政")


def test_agencies_of_the_neighbor_are_not_found(county: County) -> None:
    assert heads(found(county, "office", "闻喜")) == []


def test_who_sees_several_counties_is_told_which_one(county: County) -> None:
    page = found(county, "city_leader", "闻喜县督查室")

    assert notes(page)[0] == "闻喜县"


@pytest.mark.parametrize(("key", "note"), [("city_leader", "绛县 · 县住建局"), ("leader", "县住建局")])
def test_a_project_of_another_division_says_of_which(county: County, key: str, note: str) -> None:
    Play(county).project(name="宏基新材料")

    assert notes(found(county, key, "宏基")) == [note]


@pytest.mark.parametrize(("key", "is_said"), [("city_leader", True), ("office", False)])
def test_a_task_of_another_division_says_of_which(county: County, key: str, is_said: bool) -> None:
    assign(county, 1)

    assert [note.startswith("绛县 · ") for note in notes(found(county, key, "道路"))] == [is_said]


# --- how it is shown -------------------------------------------------------------------------------------------------
def test_the_closest_comes_first(county: County) -> None:
    for number, label in enumerate(["修北环路", "北环路二期", "北环路"]):
        keep_plant(county, number, label)

    assert labels(found(county, "works_head", "北环路")) == ["[北环路]", "[北环路]二期", "修[北环路]"]


def test_eight_of_a_kind_are_shown_and_all_of_them_behind_a_link(county: County) -> None:
    for number in range(10):
        keep_plant(county, number, f"北环路{number}")

    page = found(county, "works_head", "北环")
    every = found(county, "works_head", "北环", kind="subject.plant")

    assert (len(labels(page)), heads(page)[0][1]) == (8, "10")
    assert "kind=subject.plant" in page
    assert len(labels(every)) == 10


def test_all_tasks_are_behind_a_link_to_the_register(county: County) -> None:
    assign(county, 3)
    link = f"{reverse('supervision:register')}?text=%E9%81%93%E8%B7%AF&amp;scope=all"

    pages = [found(county, key, "道路") for key in ("office", "works_handler")]

    assert [link in page for page in pages] == [True, False]


def test_a_kind_that_nobody_registered_finds_nothing(county: County) -> None:
    assert heads(found(county, "office", "财政", kind="ghost")) == []


@pytest.mark.parametrize("text", ["  ", "、，"])
def test_no_words_find_nothing_and_say_how(county: County, text: str) -> None:
    page = found(county, "office", text)

    assert "请在上方输入至少两个字。" in page
    assert heads(page) == []


def test_what_was_asked_is_shown_as_text(county: County) -> None:
    page = found(county, "office", "<b>道路")

    assert "“&lt;b&gt;道路”" in page


def test_what_was_found_is_shown_as_text(county: County) -> None:
    keep_plant(county, 1, "<b>北环路", code="<i>22")

    page = found(county, "works_head", "北环 22")

    assert "&lt;b&gt;<mark>北环</mark>路" in page
    assert "&lt;i&gt;<mark>22</mark>" in page


# --- while one types -------------------------------------------------------------------------------------------------
def suggested(county: County, key: str, text: str) -> str:
    return client_of(county, key).get("/search/suggest/", {"q": text}).content.decode()


def test_a_few_of_each_kind_are_suggested(county: County) -> None:
    for number in range(5):
        keep_plant(county, number, f"北环路{number}")

    sheet = suggested(county, "works_head", "bh")

    assert sheet.count('role="option"') == 3 + 1
    assert 'href="/search/?q=bh"' in sheet


@pytest.mark.parametrize("text", ["", "北", "b", " "])
def test_nothing_is_suggested_before_two_characters(county: County, text: str) -> None:
    keep_plant(county, 1, "北环路")

    assert suggested(county, "works_head", text).strip() == ""


def test_it_is_said_when_nothing_is_called_so(county: County) -> None:
    assert "您可查看的范围内没有这个名称。" in suggested(county, "works_head", "没有的")


def test_suggestions_are_scoped_as_the_page_is(county: County) -> None:
    keep_plant(county, 1, "北环路", agency="works")

    assert "北环" not in suggested(county, "finance_head", "bhl")


# --- how much it asks ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["/search/", "/search/suggest/"])
def test_the_queries_do_not_grow_with_what_is_found(county: County, page: str) -> None:
    office = client_of(county, "office")
    assign(county, 1)
    few = queries_of(office, page)
    assign(county, 30)

    assert queries_of(office, page) == few


def queries_of(client: Client, page: str) -> int:
    client.get(page, {"q": "道路"})
    with CaptureQueriesContext(connection) as queries:
        client.get(page, {"q": "道路"})
    return len(queries)
