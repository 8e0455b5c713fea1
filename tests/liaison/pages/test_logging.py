"""Logging a visit from a phone: one form, any number of problems, photos that stay, a second tap that does nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sushui.kernel.models import Subject
from sushui.liaison import queries
from sushui.liaison.models import Finding, Visit
from sushui.supervision.enums import TaskState
from sushui.supervision.models import SupervisedTask
from tests.liaison.pages.conftest import Browser
from tests.liaison.play import LiaisonPlay

PAPER = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def address(subject: Subject) -> str:
    return reverse("liaison:visit-log", args=[subject.pk])


def value_of(response: HttpResponse, name: str) -> str:
    """What a hidden field holds."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.content.decode())
    found = re.search(r'value="([^"]*)"', field[0]) if field else None
    return found[1] if found else ""


def typed(client: Client, subject: Subject, **more: Any) -> dict[str, Any]:
    """The form as it comes, with the least filled in."""
    key = value_of(client.get(address(subject)), "key")
    return {"key": key, "way": "on_site", "seen": "到现场看了", "visited_on": "2026-03-03", **more}


def photo(name: str = "现场.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PAPER, content_type="application/pdf")


def test_a_visit_with_two_problems_and_a_photo_is_one_form(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client = play.staffed(), browser_of("leader")
    works = play.county.agencies["works"].pk
    problems = {
        "finding-1-text": "围墙没有修",
        "finding-1-agency": works,
        "finding-2-text": "用电没有接",
        "finding-2-agency": works,
        "finding-2-wanted_on": "2026-03-20",
        "finding-3-text": "",
    }

    response = client.post(address(subject), typed(client, subject, photos=[photo()], **problems))

    visit = Visit.objects.get()
    assert response.headers["Location"] == reverse("liaison:visit", args=[visit.pk])
    assert [(each.text, each.task.state) for each in visit.findings.all()] == [
        ("围墙没有修", TaskState.ASSIGNED),
        ("用电没有接", TaskState.ASSIGNED),
    ]
    assert len(queries.photos_of(play.viewer("office"), [visit])[visit.pk]) == 1


def test_today_and_on_site_stand_there_already(play: LiaisonPlay, browser_of: Browser) -> None:
    page = browser_of("leader").get(address(play.staffed()))

    assert value_of(page, "visited_on") == "2026-03-03"
    assert re.search(r'value="on_site"[^>]*checked', page.content.decode()) is not None


def test_room_for_another_problem_keeps_what_was_typed_and_the_photos(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client = play.staffed(), browser_of("leader")
    sent = typed(client, subject, **{"finding-1-text": "围墙没有修", "more": "1", "photos": [photo()]})

    page = client.post(address(subject), sent)

    html = page.content.decode()
    assert ("围墙没有修" in html, 'name="finding-2-text"' in html, "已保留 1 张照片" in html) == (True, True, True)
    assert (Visit.objects.count(), value_of(page, "kept") != "") == (0, True)


def test_photos_sent_with_an_error_are_attached_by_the_next_sending(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client = play.staffed(), browser_of("leader")
    sent = typed(client, subject)
    refused = client.post(address(subject), {**sent, "seen": "", "photos": [photo()]})

    client.post(address(subject), {**sent, "kept": value_of(refused, "kept")})

    visit = Visit.objects.get()
    assert (refused.status_code, "已保留 1 张照片" in refused.content.decode()) == (422, True)
    assert len(queries.photos_of(play.viewer("office"), [visit])[visit.pk]) == 1


def test_photos_kept_for_somebody_else_are_not_taken(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client, other = play.staffed(), browser_of("leader"), browser_of("works_handler")
    kept = value_of(client.post(address(subject), typed(client, subject, seen="", photos=[photo()])), "kept")

    response = other.post(address(subject), typed(other, subject, kept=kept))

    assert (response.status_code, Visit.objects.count()) == (422, 0)


def test_a_second_tap_logs_nothing_more(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client = play.staffed(), browser_of("leader")
    sent = typed(client, subject, **{"finding-1-text": "围墙没有修"})

    first, second = client.post(address(subject), sent), client.post(address(subject), sent)

    assert first.headers["Location"] == second.headers["Location"]
    assert (Visit.objects.count(), SupervisedTask.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"seen": ""}, "这个字段是必填项。"),
        ({"visited_on": "2026-03-04"}, "这一天还没有到。"),
        ({"finding-1-text": "围墙", "finding-1-wanted_on": "2026-03-01"}, "这一天已经过去。"),
        ({"finding-1-text": "", "finding-1-wanted_on": "2026-03-31"}, "请写明是什么问题。"),
        ({"latitude": "35.5"}, "位置只给了一半。"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_is_logged(
    play: LiaisonPlay, browser_of: Browser, said: dict[str, str], sentence: str
) -> None:
    subject, client = play.staffed(), browser_of("leader")

    response = client.post(address(subject), typed(client, subject, **said))

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert (Visit.objects.count(), Finding.objects.count()) == (0, 0)


def test_the_place_of_the_browser_is_kept_with_its_accuracy(play: LiaisonPlay, browser_of: Browser) -> None:
    subject, client = play.staffed(), browser_of("leader")
    place = {"latitude": "35.491200", "longitude": "111.568500", "accuracy_m": "12"}

    client.post(address(subject), typed(client, subject, **place))

    visit = Visit.objects.get()
    assert (str(visit.latitude), str(visit.longitude), visit.accuracy_m) == ("35.491200", "111.568500", 12)


def test_a_leader_is_not_asked_whether_the_leader_took_part(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()

    pages = {key: browser_of(key).get(address(subject)).content.decode() for key in ("leader", "works_head")}

    assert {key: "with_leader" in page for key, page in pages.items()} == {"leader": False, "works_head": True}


def test_one_more_block_is_numbered_after_those_that_are_there(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()
    url = reverse("liaison:visit-finding", args=[subject.pk])

    page = browser_of("leader").get(url, {"finding-1-text": "a", "finding-4-text": "b"}).content.decode()

    assert re.findall(r'name="(finding-\d+-text)"', page) == ["finding-5-text"]


def test_a_search_finds_what_may_be_visited(play: LiaisonPlay, browser_of: Browser) -> None:
    subject = play.staffed()
    url = f"{reverse('liaison:visit-new')}?text=光伏"

    found = {key: address(subject) in browser_of(key).get(url).content.decode() for key in ("office", "township")}

    assert found == {"office": True, "township": False}


def test_a_visit_is_corrected_and_withdrawn_on_its_pages(play: LiaisonPlay, browser_of: Browser) -> None:
    visit, client = play.visit("leader", play.staffed()), browser_of("leader")
    edit, withdraw = (reverse(f"liaison:visit-{verb}", args=[visit.pk]) for verb in ("edit", "withdraw"))

    client.post(edit, {"version": 1, "way": "call", "seen": "电话里问了"})
    client.post(withdraw, {"version": 2, "reason": "记错了项目"})

    page = client.get(reverse("liaison:visit", args=[visit.pk])).content.decode()
    assert [word in page for word in ("电话里问了", "记错了项目", "这次走访已撤回")] == [True] * 3


def test_a_task_says_from_which_visit_it_came(play: LiaisonPlay, browser_of: Browser) -> None:
    visit = play.visit("leader", play.staffed(), "围墙没有修")
    url = reverse("supervision:task", args=[SupervisedTask.objects.get().pk])

    pages = {key: browser_of(key).get(url).content.decode() for key in ("office", "works_handler")}

    link = reverse("liaison:visit", args=[visit.pk])
    shown = {key: (link in page, "到现场看了" in page) for key, page in pages.items()}
    assert shown == {"office": (True, True), "works_handler": (True, True)}


def test_a_task_hides_the_visit_from_those_who_may_not_read_it(play: LiaisonPlay, browser_of: Browser) -> None:
    visit = play.visit("leader", play.staffed(), "围墙没有修")
    task = SupervisedTask.objects.get()
    task.parts.update(agency=play.county.agencies["finance"])

    page = browser_of("finance_head").get(reverse("supervision:task", args=[task.pk]))

    assert (page.status_code, reverse("liaison:visit", args=[visit.pk]) in page.content.decode()) == (200, False)
