"""The inbox and the channels as people see and use them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sushui.kernel import outbox
from sushui.notices import queries
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.models import ChannelSetting, Notice
from sushui.notices.queries import channel_in
from sushui.notices.services.sending import robot_of
from tests.cast import County
from tests.notices.exchange import Exchange
from tests.notices.play import SAID, on, tell, tell_many, told, turn_on

INBOX = "/inbox/"
READ = "/inbox/read/"
DINGTALK = "/inbox/channels/dingtalk/"
HOME = "https://robot.example.cn"


@pytest.fixture(autouse=True)
def _now(_monday_morning: None) -> None:
    """Everything here happens on a Monday at ten."""


@pytest.fixture
def browse(county: County) -> Callable[[str], Client]:
    """``browse("office")`` is a browser in which that person is signed in."""

    def signed_in(person: str) -> Client:
        client = Client()
        client.force_login(county.user(person), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def text_of(response: HttpResponse) -> str:
    """What stands on the page, without tags, blanks drawn together."""
    main = re.sub(r"(?s).*<main[^>]*>|</main>.*", "", response.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def headings(response: HttpResponse) -> list[str]:
    return re.findall(r'colspan="5"><strong>(.*?)</strong>', response.content.decode())


def count_in_frame(response: HttpResponse) -> list[str]:
    link = re.search(r'(?s)<a class="top-link" href="/inbox/">(.*?)</a>', response.content.decode())
    return re.findall(r'<span class="count">(\d+)</span>', link[1]) if link else ["no link"]


# --- the inbox -------------------------------------------------------------------------------------------------------


def test_empty_inbox_says_what_would_be_here(browse) -> None:
    page = browse("works_head").get(INBOX)

    assert (page.status_code, count_in_frame(page), headings(page)) == (200, [], [])
    assert text_of(page).count("本岗位还没有收到通知。") == 1


def test_one_notice_leads_to_what_it_is_about(browse, county: County) -> None:
    notice = tell_many(county, "works_head", 1)[0]
    client = browse("works_head")

    page = client.get(INBOX)
    opened = client.get(f"/inbox/{notice.pk}/")

    assert (count_in_frame(page), headings(page)) == (["1"], ["未读 · 3月2日 周一"])
    assert (opened.status_code, opened["Location"]) == (302, "/supervision/tasks/1/")
    assert count_in_frame(client.get(INBOX)) == []


def test_notices_are_grouped_by_day_unread_first(browse, county: County) -> None:
    with on("2026-02-27"):
        tell_many(county, "works_head", 2)
        Notice.objects.filter(key="k1").update(read_at="2026-02-28T00:00:00Z")
    tell(county, "works_head", key="later")
    with on("2026-03-03"):
        outbox.deliver()
        page = browse("works_head").get(INBOX)

    assert headings(page) == ["未读 · 3月3日 周二", "未读 · 2月27日 周五", "2月27日 周五"]


def test_many_notices_are_paged(browse, county: County) -> None:
    tell_many(county, "works_head", 60)
    client = browse("works_head")

    first = client.get(INBOX)
    second = client.get(INBOX + re.findall(r'href="(\?after=[^"]+)"', first.content.decode())[0])

    assert [page.content.decode().count("data-row>") for page in (first, second)] == [50, 10]
    assert count_in_frame(first) == ["60"]


def test_page_costs_the_same_queries_however_many_notices(
    browse, county: County, django_assert_max_num_queries
) -> None:
    tell_many(county, "works_head", 50)
    client = browse("works_head")

    with django_assert_max_num_queries(20):
        client.get(INBOX)


def test_notice_shows_its_light_and_its_text_is_no_markup(browse, county: County) -> None:
    tell(county, "works_head", tone=NoticeTone.RED, name="<script>alert(1)</script>")
    outbox.deliver()

    content = browse("works_head").get(INBOX).content.decode()

    assert (content.count('class="light is-red"'), content.count("<script>alert")) == (1, 0)


def test_one_is_marked_as_read(browse, county: County) -> None:
    first, second = tell_many(county, "works_head", 2)

    answer = browse("works_head").post(READ, {"row": first.pk}, follow=True)

    assert text_of(answer).count("已将 1 条通知标为已读。") == 1
    assert [notice.read_at is None for notice in told(county, "works_head")] == [False, True]
    assert second.read_at is None


def test_all_that_were_shown_are_marked_as_read(browse, county: County) -> None:
    notices = tell_many(county, "works_head", 3)

    browse("works_head").post(READ, {"up_to": notices[1].pk})

    assert [notice.read_at is None for notice in told(county, "works_head")] == [False, False, True]


@pytest.mark.parametrize("body", [{}, {"row": "x"}, {"row": "9" * 40}, {"up_to": "-1"}, {"up_to": "1 OR 1=1"}])
def test_marking_with_nonsense_marks_nothing(browse, county: County, body: dict[str, str]) -> None:
    tell_many(county, "works_head", 1)

    answer = browse("works_head").post(READ, body)

    assert (answer.status_code, told(county, "works_head")[0].read_at) == (302, None)


def test_notice_of_another_post_is_not_opened(browse, county: County) -> None:
    notice = tell_many(county, "works_head", 1)[0]

    answer = browse("works_handler").get(f"/inbox/{notice.pk}/")

    assert (answer.status_code, told(county, "works_head")[0].read_at) == (404, None)


@pytest.mark.parametrize("url", ["", "https://elsewhere.example.cn/", "//elsewhere.example.cn", "javascript:alert(1)"])
def test_notice_leads_nowhere_but_to_our_own_pages(browse, county: County, url: str) -> None:
    tell(county, "works_head", url=url)
    outbox.deliver()

    answer = browse("works_head").get(f"/inbox/{told(county, 'works_head')[0].pk}/")

    assert answer["Location"] == INBOX


def test_cursor_that_cannot_be_read_is_refused(browse) -> None:
    assert browse("works_head").get(INBOX, {"after": "nonsense"}).status_code == 422


def test_inbox_is_said_in_the_language_of_the_reader(browse, county: County) -> None:
    tell_many(county, "works_head", 1)

    page = browse("works_head").get(INBOX, headers={"Accept-Language": "en"})

    assert text_of(page).count("Test message from Sushui, sent by 第0人.") == 1


# --- channels --------------------------------------------------------------------------------------------------------


def channel_form(**more: str) -> dict[str, str]:
    return {"version": "0", "state": "on", "least_tone": "red", "base_url": HOME, "token": "t", "secret": "", **more}


def test_channels_are_all_off_at_first(browse) -> None:
    page = browse("administrator").get("/inbox/channels/")

    assert re.findall(r'data-label="状态">(.*?)</td>', page.content.decode()) == ["未设置"] * 5


@pytest.mark.parametrize("path", ["/inbox/channels/", DINGTALK])
def test_channels_are_not_for_others(browse, path: str) -> None:
    assert [browse(person).get(path).status_code for person in ("office", "works_head", "bank")] == [403, 403, 403]


def test_form_asks_only_for_what_the_channel_needs(browse) -> None:
    client = browse("administrator")

    asked = {
        channel.value: re.findall(r'name="(base_url|token|secret)"', client.get(_address(channel)).content.decode())
        for channel in Channel
    }

    assert asked == {
        "email": [],
        "dingtalk": ["base_url", "token", "secret"],
        "wecom": ["base_url", "token"],
        "feishu": ["base_url", "token", "secret"],
        "webhook": ["base_url", "secret"],
    }


def _address(channel: Channel) -> str:
    return reverse("notices:channel", args=[channel])


def test_channel_that_is_none_is_not_found(browse) -> None:
    assert browse("administrator").get("/inbox/channels/pigeon/").status_code == 404


def test_channel_is_turned_on(browse, county: County) -> None:
    answer = browse("administrator").post(DINGTALK, channel_form())

    row = channel_in(county.county.pk, Channel.DINGTALK)
    assert row is not None
    assert (answer.status_code, row.is_on, row.least_tone, robot_of(row).token) == (302, True, NoticeTone.RED, "t")


def test_page_never_shows_a_secret_again(browse, county: County) -> None:
    row = turn_on(county, Channel.DINGTALK, base_url=HOME, token="token-1", secret="SEC-1")

    content = browse("administrator").get(DINGTALK).content.decode()

    assert [content.count(word) for word in ("token-1", "SEC-1", row.token, row.secret)] == [0, 0, 0, 0]
    assert content.count("已保存，不再显示；留空则保持不变。") == 2


def test_refused_form_keeps_what_was_typed(browse) -> None:
    answer = browse("administrator").post(DINGTALK, channel_form(base_url="robot.example.cn", token="typed"))

    content = answer.content.decode()
    assert [content.count(f'value="{typed}"') for typed in ("robot.example.cn", "typed")] == [1, 1]
    assert answer.status_code == 422
    assert text_of(answer).count("地址没有以 https 或 http 开头。") == 1


def test_form_that_came_too_late_keeps_what_was_typed_and_can_be_sent_again(browse, county: County) -> None:
    turn_on(county, Channel.DINGTALK, base_url=HOME, token="first")
    client = browse("administrator")

    late = client.post(DINGTALK, channel_form(least_tone="plain"))
    again = client.post(DINGTALK, channel_form(least_tone="plain", version=_version_in(late)))

    assert (late.status_code, again.status_code) == (409, 302)
    assert [(row.version, row.least_tone) for row in ChannelSetting.objects.all()] == [(2, NoticeTone.PLAIN)]


def _version_in(response: HttpResponse) -> str:
    return re.findall(r'name="version" value="(\d+)"', response.content.decode())[0]


def test_test_message_is_sent_from_the_page(browse, county: County, service: Exchange) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="t")

    answer = browse("administrator").post(f"{DINGTALK}test/", follow=True)

    assert (text_of(answer).count("测试消息已发送。"), len(service.received)) == (1, 1)


def test_test_message_that_failed_says_why_on_the_page(browse, county: County, service: Exchange) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="t")
    service.status = 503

    answer = browse("administrator").post(f"{DINGTALK}test/")

    assert answer.status_code == 422
    assert text_of(answer).count("测试消息没有送达：HTTP 503 Service Unavailable。") == 1


def test_count_in_the_frame_is_that_of_the_post_in_use(browse, county: County) -> None:
    tell_many(county, "works_head", 2)

    frames = [count_in_frame(browse(person).get(INBOX)) for person in ("works_head", "works_handler")]

    assert frames == [["2"], []]
    assert queries.unread_count(county.viewer("works_head")) == 2


def test_sentence_stands_in_the_list(browse, county: County) -> None:
    tell(county, "works_head")
    outbox.deliver()

    assert text_of(browse("works_head").get(INBOX)).count(SAID) == 1
