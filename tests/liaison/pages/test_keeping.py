"""The register and its acts on the pages of the offices."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from sushui.documents.services import open_workbook
from sushui.kernel.models import SavedView
from sushui.liaison.models import Liaison, LiaisonList
from tests.liaison.pages.conftest import Browser
from tests.liaison.play import LiaisonPlay
from tests.liaison.test_lists import FIRST, workbook


def chosen(play: LiaisonPlay, **more: Any) -> dict[str, Any]:
    """The appointing form with the three of `LiaisonPlay.staffed`."""
    return {
        "leader": play.county.posts["leader"].pk,
        "agency": play.county.agencies["works"].pk,
        "officer": play.county.posts["works_handler"].pk,
        "from_on": "2026-03-01",
        "source": "县办〔2026〕3号",
        **more,
    }


def test_three_are_appointed_in_one_form(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.project()

    browser_of("office").post(reverse("liaison:appoint", args=[subject.pk]), chosen(play))

    rows = Liaison.objects.filter(subject=subject, source="县办〔2026〕3号")
    assert sorted(rows.values_list("role", flat=True)) == ["agency", "leader", "officer"]


def test_a_form_without_anybody_says_so(play: LiaisonPlay, browser_of: Browser) -> None:
    url = reverse("liaison:appoint", args=[play.project().pk])

    response = browser_of("office").post(url, {"from_on": "2026-03-01"})

    assert (response.status_code, "一个也没有选" in response.content.decode()) == (422, True)


def test_a_refusal_keeps_what_was_typed(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()

    response = browser_of("office").post(reverse("liaison:appoint", args=[subject.pk]), chosen(play))

    html = response.content.decode()
    assert [word in html for word in ("县办〔2026〕3号", "自 2026-03-01 起已有包联领导")] == [True, True]
    assert response.status_code == 422


def test_ticked_subjects_get_the_same_three(play: LiaisonPlay, browser_of: Browser) -> None:
    subjects = [play.project("甲项目"), play.staffed("乙项目")]
    rows = [subject.pk for subject in subjects]
    client, url = browser_of("office"), reverse("liaison:register-appoint")

    asked = client.post(url, {"row": rows})
    done = client.post(url, chosen(play, row=rows, from_on="2026-04-01"))

    assert ("甲项目" in asked.content.decode(), done.status_code) == (True, 302)
    assert [Liaison.objects.filter(subject=subject).count() for subject in subjects] == [3, 3]


def test_a_liaison_is_replaced_and_ended_on_its_pages(play: LiaisonPlay, browser_of: Browser) -> None:
    standing, client = play.appoint(play.project(), "agency"), browser_of("project_office")
    finance = play.county.agencies["finance"].pk

    said = {"version": 1, "agency": finance, "from_on": "2026-04-01"}
    client.post(reverse("liaison:replace", args=[standing.pk]), said)
    new = Liaison.objects.get(agency=finance)
    client.post(reverse("liaison:end", args=[new.pk]), {"version": 1, "last_on": "2026-06-30", "reason": "项目完工"})

    ends = Liaison.objects.order_by("from_on").values_list("to_on", flat=True)
    assert list(ends) == [date(2026, 3, 31), date(2026, 6, 30)]


def test_the_second_of_two_sees_who_was_first(play: LiaisonPlay, browser_of: Browser) -> None:
    standing = play.appoint(play.project())
    url, said = reverse("liaison:end", args=[standing.pk]), {"version": 1, "last_on": "2026-06-30", "reason": "完工"}
    browser_of("office").post(url, said)

    response = browser_of("office_second").post(url, said)

    html = response.content.decode()
    assert (response.status_code, "县政府督查室督查室主任" in html, "完工" in html) == (409, True, True)


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", ["甲项目", "乙项目"]),
        ("missing=leader", ["乙项目"]),
        ("missing=agency", ["甲项目", "乙项目"]),
        ("text=甲", ["甲项目"]),
        ("leader=0&agency=x&missing=nonsense", ["甲项目", "乙项目"]),
    ],
)
def test_the_register_is_narrowed_by_its_chips(
    play: LiaisonPlay, browser_of: Browser, query: str, labels: list[str]
) -> None:
    play.appoint(play.project("甲项目"))
    play.project("乙项目")

    page = browser_of("office").get(f"{reverse('liaison:register')}?{query}").content.decode()

    assert [label for label in ("甲项目", "乙项目") if label in page] == labels


def test_filters_are_kept_under_a_name_and_dropped(play: LiaisonPlay, browser_of: Browser) -> None:
    client, register = browser_of("office"), reverse("liaison:register")

    client.post(reverse("liaison:register-keep-view"), {"name": "缺领导的", "query": "missing=leader"})
    kept = client.get(register).content.decode()
    view = SavedView.objects.get(post=play.county.posts["office"])
    client.post(reverse("liaison:register-drop-view", args=[view.pk]))

    assert ("缺领导的" in kept, SavedView.objects.count()) == (True, 0)


def test_the_export_is_a_workbook_under_a_chinese_name(play: LiaisonPlay, browser_of: Browser) -> None:
    play.staffed()

    response = browser_of("office").get(reverse("liaison:register-export"))

    assert "%E5%8C%85%E8%81%94%E5%8F%B0%E8%B4%A6.xlsx" in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"
    assert open_workbook(response.getvalue()).sheets[0].rows[2][1] == "涑水光伏电站"


def test_a_list_is_sent_answered_and_imported_on_its_pages(play: LiaisonPlay, browser_of: Browser) -> None:
    play.project()
    client = browser_of("office")
    data = workbook(("涑水光伏电站", "张副县长", None, None, FIRST))

    sent = client.post(reverse("liaison:lists"), {"workbook": SimpleUploadedFile("包联.xlsx", data)})
    listed = LiaisonList.objects.get()
    page = client.get(sent.headers["Location"]).content.decode()
    client.post(sent.headers["Location"], {"version": 1, "answer-0": play.county.posts["leader"].pk})
    client.post(reverse("liaison:list-import", args=[listed.pk]), {"version": 2})

    assert "张副县长 · 这里没有叫这个名称的岗位" in page
    assert Liaison.objects.get().post == play.county.posts["leader"]


@override_settings(UPLOAD_LIMIT_BYTES=2**20)
def test_a_list_that_is_too_large_is_refused_unread(play: LiaisonPlay, browser_of: Browser) -> None:
    large = SimpleUploadedFile("包联.xlsx", b"PK\x03\x04" + b"x" * 2**20)

    page = browser_of("office").post(reverse("liaison:lists"), {"workbook": large})

    assert page.status_code == 422
    assert "文件超过 1 MB：请把清单单独复制到新的工作簿里。" in page.content.decode()
    assert LiaisonList.objects.count() == 0


@pytest.mark.parametrize("name", ["register", "lapses", "visits", "mine"])
def test_a_page_costs_the_same_for_one_row_and_for_thirty(play: LiaisonPlay, browser_of: Browser, name: str) -> None:
    client, url = browser_of("leader"), reverse(f"liaison:{name}")

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    play.visit("leader", play.staffed("项目甲"), "围墙没有修")
    cost()
    one = cost()
    for number in range(29):
        subject = play.project(f"项目{number}")
        play.appoint(subject)
        play.visit("leader", subject)

    assert cost() == one
