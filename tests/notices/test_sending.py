"""By each channel that is on a notice leaves once, if it is pressing enough, by day, with retries of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from sushui.kernel import clock, outbox
from sushui.kernel.models import OutboxMessage
from sushui.notices.enums import Channel, NoticeTone
from sushui.notices.queries import topic_of
from tests.cast import County
from tests.notices.exchange import Exchange
from tests.notices.play import MONDAY_MORNING, SAID, at, give_address, on, set_site, tell, told, turn_on


@pytest.fixture(autouse=True)
def _now(_monday_morning: None) -> None:
    """Everything here happens on a Monday at ten."""


def waiting(channel: Channel) -> OutboxMessage:
    return OutboxMessage.objects.get(topic=topic_of(channel), done_at=None)


def robots(county: County, service: Exchange) -> None:
    for channel in (Channel.DINGTALK, Channel.WECOM, Channel.FEISHU):
        turn_on(county, channel, base_url=service.address, token="robot")


# --- robots ----------------------------------------------------------------------------------------------------------


def test_nothing_leaves_while_all_channels_are_off(county: County, service: Exchange) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=service.address, is_on=False)
    tell(county, "works_head", tone=NoticeTone.RED)

    outbox.deliver()

    assert (service.received, len(told(county, "works_head"))) == ([], 1)


def test_notice_leaves_once_by_each_robot(county: County, service: Exchange) -> None:
    robots(county, service)
    service.answer = b'{"errcode":0,"code":0}'
    tell(county, "works_head", "leader", tone=NoticeTone.RED)

    outbox.deliver()
    outbox.deliver()

    assert [received.path for received in service.received] == [
        "/robot/send?access_token=robot",
        "/open-apis/bot/v2/hook/robot",
        "/cgi-bin/webhook/send?key=robot",
    ]


def test_robot_says_what_to_whom_and_where(county: County, service: Exchange) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="robot")
    set_site(county, "https://work.example.cn/")
    tell(county, "leader", "works_head", tone=NoticeTone.RED)

    outbox.deliver()

    assert service.last.body["text"]["content"] == (
        f"【涑水】{SAID}\n致：县政府 常务副县长、县住建局 局长\nhttps://work.example.cn/supervision/tasks/1/"
    )


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "work.example.cn"])
def test_robot_gives_no_link_while_the_site_has_no_good_address(
    county: County, service: Exchange, address: str
) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="robot")
    set_site(county, address)
    tell(county, "works_head")

    outbox.deliver()

    assert service.last.body["text"]["content"] == f"【涑水】{SAID}\n致：县住建局 局长"


def test_webhook_carries_the_key_and_the_moment_of_the_notice(county: County, service: Exchange) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=f"{service.address}/hook", secret="s")
    tell(county, "works_head", key="supervision.clock:7")

    outbox.deliver()

    assert (service.last.body["key"], service.last.body["at"]) == ("supervision.clock:7", "2026-03-02T10:00:00+08:00")
    assert service.last.headers["Idempotency-Key"] == "supervision.clock:7"


@pytest.mark.parametrize(("least", "count"), [(NoticeTone.PLAIN, 3), (NoticeTone.YELLOW, 2), (NoticeTone.RED, 1)])
def test_channel_carries_only_what_is_pressing_enough(
    county: County, service: Exchange, least: NoticeTone, count: int
) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=service.address, least_tone=least)
    for tone in NoticeTone:
        tell(county, "works_head", key=tone, tone=tone)

    outbox.deliver()

    assert (len(service.received), len(told(county, "works_head"))) == (count, 3)


def test_channel_of_another_division_carries_nothing(county: County, service: Exchange) -> None:
    row = turn_on(county, Channel.WEBHOOK, base_url=service.address)
    row.division = county.neighbor
    row.save()
    tell(county, "works_head", tone=NoticeTone.RED)

    outbox.deliver()

    assert service.received == []


def test_notice_delivered_again_after_a_crash_leaves_once(county: County, service: Exchange) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=service.address)
    tell(county, "works_head")
    outbox.deliver()
    OutboxMessage.objects.filter(topic="notice").update(done_at=None, attempts=0, due_at=MONDAY_MORNING)

    outbox.deliver()

    assert len(service.received) == 1


# --- what fails ------------------------------------------------------------------------------------------------------


def test_channel_that_fails_does_not_hold_up_the_inbox_and_is_tried_again(county: County, service: Exchange) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="robot")
    service.answer = b'{"errcode":130101,"errmsg":"send too fast"}'
    tell(county, "works_head")
    outbox.deliver()
    failed = waiting(Channel.DINGTALK)
    service.answer = b'{"errcode":0}'

    with clock.frozen(failed.due_at):
        outbox.deliver()

    assert failed.error == "UndeliverableError: 130101 send too fast"
    assert (len(told(county, "works_head")), len(service.received)) == (1, 2)


def test_what_waits_for_a_channel_that_was_turned_off_is_dropped(county: County, service: Exchange) -> None:
    turn_on(county, Channel.WEBHOOK, base_url=service.address)
    service.status = 500
    tell(county, "works_head")
    outbox.deliver()
    message = waiting(Channel.WEBHOOK)
    turn_on(county, Channel.WEBHOOK, base_url=service.address, is_on=False)

    with clock.frozen(message.due_at):
        outbox.deliver()

    assert OutboxMessage.objects.filter(done_at=None).count() == 0
    assert len(service.received) == 1


def test_retry_that_falls_into_the_night_waits_for_the_next_working_morning(county: County, service: Exchange) -> None:
    """Friday evening: the service is down; the retry at 20:03 would wake people, and the weekend is free."""
    turn_on(county, Channel.WEBHOOK, base_url=service.address)
    service.status = 500
    with on("2026-03-06", "19:59"):
        tell(county, "works_head", tone=NoticeTone.RED)
        outbox.deliver()
    with on("2026-03-06", "20:03"):
        outbox.deliver()

    message = waiting(Channel.WEBHOOK)

    assert (message.due_at, message.attempts, len(service.received)) == (at("2026-03-09", "08:00"), 1, 1)


def test_key_that_was_changed_is_said_with_the_message(county: County, service: Exchange, settings) -> None:
    turn_on(county, Channel.DINGTALK, base_url=service.address, token="robot")
    settings.SECRET_KEY = "another key"
    tell(county, "works_head")

    outbox.deliver()

    assert (service.received, waiting(Channel.DINGTALK).error.partition(":")[0]) == ([], "DomainError")


# --- e-mail ----------------------------------------------------------------------------------------------------------


def test_email_goes_to_whoever_acts_in_the_post_in_their_language(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    set_site(county, "https://work.example.cn")
    give_address(county, "works_head", "head@example.cn")
    give_address(county, "leader", "leader@example.cn", language="en")
    tell(county, "works_head", "leader", tone=NoticeTone.RED)

    outbox.deliver()

    english = "Test message from Sushui, sent by 督查员."
    body = "{}\n\nhttps://work.example.cn/supervision/tasks/1/"
    assert sorted((sent.to, sent.subject, sent.body) for sent in mail.outbox) == [
        (["head@example.cn"], f"【涑水】{SAID}", body.format(SAID)),
        (["leader@example.cn"], f"[Sushui] {english}", body.format(english)),
    ]


def test_email_to_somebody_without_an_address_is_not_written(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    tell(county, "works_head")

    outbox.deliver()

    assert (mail.outbox, OutboxMessage.objects.filter(topic=topic_of(Channel.EMAIL)).count()) == ([], 0)


def test_email_to_a_closed_account_is_not_written(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    give_address(county, "works_head", "head@example.cn")
    county.user("works_head").is_active = False
    county.user("works_head").save()
    tell(county, "works_head")

    outbox.deliver()

    assert mail.outbox == []


def test_subject_of_an_email_is_one_line(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    give_address(county, "works_head", "head@example.cn")
    tell(county, "works_head", name="督查员\nBcc: everybody@example.cn")

    outbox.deliver()

    assert [(sent.subject, sent.to, sent.bcc) for sent in mail.outbox] == [
        ("【涑水】涑水测试消息，由督查员 Bcc: everybody@example.cn发送。", ["head@example.cn"], [])
    ]


def test_email_sent_again_has_the_same_number(county: County) -> None:
    turn_on(county, Channel.EMAIL)
    give_address(county, "works_head", "head@example.cn")
    tell(county, "works_head")
    outbox.deliver()
    OutboxMessage.objects.filter(topic=topic_of(Channel.EMAIL)).update(done_at=None)

    with clock.frozen(MONDAY_MORNING + timedelta(hours=1)):
        outbox.deliver()

    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert len(mail.outbox) == 2
